"""Telling open pages that something has changed.

A socket is a hint, the database is the truth: an event is sent after the transaction that made
it true has committed, it may get lost, and a page that missed it shows the same after a reload.
"""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from asgiref.sync import async_to_sync
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from channels.layers import InMemoryChannelLayer, get_channel_layer
from django.db import transaction
from django.urls import URLPattern, re_path

log = logging.getLogger(__name__)

NOT_SIGNED_IN = 4401
FORBIDDEN = 4403
NOT_FOUND = 4404
MALFORMED = 4400

_serving_loop: asyncio.AbstractEventLoop | None = None


class RememberLoop:
    """ASGI wrapper that remembers the event loop which serves sockets.

    The in-memory layer's queues belong to that loop; a view that runs in a thread must hand its
    event over to it.
    """

    def __init__(self, application: Any) -> None:
        self.application = application

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        global _serving_loop
        _serving_loop = asyncio.get_running_loop()
        await self.application(scope, receive, send)


def push_on_commit(group: str, event: dict[str, Any]) -> None:
    """Send `event` to everybody in `group` once the current transaction has committed."""
    transaction.on_commit(lambda: push(group, event), robust=True)


def push(group: str, event: dict[str, Any]) -> None:
    """Send `event` to everybody in `group` now. A channel layer that is away is logged, never
    raised.
    """
    layer = get_channel_layer()
    try:
        if (
            isinstance(layer, InMemoryChannelLayer)
            and _serving_loop is not None
            and _serving_loop.is_running()
        ):
            asyncio.run_coroutine_threadsafe(layer.group_send(group, event), _serving_loop)
        else:
            async_to_sync(layer.group_send)(group, event)
    except Exception:
        log.warning("event for %s not delivered", group, exc_info=True)


class UnknownPathConsumer(AsyncJsonWebsocketConsumer):
    """Answers every unknown socket path with close code 4404."""

    async def connect(self) -> None:
        await self.accept()
        await self.close(code=NOT_FOUND)


def refuse_unknown_path() -> URLPattern:
    return re_path(r"", UnknownPathConsumer.as_asgi())
