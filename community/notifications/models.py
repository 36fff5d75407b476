"""What a person should know."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.common.models import UUIDModel


class Notification(UUIDModel):
    """One message of the portal to one person, with the address where it leads."""

    class Kind(models.TextChoices):
        """What it is about."""

        ENROLLMENT = "enrollment", _("Enrollment")
        CERTIFICATE = "certificate", _("Certificate")
        GRADE = "grade", _("Grade")

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications"
    )
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    title = models.CharField(_("title"), max_length=255)
    url = models.CharField(_("address"), max_length=500)
    dedupe_key = models.CharField(
        _("said once"),
        max_length=120,
        help_text=_("The same key is told to the same person only once."),
    )
    created_at = models.DateTimeField(_("when"), auto_now_add=True)
    read_at = models.DateTimeField(_("read"), null=True, blank=True)

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["recipient", "dedupe_key"], name="tell_once")
        ]
        indexes = [
            models.Index(
                fields=["recipient"], condition=Q(read_at__isnull=True), name="unread_notifications"
            )
        ]

    def __str__(self) -> str:
        return self.title
