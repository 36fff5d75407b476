"""Abstract bases, and the portal's own image and document models."""

from __future__ import annotations

import secrets
from pathlib import PurePosixPath
from typing import Any

from django.core.files.storage import Storage, storages
from django.db import models
from django.http import HttpRequest
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image
from wagtail.models import Page, PageViewRestriction

from portal.common.ids import new_id


def private_storage() -> Storage:
    """Return the storage of files that have no public address."""
    return storages["private"]


def unguessable_name(folder: str, filename: str, *, length: int = 12) -> str:
    """Return a path below `folder` whose name cannot be guessed, keeping a readable stem and the
    extension.
    """
    path = PurePosixPath(filename)
    stem = slugify(path.stem)[:40] or "file"
    suffix = "".join(
        character for character in path.suffix.lower() if character.isalnum() or character == "."
    )[:8]
    return f"{folder}/{stem}-{secrets.token_urlsafe(length)}{suffix}"


def document_path(instance: models.Model, filename: str) -> str:
    return unguessable_name("documents", filename)


class UUIDModel(models.Model):
    """A row of our own: its key is a time-ordered UUID, also its public id."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)

    class Meta:
        abstract = True


class CustomImage(AbstractImage):
    """An image with what an editor must know to use it: alternative text, credit and licence."""

    default_alt_text = models.CharField(
        _("default alternative text"),
        max_length=255,
        blank=True,
        help_text=_(
            "Says what the picture shows, for people who cannot see it. Each use may reword it."
        ),
    )
    credit = models.CharField(_("credit"), max_length=255, blank=True)
    licence = models.CharField(
        _("licence"), max_length=120, blank=True, help_text=_("For example: CC BY 4.0")
    )

    admin_form_fields = (*Image.admin_form_fields, "default_alt_text", "credit", "licence")

    @property
    def default_alt_text_or_title(self) -> str:
        return self.default_alt_text or self.title

    def get_upload_to(self, filename: str) -> str:
        """Lesson pictures share the public media folder, so nobody may guess their addresses."""
        return unguessable_name("originals", filename)


class CustomRendition(AbstractRendition):
    """A resized copy of an image."""

    image = models.ForeignKey(CustomImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="unique_rendition"
            )
        ]


class CustomDocument(AbstractDocument):
    """A document, kept in private storage. Whoever asks for it is checked by
    `before_serve_document` hooks.
    """

    file = models.FileField(_("file"), upload_to=document_path, storage=private_storage)

    admin_form_fields = Document.admin_form_fields


class BasePage(Page):
    """What every page of the portal has: a stable public id, a social picture, structured data."""

    social_image = models.ForeignKey(
        "common.CustomImage",
        verbose_name=_("social picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown where the page is shared. Landscape, at least 1200 by 630 pixels."),
    )

    promote_panels = [
        *Page.promote_panels,
        MultiFieldPanel([FieldPanel("social_image")], heading=_("Sharing")),
    ]

    class Meta:
        abstract = True

    @property
    def uuid(self) -> Any:
        """The public id: new on copy, kept on move and edit, shared by translations of the same
        page.
        """
        return self.translation_key

    def get_view_restrictions(self) -> Any:
        """Return what restricts the page. Where nothing is restricted, one look is enough."""
        if not PageViewRestriction.objects.exists():
            return PageViewRestriction.objects.none()
        return super().get_view_restrictions()

    def get_json_ld(self, request: HttpRequest) -> list[dict[str, Any]]:
        """Return this page's structured data for search engines (schema.org), without the
        breadcrumbs.
        """
        return [
            {
                "@context": "https://schema.org",
                "@type": "WebPage",
                "name": self.seo_title or self.title,
                "description": self.search_description,
                "url": self.get_full_url(request),
            }
        ]
