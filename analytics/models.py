"""Activity: who did what, to what, when."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.common.models import UUIDModel


class ActivityEvent(UUIDModel):
    """One thing that happened. Rows are appended cheaply and never changed."""

    class Verb(models.TextChoices):
        """What somebody did."""

        ENROLLED = "enrolled", _("enrolled")
        COMPLETED_UNIT = "completed_unit", _("completed a unit")
        COMPLETED_COURSE = "completed_course", _("completed a course")
        FINISHED_ATTEMPT = "finished_attempt", _("finished an attempt")
        EARNED_CERTIFICATE = "earned_certificate", _("earned a certificate")

    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="activity"
    )
    verb = models.CharField(_("what"), max_length=20, choices=Verb)
    course_key = models.UUIDField(_("course"), null=True)
    object_key = models.UUIDField(_("object"))
    created_at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activity")
        indexes = [
            models.Index(fields=["course_key", "created_at"]),
            models.Index(fields=["actor", "created_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.actor_id} {self.get_verb_display()}"
