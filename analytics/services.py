"""Writing down what happens, cheaply."""

from __future__ import annotations

from uuid import UUID

from analytics.models import ActivityEvent


def record(
    *, actor_id: UUID, verb: str, course_key: UUID | None, object_key: UUID
) -> ActivityEvent:
    """Append one event: who did what, to what, in which course."""
    return ActivityEvent.objects.create(
        actor_id=actor_id, verb=verb, course_key=course_key, object_key=object_key
    )
