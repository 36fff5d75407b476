"""Blocks that point at an image, a page or a document, and say so to clients of the API.

Wagtail's own blocks answer with a bare id, which is of no use without a second request.
"""

from __future__ import annotations

from typing import Any

from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock
from wagtail.images.models import SourceImageIOError

# The same as on the pages, so that no further files are made.
RENDITIONS = ("format-webp|width-400", "format-webp|width-800", "format-webp|width-1200")


class PictureBlock(ImageBlock):
    """An image with the alternative text of this use."""

    def get_api_representation(self, value: Any, context: Any = None) -> dict[str, Any] | None:
        if value is None:
            return None
        alt = "" if value.decorative else value.contextual_alt_text or value.default_alt_text
        described = {"id": value.pk, "title": value.title, "alt": alt}
        try:
            found = value.get_renditions(*RENDITIONS)
        except SourceImageIOError:
            return described | {"renditions": []}
        sizes = {rendition.width: rendition for rendition in found.values()}
        return described | {
            "renditions": [
                {
                    "url": rendition.url,
                    "full_url": rendition.full_url,
                    "width": rendition.width,
                    "height": rendition.height,
                    "alt": alt,
                }
                for rendition in sizes.values()
            ]
        }


class LinkedPageBlock(blocks.PageChooserBlock):
    """A page to lead to. Clients get its title and address, if they may see the page."""

    def get_api_representation(self, value: Any, context: Any = None) -> dict[str, Any] | None:
        if value is None or not value.live:
            return None
        visible = (context or {}).get("base_queryset")
        if visible is not None and not visible.filter(pk=value.pk).exists():
            return None
        return {
            "id": value.pk,
            "uuid": str(value.translation_key),
            "title": value.title,
            "url": value.url,
            "full_url": value.full_url,
        }


class FileBlock(DocumentChooserBlock):
    """A document. Clients get its address only if it is listed for everybody."""

    def get_api_representation(self, value: Any, context: Any = None) -> dict[str, Any] | None:
        if value is None:
            return None
        listed = (context or {}).get("listed_documents")
        is_listed = listed is not None and listed.filter(pk=value.pk).exists()
        return {
            "id": value.pk if is_listed else None,
            "title": value.title,
            "file_extension": value.file_extension,
            "url": value.url if is_listed else None,
        }
