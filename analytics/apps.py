from __future__ import annotations

from django.apps import AppConfig


class AnalyticsConfig(AppConfig):
    """What has happened on the portal, for those who run it."""

    name = "analytics"

    def ready(self) -> None:
        from analytics import signal_handlers  # noqa: F401  registers by import
