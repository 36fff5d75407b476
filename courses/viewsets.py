"""Content that editors own, in the Wagtail admin."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.snippets.views.snippets import SnippetViewSet

from courses.models import Category, CoursePage


class CategoryViewSet(SnippetViewSet):
    """Subjects of the catalogue."""

    model = Category
    icon = "tag"
    menu_label = _("Categories")
    list_display = ["name", "parent", "slug"]
    search_fields = ["name"]
    ordering = ["name"]


class CourseListingViewSet(PageListingViewSet):
    """All courses in one flat list."""

    model = CoursePage
    icon = "list-ul"
    menu_label = _("Courses")
    menu_order = 150
    add_to_admin_menu = True
