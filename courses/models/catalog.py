"""The catalogue."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from courses.catalog import CatalogQuery, catalog_results
from portal.common.models import BasePage


class CourseIndexPage(BasePage):
    """The catalogue at /courses/. Editors write its introduction; the courses below it come from
    the search.
    """

    parent_page_types = ["home.HomePage"]
    subpage_types = ["courses.CoursePage"]
    max_count_per_parent = 1
    page_description = _("The catalogue of all courses.")

    introduction = models.CharField(_("introduction"), max_length=300, blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]

    api_fields = ["introduction"]

    class Meta:
        verbose_name = _("catalogue")
        verbose_name_plural = _("catalogues")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        query = CatalogQuery.from_params(request.GET)
        return super().get_context(request, *args, **kwargs) | {
            "query": query,
            "results": catalog_results(self, query),
        }
