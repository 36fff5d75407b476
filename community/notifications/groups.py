"""Names of socket groups, and the events that travel in them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

RELAY = "relay"
SESSION_ENDED = "session.ended"


def user_group(user_id: UUID) -> str:
    """Return the group of all open pages of one person."""
    return f"notifications.{user_id.hex}"


def relayed(message: dict[str, Any]) -> dict[str, Any]:
    """Return the event that hands `message` to the browser as it is."""
    return {"type": RELAY, "message": message}
