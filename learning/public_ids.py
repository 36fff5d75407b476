"""Public ids in addresses."""

from __future__ import annotations

from uuid import UUID

from rest_framework.exceptions import NotFound


def uuid_or_404(text: str) -> UUID:
    """Return the UUID that an address names; a malformed one answers 404 and says so."""
    if len(text) != 36:
        raise NotFound("Invalid UUID format")
    try:
        return UUID(text)
    except ValueError:
        raise NotFound("Invalid UUID format") from None
