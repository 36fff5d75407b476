"""The proof that somebody has passed a course."""

from __future__ import annotations

import secrets
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from learning.enrollments.models import Enrollment
from portal.common.models import UUIDModel, private_storage


def new_code() -> UUID:
    """Return the public id of a certificate: 128 random bits, so that nobody finds a certificate by
    guessing.
    """
    return UUID(bytes=secrets.token_bytes(16), version=4)


def pdf_path(instance: Certificate, _filename: str) -> str:
    return f"certificates/{instance.pk}.pdf"


class Certificate(UUIDModel):
    """Issued by the system, verifiable by everybody, revocable. What it says is frozen at issue."""

    class Status(models.TextChoices):
        """Whether the certificate is to be believed."""

        VALID = "valid", _("Valid")
        REVOKED = "revoked", _("Revoked")

    code = models.UUIDField(_("code"), unique=True, default=new_code, editable=False)
    serial = models.CharField(_("serial number"), max_length=24, unique=True, editable=False)
    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="certificates"
    )
    enrollment = models.ForeignKey(
        Enrollment, on_delete=models.PROTECT, related_name="certificates"
    )
    course = models.ForeignKey(
        "courses.CoursePage", on_delete=models.PROTECT, related_name="certificates"
    )
    course_key = models.UUIDField(_("course"), editable=False)

    learner_name = models.CharField(_("name"), max_length=301)
    course_title = models.CharField(_("course title"), max_length=255)
    instructor_name = models.CharField(_("instructor"), max_length=301, blank=True)
    minutes = models.PositiveIntegerField(_("minutes of study"), default=0)
    grade_percent = models.DecimalField(
        _("grade"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    manifest = models.JSONField(
        _("what was studied"),
        default=list,
        help_text=_("Units with version number, hash and time of completion."),
    )

    status = models.CharField(_("status"), max_length=8, choices=Status, default=Status.VALID)
    issued_at = models.DateTimeField(_("issued"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    revoked_reason = models.CharField(_("reason"), max_length=300, blank=True)
    pdf = models.FileField(_("PDF"), upload_to=pdf_path, storage=private_storage, blank=True)

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["-issued_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "course_key"],
                condition=Q(status="valid"),
                name="one_valid_certificate_per_course",
            )
        ]

    def __str__(self) -> str:
        return self.serial

    def get_absolute_url(self) -> str:
        return reverse("learning:certificate", args=[self.code])

    @property
    def is_valid(self) -> bool:
        return self.status == self.Status.VALID
