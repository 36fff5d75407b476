"""Background work around enrollments."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from learning.enrollments import services as enrollments


@shared_task
def expire_enrollments() -> str:
    """Close enrollments whose access has run out."""
    return f"{enrollments.expire_past_access(timezone.now())} expired"
