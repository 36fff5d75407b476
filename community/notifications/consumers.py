"""The socket of the bell."""

from __future__ import annotations

import json
import logging
from typing import Any
from uuid import UUID

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer

from community.notifications import services as notifications
from community.notifications.groups import user_group
from community.notifications.selectors import unread_count
from portal.common.realtime import MALFORMED, NOT_SIGNED_IN

log = logging.getLogger(__name__)

TRY_AGAIN_LATER = 1013
SESSION_CHANGED = 1012
MAX_MESSAGE = 500


class NotificationsConsumer(AsyncWebsocketConsumer):
    """Tells a person's open pages about new notifications and the number of unread ones."""

    group: str | None = None

    async def connect(self) -> None:
        user = self.scope["user"]
        await self.accept(
            subprotocol="bearer" if "bearer" in self.scope.get("subprotocols", []) else None
        )
        if not user.is_authenticated:
            await self.close(code=NOT_SIGNED_IN)
            return
        try:
            # First the group, then the number: nothing can fall between them.
            await self.channel_layer.group_add(user_group(user.pk), self.channel_name)
        except Exception:
            log.warning("channel layer is away", exc_info=True)
            await self.close(code=TRY_AGAIN_LATER)
            return
        self.group = user_group(user.pk)
        await self._send_json(
            {"type": "unread", "count": await database_sync_to_async(unread_count)(user)}
        )

    async def disconnect(self, code: int) -> None:
        if self.group:
            await self.channel_layer.group_discard(self.group, self.channel_name)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        uuid = parse_read(text_data)
        if uuid is None or self.group is None:
            await self.close(code=MALFORMED)
            return
        await database_sync_to_async(notifications.mark_read)(self.scope["user"], uuid=uuid)

    async def relay(self, event: dict[str, Any]) -> None:
        await self._send_json(event["message"])

    async def session_ended(self, event: dict[str, Any]) -> None:
        """Hang up: the browser calls again, and is let in only if it is still signed in."""
        await self.close(code=SESSION_CHANGED)

    async def _send_json(self, message: dict[str, Any]) -> None:
        await self.send(text_data=json.dumps(message))


def parse_read(text: str | None) -> UUID | None:
    """Return the id of `{"type": "read", "uuid": …}`, None for everything else."""
    if not text or len(text) > MAX_MESSAGE:
        return None
    try:
        message = json.loads(text)
        if (
            not isinstance(message, dict)
            or message.get("type") != "read"
            or not isinstance(message.get("uuid"), str)
        ):
            return None
        return UUID(message["uuid"])
    except (ValueError, RecursionError):
        return None
