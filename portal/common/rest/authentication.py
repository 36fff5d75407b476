"""Who is calling the API."""

from __future__ import annotations

from rest_framework.authentication import SessionAuthentication
from rest_framework.request import Request


class PortalSessionAuthentication(SessionAuthentication):
    """The session cookie with CSRF. Anonymous callers get 401 (with a challenge) instead of 403."""

    def authenticate_header(self, request: Request) -> str:
        return "Session"
