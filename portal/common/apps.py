from __future__ import annotations

from django.apps import AppConfig


class CommonConfig(AppConfig):
    """The shared kernel. It imports no other app of the portal."""

    name = "portal.common"
    label = "common"
    verbose_name = "Portal"

    def ready(self) -> None:
        from portal.common import checks, signal_handlers  # noqa: F401  registers by import
