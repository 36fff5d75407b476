"""Which notifications."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from community.notifications.models import Notification

if TYPE_CHECKING:
    from accounts.models import User

# The bell says "99+": counting further costs time and tells nothing.
COUNT_LIMIT = 100


def notifications_of(user: User, *, unread_only: bool = False) -> QuerySet[Notification]:
    """Return a person's notifications, newest first."""
    found = Notification.objects.filter(recipient=user).order_by("-id")
    return found.filter(read_at__isnull=True) if unread_only else found


def unread_count(user: User) -> int:
    """Return how many notifications are unread, 100 meaning "100 or more"."""
    return notifications_of(user, unread_only=True).order_by()[:COUNT_LIMIT].count()


def as_message(notification: Notification) -> dict[str, Any]:
    """Return what a socket or a client gets to know of a notification."""
    return {
        "type": "notification",
        "uuid": str(notification.pk),
        "kind": notification.kind,
        "title": notification.title,
        "url": notification.url,
        "created_at": notification.created_at.isoformat().replace("+00:00", "Z"),
        "is_read": notification.read_at is not None,
    }
