"""Background work around progress."""

from __future__ import annotations

from uuid import UUID

from celery import shared_task

from learning.progress import services as progress


@shared_task
def refresh_course_progress(course_key: str) -> str:
    """Compute the progress of every learner of a course again."""
    return f"{progress.refresh_course(UUID(course_key))} refreshed"


@shared_task
def refresh_stale_progress() -> str:
    """Compute what a lost message has left stale."""
    return f"{progress.refresh_stale()} courses refreshed"
