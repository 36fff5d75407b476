"""Load the demo content, or a large school to measure with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from home.demo import large, loader
from home.demo.people import LOGINS, PASSWORD


class Command(BaseCommand):
    """Four courses, a blog, questions and answers, and people with a history."""

    help = "Load the demo content. Safe to run again: what is there is left alone."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--once", action="store_true", help="do nothing when the demo courses are there"
        )
        parser.add_argument(
            "--size",
            choices=["small", "large"],
            default="small",
            help="large adds a school of 10,000 learners and 1,000,000 completions, to measure",
        )
        parser.add_argument(
            "--completions", type=int, default=1_000_000, help="with --size large: how many"
        )

    def handle(self, *args: Any, once: bool, size: str, completions: int, **options: Any) -> None:
        with mails_left_unsent():
            if not (once and loader.is_loaded()):
                self.stdout.write("Loading the demo content. This takes about a minute, once.")
                loader.load(lambda text: self.stdout.write(f"  {text}"))
            if size == "large":
                large.load(lambda text: self.stdout.write(f"  {text}"), completions=completions)
        self._print_logins()

    def _print_logins(self) -> None:
        self.stdout.write(
            "\nLog in at /auth/login/ with one of these; the password is always " + PASSWORD
        )
        for email, _first_name, _last_name, role in LOGINS:
            self.stdout.write(f"  {role.label:<15} {email}")


@contextmanager
def mails_left_unsent() -> Iterator[None]:
    """The demo's people live at example.org: nobody is there to read what would be sent."""
    backend = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    try:
        yield
    finally:
        settings.EMAIL_BACKEND = backend
