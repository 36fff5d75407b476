"""What the kernel does when content changes."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.dispatch import receiver
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from portal.common.stored_pages import forget_stored_pages


@receiver(
    [page_published, page_unpublished, page_slug_changed, post_page_move],
    dispatch_uid="common.forget_pages",
)
def forget_pages(**_kwargs: Any) -> None:
    """A change of content is seen by visitors as soon as it is committed."""
    transaction.on_commit(forget_stored_pages, robust=True)
