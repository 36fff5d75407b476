"""Telling open pages: after the commit, and never in the way of what was saved."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import transaction

from portal.common import realtime
from portal.common.realtime import push, push_on_commit

GROUP = "test_group"
EVENT = {"type": "news", "text": "Hello"}


def joined(layer: Any) -> str:
    """Return a channel that has joined the group."""
    channel = async_to_sync(layer.new_channel)()
    async_to_sync(layer.group_add)(GROUP, channel)
    return channel


def received(layer: Any, channel: str) -> Any:
    async def receive() -> Any:
        try:
            return await asyncio.wait_for(layer.receive(channel), timeout=0.2)
        except TimeoutError:
            return None

    return async_to_sync(receive)()


@pytest.fixture
def layer(settings: Any) -> Any:
    settings.CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}
    return get_channel_layer()


class TestPush:
    def test_it_arrives(self, layer: Any) -> None:
        channel = joined(layer)
        push(GROUP, EVENT)

        assert received(layer, channel) == EVENT

    def test_a_layer_that_is_away_is_logged(
        self, layer: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        async def away(group: str, event: dict[str, Any]) -> None:
            raise ConnectionError("no redis")

        monkeypatch.setattr(layer, "group_send", away)
        with caplog.at_level(logging.WARNING, logger=realtime.__name__):
            push(GROUP, EVENT)

        assert "not delivered" in caplog.text


@pytest.mark.django_db
class TestPushOnCommit:
    def test_it_waits_for_the_commit(
        self, layer: Any, django_capture_on_commit_callbacks: Any
    ) -> None:
        channel = joined(layer)
        with django_capture_on_commit_callbacks(execute=True):
            push_on_commit(GROUP, EVENT)
            assert received(layer, channel) is None

        assert received(layer, channel) == EVENT

    def test_what_is_rolled_back_is_not_told(
        self, layer: Any, django_capture_on_commit_callbacks: Any
    ) -> None:
        def save() -> None:
            with transaction.atomic():
                push_on_commit(GROUP, EVENT)
                raise RuntimeError

        channel = joined(layer)
        with django_capture_on_commit_callbacks(execute=True), pytest.raises(RuntimeError):
            save()

        assert received(layer, channel) is None
