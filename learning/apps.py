from __future__ import annotations

from django.apps import AppConfig


class LearningConfig(AppConfig):
    """Everything between the catalogue and the certificate. Attaches learners to the pages of
    `courses`.
    """

    name = "learning"

    def ready(self) -> None:
        from learning import export, signal_handlers  # noqa: F401  registers by import

        export.register()
