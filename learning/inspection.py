"""Reading gated content by office is allowed to managers and administrators, and written down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page, PageLogEntry

if TYPE_CHECKING:
    from accounts.models import User

ACTION = "learning.inspect"


def record_inspection(user: User, page: Page) -> None:
    """Write down that somebody has read a gated page by office: once per person, page and day."""
    today = timezone.localdate()
    already = PageLogEntry.objects.filter(
        page_id=page.pk, user=user, action=ACTION, timestamp__date=today
    )
    if not already.exists():
        log(instance=page, action=ACTION, user=user)
