"""Links to pages inside rich text, without queries for each paragraph.

Wagtail looks up the pages of every rich text block by itself: two queries and a cache access per
block. Here the address of a page is looked up once and remembered until something is published,
moved or deleted.
"""

from __future__ import annotations

from django.utils.translation import get_language
from wagtail.rich_text.pages import PageLinkHandler

from portal.common.stored_pages import current_generation

MAX_ADDRESSES = 10_000

# (language, page id) -> opening tag; of one generation only.
_tags: dict[tuple[str | None, str], str] = {}
_tags_generation = ""


class RememberingPageLinkHandler(PageLinkHandler):
    """Wagtail's handler, asked only for pages that have not been linked to before."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict]) -> list[str]:
        tags = _remembered()
        language = get_language()
        keys: list[tuple[str | None, str]] = [
            (language, str(attrs.get("id"))) for attrs in attrs_list
        ]
        known = {key: tags[key] for key in keys if key in tags}
        unknown = {
            key: attrs for key, attrs in zip(keys, attrs_list, strict=True) if key not in known
        }
        if unknown:
            found = super().expand_db_attributes_many(list(unknown.values()))
            fresh = dict(zip(unknown, found, strict=True))
            tags.update(fresh)
            known |= fresh
        return [known[key] for key in keys]


def _remembered() -> dict[tuple[str | None, str], str]:
    """Return what is remembered of the present generation.

    Threads that still work on an older generation keep their own dictionary, so nothing of it
    comes into the new one.
    """
    global _tags, _tags_generation
    generation = current_generation()
    if generation != _tags_generation or len(_tags) > MAX_ADDRESSES:
        _tags, _tags_generation = {}, generation
    return _tags
