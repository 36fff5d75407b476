from __future__ import annotations

from django.apps import AppConfig


class CommunityConfig(AppConfig):
    """What people tell each other; notifications first."""

    name = "community"

    def ready(self) -> None:
        from community import signal_handlers  # noqa: F401  registers by import
        from community.notifications import export

        export.register()
