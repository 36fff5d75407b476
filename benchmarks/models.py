"""The page that other pages are compared with."""

from __future__ import annotations

from wagtail.models import Page


class EmptyPage(Page):
    """A page without fields whose template is empty: what Wagtail itself costs."""

    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
