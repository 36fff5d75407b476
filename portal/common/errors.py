"""Errors of the domain: a rule was broken, and the person can be told which one and what to do
next.
"""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise


class DomainError(Exception):
    """A rule of the domain forbids what was asked.

    Subclasses set `code` (stable, for clients), `status` (the HTTP status at the API's door) and
    `message` (for people: what happened and what to do next). `extra` holds further members of
    the problem document.
    """

    code = "conflict"
    status = 409
    message: str | Promise = "This is not possible in the current state."

    def __init__(self, message: str | Promise | None = None, **extra: Any) -> None:
        self.message = message or self.message
        self.extra = extra
        super().__init__(str(self.message))
