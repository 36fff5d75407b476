"""Subjects under which courses are found."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from portal.common.models import UUIDModel


class Category(index.Indexed, UUIDModel):
    """A subject under which courses are found. Categories may lie in each other, one level deep."""

    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(_("address part"), max_length=80, unique=True)
    description = models.CharField(_("description"), max_length=240, blank=True)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("lies in"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )

    panels = [
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldPanel("parent"),
        FieldPanel("description"),
    ]

    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("id")), name="category_not_its_own_parent"
            )
        ]

    def __str__(self) -> str:
        return self.name
