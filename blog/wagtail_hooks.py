"""Registration in the Wagtail admin."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from blog.models import BlogCategory


class BlogCategoryViewSet(SnippetViewSet):
    """Blog categories."""

    model = BlogCategory
    icon = "tag"
    menu_label = _("Blog categories")
    list_display = ["name", "slug"]


register_snippet(BlogCategoryViewSet)
