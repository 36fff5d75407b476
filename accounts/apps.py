from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People: who they are, how they prove it, and which role they have."""

    name = "accounts"

    def ready(self) -> None:
        from accounts import signal_handlers  # noqa: F401  registers by import
