"""What a learner has done: completions, positions, and the summary per course."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from learning.enrollments.models import Enrollment
from portal.common.models import UUIDModel


class Completion(UUIDModel):
    """A learner has completed a unit, in the version that was seen. Outlives the content."""

    class Source(models.TextChoices):
        """What made the unit count as done."""

        RULE = "rule", _("Completion rule")
        BUTTON = "button", _("Learner's word")
        QUIZ = "quiz", _("Quiz passed")
        STAFF = "staff", _("Marked by staff")
        OFFLINE = "offline", _("Sent later")

    enrollment = models.ForeignKey(Enrollment, on_delete=models.PROTECT, related_name="completions")
    unit = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.PROTECT, related_name="completions"
    )
    unit_key = models.UUIDField(_("unit"), editable=False)
    version = models.ForeignKey(
        "courses.UnitVersion", on_delete=models.PROTECT, related_name="completions"
    )
    source = models.CharField(_("source"), max_length=8, choices=Source)
    completed_at = models.DateTimeField(_("completed"))

    class Meta:
        verbose_name = _("completion")
        verbose_name_plural = _("completions")
        constraints = [
            models.UniqueConstraint(
                fields=["enrollment", "unit_key"], name="one_completion_per_unit"
            ),
        ]
        indexes = [models.Index(fields=["unit_key"])]

    def __str__(self) -> str:
        return f"{self.enrollment_id}: {self.unit_key}"


class UnitProgress(UUIDModel):
    """Where a learner is inside a unit: position, watched ranges, time."""

    enrollment = models.ForeignKey(
        Enrollment, on_delete=models.PROTECT, related_name="unit_progress"
    )
    unit = models.ForeignKey("wagtailcore.Page", on_delete=models.PROTECT, related_name="+")
    unit_key = models.UUIDField(_("unit"), editable=False)
    position_seconds = models.FloatField(_("position in the video"), default=0)
    duration_seconds = models.FloatField(_("length of the video"), default=0)
    watched = models.JSONField(
        _("watched ranges"),
        default=list,
        help_text=_("Merged, sorted [from, to] pairs in seconds."),
    )
    active_seconds = models.PositiveIntegerField(_("active seconds"), default=0)
    heartbeat_at = models.DateTimeField(_("last sign of life"), null=True, blank=True)
    opened_at = models.DateTimeField(_("opened"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("position in a unit")
        verbose_name_plural = _("positions in units")
        constraints = [
            models.UniqueConstraint(
                fields=["enrollment", "unit_key"], name="one_position_per_unit"
            ),
            models.CheckConstraint(
                condition=Q(position_seconds__gte=0), name="position_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrollment_id}: {self.unit_key} at {self.position_seconds:.0f} s"


class CourseProgress(models.Model):
    """The summary of a learner's progress in a course, kept in step with the completions.

    `done` counts completed units among the required, published ones; the percentage is `done /
    required`. The summary can always be computed again from the completions
    (`services.refresh_course`).
    """

    enrollment = models.OneToOneField(
        Enrollment, primary_key=True, on_delete=models.PROTECT, related_name="progress"
    )
    done = models.PositiveIntegerField(_("units done"), default=0)
    required = models.PositiveIntegerField(_("units required"), default=0)
    last_unit = models.ForeignKey(
        "wagtailcore.Page", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    last_activity_at = models.DateTimeField(_("last activity"), null=True, blank=True)
    is_stale = models.BooleanField(_("to be computed again"), default=False)

    class Meta:
        verbose_name = _("progress in a course")
        verbose_name_plural = _("progress in courses")
        constraints = [
            models.CheckConstraint(
                condition=Q(done__lte=F("required")), name="done_within_required"
            )
        ]
        indexes = [
            models.Index(fields=["is_stale"], condition=Q(is_stale=True), name="stale_progress")
        ]

    def __str__(self) -> str:
        return f"{self.enrollment_id}: {self.percent} %"

    @property
    def percent(self) -> int:
        """Required units done, in whole percent, rounded down so that 100 means all."""
        return 100 * self.done // self.required if self.required else 0
