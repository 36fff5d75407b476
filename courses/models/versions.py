"""The version ledger: what learners have really seen."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.common.models import UUIDModel


class UnitVersion(UUIDModel):
    """An immutable copy of a unit's published content, with its hash.

    Wagtail's revisions can be overwritten and purged; completions, attempts and certificates
    need something that cannot. `page` becomes empty when a unit without records is deleted, the
    content stays.
    """

    class ChangeClass(models.TextChoices):
        """How much the change matters to somebody who knows the version before."""

        EDITORIAL = "editorial", _("Editorial")
        ADDITIVE = "additive", _("Additive")
        BREAKING = "breaking", _("Breaking")

    page = models.ForeignKey(
        "wagtailcore.Page",
        null=True,
        on_delete=models.SET_NULL,
        related_name="unit_versions",
        editable=False,
    )
    unit_key = models.UUIDField(_("unit"), editable=False)
    locale = models.ForeignKey(
        "wagtailcore.Locale", on_delete=models.PROTECT, related_name="+", editable=False
    )
    number = models.PositiveIntegerField(_("number"), editable=False)
    title = models.CharField(_("title"), max_length=255, editable=False)
    content = models.JSONField(_("content"), editable=False)
    sha256 = models.CharField(_("hash"), max_length=64, editable=False)
    revision = models.ForeignKey(
        "wagtailcore.Revision",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )
    change_class = models.CharField(_("kind of change"), max_length=10, choices=ChangeClass)
    note = models.CharField(_("note"), max_length=300, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )
    created_at = models.DateTimeField(_("published"), auto_now_add=True)

    class Meta:
        verbose_name = _("unit version")
        verbose_name_plural = _("unit versions")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit_key", "locale", "number"], name="unique_version_number"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} v{self.number}"
