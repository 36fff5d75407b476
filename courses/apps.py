from __future__ import annotations

from django.apps import AppConfig


class CoursesConfig(AppConfig):
    """The content of courses: the page tree, its authors, its catalogue, its version ledger.

    It knows nothing of learners; `learning` attaches them and gates the pages.
    """

    name = "courses"

    def ready(self) -> None:
        from courses import signal_handlers  # noqa: F401  registers by import
