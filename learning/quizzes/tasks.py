"""Periodic work of quizzes."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from learning.quizzes import services


@shared_task(acks_late=True)
def expire_attempts() -> str:
    """Grade attempts whose time is over. Does nothing the second time."""
    return f"{services.expire_overdue(timezone.now())} attempts graded"
