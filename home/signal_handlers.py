"""Receivers, and what the home app adds to every page."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from home.context import chrome, forget_chrome
from home.models import SiteSettings
from portal.common.context_processors import register_chrome
from portal.common.stored_pages import forget_stored_pages

register_chrome(chrome)


@receiver(
    [page_published, page_unpublished, page_slug_changed, post_page_move],
    dispatch_uid="home.forget_chrome",
)
def forget_after_publishing(**_kwargs: Any) -> None:
    """The navigation follows the pages it leads to."""
    transaction.on_commit(forget_chrome, robust=True)


@receiver(post_save, sender=SiteSettings, dispatch_uid="home.forget_settings")
def forget_after_saving(**_kwargs: Any) -> None:
    """Saved settings are seen by everybody at once."""
    transaction.on_commit(_forget_all, robust=True)


def _forget_all() -> None:
    forget_chrome()
    forget_stored_pages()
