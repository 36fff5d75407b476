from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class HomeConfig(AppConfig):
    """The home page, landing pages, the site's brand and navigation, demo content."""

    name = "home"

    def ready(self) -> None:
        from home import signal_handlers  # noqa: F401  registers by import
        from home.bootstrap import ensure_portal_after_migrate

        post_migrate.connect(ensure_portal_after_migrate, dispatch_uid="home.ensure_portal")
