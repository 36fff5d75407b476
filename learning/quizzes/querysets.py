"""Which attempts."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db import models

if TYPE_CHECKING:
    from accounts.models import User


class AttemptQuerySet(models.QuerySet):
    """Attempts. Methods can be chained; none writes."""

    def of(self, user: User) -> Self:
        """Attempts of one learner."""
        return self.filter(learner=user)

    def at_quiz(self, quiz_key: UUID) -> Self:
        """Attempts at one quiz, in any of its languages."""
        return self.filter(quiz_key=quiz_key)

    def counted(self) -> Self:
        """Attempts that count against the limit: all but the team's previews."""
        return self.filter(is_preview=False)

    def final(self) -> Self:
        """Attempts that have a score."""
        return self.filter(status__in=self.model.FINAL_STATUSES)

    def in_progress(self) -> Self:
        """Attempts that have not been handed in."""
        return self.filter(status=self.model.Status.IN_PROGRESS)

    def overdue(self, *, at: datetime) -> Self:
        """Attempts in progress whose deadline has passed."""
        return self.in_progress().filter(deadline__lte=at)
