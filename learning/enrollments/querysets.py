"""Which enrollments."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from accounts.models import User


class EnrollmentQuerySet(models.QuerySet):
    """Enrollments. Methods can be chained; none writes."""

    def open(self) -> Self:
        """Enrollments that open their course by their status."""
        return self.filter(status__in=self.model.OPEN_STATUSES)

    def opening(self, *, at: datetime) -> Self:
        """Enrollments that open their course at a time: the twin of `permissions.opens_course`.

        Access that has run out is closed by the clock, not by the task that later writes it down.
        """
        return self.open().filter(Q(expires_at__isnull=True) | Q(expires_at__gt=at))

    def of(self, user: User) -> Self:
        """Enrollments of one learner."""
        return self.filter(learner=user)

    def in_course(self, course_key: UUID) -> Self:
        """Enrollments in a course, in any of its languages."""
        return self.filter(course_key=course_key)

    def taking_seats(self) -> Self:
        """Enrollments that count against the capacity of a course."""
        return self.filter(status__in=[self.model.Status.ACTIVE, self.model.Status.COMPLETED])

    def past_access(self, *, at: datetime) -> Self:
        """Open enrollments whose access has run out."""
        return self.open().filter(expires_at__lte=at)

    def for_dashboard(self) -> Self:
        """Fetch what the dashboard shows in a constant number of queries."""
        return self.select_related(
            "course", "course__stats", "course__hero_image", "course__instructor", "progress"
        ).prefetch_related("course__hero_image__renditions")
