"""Serve HTTP, WebSockets and the periodic work from one process."""

from __future__ import annotations

from typing import Any

import uvicorn
from celery.beat import EmbeddedService, Scheduler
from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from portal.celery import app


class Command(BaseCommand):
    """The embedded portal: nothing but Python is needed beside it."""

    help = "Serve the portal. Without REDIS_URL the periodic work runs in this process too."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, host: str, port: int, **options: Any) -> None:
        if settings.CELERY_TASK_ALWAYS_EAGER:
            EmbeddedService(app, thread=True, scheduler_cls=Scheduler, schedule_filename="").start()
        self.stdout.write(self.style.SUCCESS(f"\nThe portal is at http://{host}:{port}/"))
        self.stdout.write(f"The admin is at http://{host}:{port}/admin/. Stop with Ctrl+C.\n")
        uvicorn.run(
            "portal.asgi:application",
            host=host,
            port=port,
            lifespan="off",
            log_level="warning",
            ws_max_size=64 * 1024,
            timeout_graceful_shutdown=5,
        )
