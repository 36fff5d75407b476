"""Registration in the Wagtail admin."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from support.models import FaqTopic


class FaqTopicViewSet(SnippetViewSet):
    """FAQ topics."""

    model = FaqTopic
    icon = "help"
    menu_label = _("FAQ topics")
    list_display = ["name", "slug"]


register_snippet(FaqTopicViewSet)
