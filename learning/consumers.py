"""Sockets of learners' pages."""

from __future__ import annotations

import logging
from typing import Any

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer

from learning.groups import student_dashboard_group
from learning.progress.dashboard import course_progress_chart
from portal.common.realtime import MALFORMED, NOT_SIGNED_IN

log = logging.getLogger(__name__)

TRY_AGAIN_LATER = 1013


class StudentDashboardConsumer(AsyncJsonWebsocketConsumer):
    """Tells a learner's open dashboards how far his courses are.

    Once at the start, then at every completed unit.
    """

    group = ""

    async def connect(self) -> None:
        await self.accept()
        user = self.scope.get("user")
        if user is None or not user.is_authenticated:
            await self.close(code=NOT_SIGNED_IN)
            return
        self.group = student_dashboard_group(user.pk)
        try:
            await self.channel_layer.group_add(self.group, self.channel_name)
        except Exception:
            log.warning("channel layer away", exc_info=True)
            self.group = ""
            await self.close(code=TRY_AGAIN_LATER)
            return
        await self._send_progress()

    async def disconnect(self, code: int) -> None:
        if self.group:
            await self.channel_layer.group_discard(self.group, self.channel_name)

    async def receive(
        self, text_data: str | None = None, bytes_data: bytes | None = None, **kwargs: Any
    ) -> None:
        """This socket only talks; whoever writes has mistaken it for another one."""
        await self.close(code=MALFORMED)

    async def dashboard_changed(self, event: dict[str, Any]) -> None:
        await self._send_progress()

    async def _send_progress(self) -> None:
        # Read here, not by who completes a unit: mostly no dashboard is open.
        chart = await database_sync_to_async(course_progress_chart)(self.scope["user"])
        await self.send_json({"type": "update", "charts": {"course_progress": chart}})
