"""A learner in a course: the enrollment, why access is granted, and what happened to it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from learning.enrollments.querysets import EnrollmentQuerySet
from portal.common.models import UUIDModel


class Entitlement(UUIDModel):
    """Why somebody may take a course: because it is free, was paid for, or was granted."""

    class Source(models.TextChoices):
        """Where the right comes from."""

        FREE = "free", _("Free course")
        ORDER = "order", _("Order")
        SUBSCRIPTION = "subscription", _("Subscription")
        GRANT = "grant", _("Granted by staff")

    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="entitlements"
    )
    course = models.ForeignKey(
        "courses.CoursePage", on_delete=models.PROTECT, related_name="entitlements"
    )
    course_key = models.UUIDField(_("course"), editable=False)
    source = models.CharField(_("source"), max_length=12, choices=Source)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(_("granted"), auto_now_add=True)
    expires_at = models.DateTimeField(_("expires"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    class Meta:
        verbose_name = _("entitlement")
        verbose_name_plural = _("entitlements")
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "course_key", "source"],
                condition=Q(revoked_at__isnull=True),
                name="one_live_entitlement_per_source",
            )
        ]

    def __str__(self) -> str:
        return f"{self.learner}: {self.get_source_display()}"


class Enrollment(UUIDModel):
    """A learner in a course. There is one row per learner and course, whatever happens to it; it is
    never deleted.

    `course_key` is the course's public id, shared by its translations: a learner is enrolled in
    all language versions.
    """

    class Status(models.TextChoices):
        """Where the enrollment stands. Only active and completed enrollments open the course."""

        ACTIVE = "active", _("Active")
        COMPLETED = "completed", _("Completed")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        SUSPENDED = "suspended", _("Suspended")
        EXPIRED = "expired", _("Expired")

    OPEN_STATUSES = (Status.ACTIVE, Status.COMPLETED)

    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="enrollments"
    )
    course = models.ForeignKey(
        "courses.CoursePage", on_delete=models.PROTECT, related_name="enrollments"
    )
    course_key = models.UUIDField(_("course"), editable=False)
    entitlement = models.ForeignKey(
        Entitlement, null=True, blank=True, on_delete=models.PROTECT, related_name="enrollments"
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.ACTIVE)
    enrolled_at = models.DateTimeField(_("enrolled"))
    expires_at = models.DateTimeField(_("access ends"), null=True, blank=True)
    completed_at = models.DateTimeField(
        _("completed"),
        null=True,
        blank=True,
        help_text=_("Set once; new content never takes it back."),
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects = EnrollmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("enrollment")
        verbose_name_plural = _("enrollments")
        ordering = ["-enrolled_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "course_key"], name="one_enrollment_per_learner_and_course"
            )
        ]
        indexes = [
            models.Index(fields=["course_key", "status"]),
            models.Index(fields=["learner", "status"]),
            models.Index(
                fields=["expires_at"],
                condition=Q(expires_at__isnull=False),
                name="enrollment_expiring",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.learner} in {self.course}"

    @property
    def is_open(self) -> bool:
        """Whether this enrollment opens the course."""
        return self.status in self.OPEN_STATUSES


class EnrollmentEvent(UUIDModel):
    """One change of an enrollment: what, when, who and why. Rows are only ever added."""

    class Kind(models.TextChoices):
        """What happened."""

        ENROLLED = "enrolled", _("Enrolled")
        RESUMED = "resumed", _("Enrolled again")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        SUSPENDED = "suspended", _("Suspended")
        REINSTATED = "reinstated", _("Reinstated")
        EXPIRED = "expired", _("Expired")
        COMPLETED = "completed", _("Completed")

    enrollment = models.ForeignKey(Enrollment, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(_("what"), max_length=10, choices=Kind)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reason = models.CharField(_("why"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("enrollment event")
        verbose_name_plural = _("enrollment events")
        ordering = ["created_at"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.created_at:%Y-%m-%d}"
