"""Telling people what they should know: one row first, then whoever has a page open."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from community.notifications.groups import relayed, user_group
from community.notifications.models import Notification
from community.notifications.selectors import as_message, notifications_of, unread_count
from portal.common.realtime import push, push_on_commit

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def notify(user: User, *, kind: str, title: str, url: str, dedupe_key: str) -> Notification:
    """Tell somebody something once. Safe to call twice and in parallel: one key, one row."""
    notification, created = Notification.objects.get_or_create(
        recipient=user,
        dedupe_key=dedupe_key,
        defaults={"kind": kind, "title": title[:255], "url": url},
    )
    if created:
        push_on_commit(user_group(user.pk), relayed(as_message(notification)))
        _push_count(user)
    return notification


@transaction.atomic
def mark_read(user: User, *, uuid: UUID) -> bool:
    """Mark a person's own notification as read. Returns whether it was unread before."""
    changed = (
        notifications_of(user, unread_only=True).filter(pk=uuid).update(read_at=timezone.now())
    )
    if changed:
        _push_count(user)
    return bool(changed)


@transaction.atomic
def mark_all_read(user: User) -> int:
    """Remember that somebody has read everything. Returns how many were unread before."""
    changed = notifications_of(user, unread_only=True).update(read_at=timezone.now())
    if changed:
        _push_count(user)
    return changed


def _push_count(user: User) -> None:
    """Send the number to all open pages, counted after the commit: the last message is right."""

    def send() -> None:
        push(user_group(user.pk), relayed({"type": "unread", "count": unread_count(user)}))

    transaction.on_commit(send, robust=True)
