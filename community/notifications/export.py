"""A person's notifications, for the copy of everything that the portal knows about them."""

from __future__ import annotations

from typing import Any

from accounts.export import register_export
from accounts.models import User
from community.notifications.models import Notification


def notifications(user: User) -> list[dict[str, Any]]:
    """Return what the portal has told the person."""
    rows = Notification.objects.filter(recipient=user).order_by("created_at")
    found = rows.values("kind", "title", "url", "created_at", "read_at")
    return [dict(row) for row in found]


def register() -> None:
    """Add this part to every export."""
    register_export("notifications", notifications)
