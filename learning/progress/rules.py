"""When a unit counts as done, and how that is said to the learner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.models import LessonPage
from learning.progress import watch

if TYPE_CHECKING:
    from courses.models import UnitPage
    from learning.progress.models import UnitProgress

Rule = LessonPage.CompletionRule
QUIZ = "quiz"


@dataclass(frozen=True)
class CompletionRule:
    """The completion rule of a unit. Built from a page, or from the few fields of one."""

    name: str
    seconds: int = 0
    percent: int = 0

    @classmethod
    def of(cls, unit: UnitPage | dict[str, Any]) -> CompletionRule:
        """Return the rule of a unit; a unit that is no lesson is completed by its own means."""
        fields = unit if isinstance(unit, dict) else vars(unit)
        name = fields.get("completion_rule", QUIZ)
        return cls(
            name, fields.get("completion_seconds") or 0, fields.get("completion_percent") or 0
        )

    def is_met(self, progress: UnitProgress | None) -> bool:
        """Whether the unit counts as done without a word of the learner."""
        if self.name == Rule.OPENED:
            return True
        if progress is None:
            return False
        if self.name == Rule.DWELL:
            return progress.active_seconds >= self.seconds
        if self.name == Rule.VIDEO:
            return (
                watch.watched_percent(progress.watched, progress.duration_seconds) >= self.percent
            )
        return False

    def allows_button(self, progress: UnitProgress | None, *, now: datetime) -> bool:
        """Whether the learner may say that the unit is done.

        For a dwell time the server's clock since the first opening is enough: without scripts there
        is no heartbeat.
        """
        if self.name in {Rule.BUTTON, Rule.OPENED} or self.is_met(progress):
            return True
        if self.name == Rule.DWELL and progress is not None:
            return (now - progress.opened_at).total_seconds() >= self.seconds
        return False

    @property
    def needs_seconds(self) -> bool:
        """Whether activity in the page moves the unit towards being done."""
        return self.name in {Rule.DWELL, Rule.VIDEO}

    @property
    def text(self) -> str:
        """The rule in words, as the player shows it."""
        if self.name == Rule.OPENED:
            return _("Counts as done once you have opened it.")
        if self.name == Rule.DWELL:
            minutes = max(1, round(self.seconds / 60))
            if self.seconds < 60:
                return ngettext(
                    "Counts as done after %(n)s second of reading.",
                    "Counts as done after %(n)s seconds of reading.",
                    self.seconds,
                ) % {"n": self.seconds}
            return ngettext(
                "Counts as done after %(n)s minute of reading.",
                "Counts as done after %(n)s minutes of reading.",
                minutes,
            ) % {"n": minutes}
        if self.name == Rule.VIDEO:
            return _("Counts as done once you have watched %(n)s%% of the video.") % {
                "n": self.percent
            }
        if self.name == QUIZ:
            return _("Counts as done once you have passed the quiz.")
        return _("Mark it as done when you have finished.")
