"""Pictures, documents and videos of the demo content, made when they are first needed."""

from __future__ import annotations

import importlib
import io
import pkgutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.template.loader import render_to_string
from PIL import Image as PillowImage
from wagtail.models import Collection
from weasyprint import HTML

from home.demo import pictures as pictures_package
from portal.common.models import CustomDocument, CustomImage
from portal.common.text import markdown_to_html

MEDIA = Path(__file__).parent / "media"
CREDIT = "Drawn for this course"


@cache
def drawings() -> dict[str, Callable[[], PillowImage.Image]]:
    """Return every picture that the modules in `home.demo.pictures` can draw, by key."""
    found: dict[str, Callable[[], PillowImage.Image]] = {}
    for module in pkgutil.iter_modules(pictures_package.__path__):
        loaded = importlib.import_module(f"{pictures_package.__name__}.{module.name}")
        found |= getattr(loaded, "PICTURES", {})
    return found


class DemoFiles:
    """Makes each file once and puts it into a collection. A file is found again by its title."""

    def __init__(self, collection: Collection, documents: dict[str, Any] | None = None) -> None:
        self.collection = collection
        self.documents = documents or {}

    def picture(self, key: str | None, *, alt: str = "") -> CustomImage | None:
        """Return the picture with this key, drawing it when it is not there yet."""
        if not key:
            return None
        title = key.replace("/", " – ").replace("-", " ")
        image = CustomImage.objects.filter(title=title, collection=self.collection).first()
        if image is None:
            file = ContentFile(_encode(drawings()[key]()), name=f"{key.replace('/', '-')}.webp")
            image = CustomImage(
                title=title, collection=self.collection, default_alt_text=alt[:255], credit=CREDIT
            )
            image.file.save(file.name, file, save=False)
            image.save()
        return image

    def document(self, key: str) -> CustomDocument:
        """Return the document with this key, made from its description in the content file."""
        described = self.documents[key]
        return self._document(described["title"], lambda: _make_document(key, described))

    def video(self, key: str) -> tuple[CustomDocument, CustomDocument]:
        """Return a video and its captions."""
        name = key.rsplit("/", 1)[-1]
        title = name.replace("-", " ").capitalize()
        video = self._document(title, lambda: (f"{name}.mp4", (MEDIA / f"{name}.mp4").read_bytes()))
        captions = self._document(
            f"{title}: captions", lambda: (f"{name}.vtt", (MEDIA / f"{name}.vtt").read_bytes())
        )
        return video, captions

    def _document(self, title: str, make: Callable[[], tuple[str, bytes]]) -> CustomDocument:
        document = CustomDocument.objects.filter(title=title, collection=self.collection).first()
        if document is None:
            name, content = make()
            document = CustomDocument(title=title, collection=self.collection)
            document.file.save(name, ContentFile(content), save=False)
            document.file_size = len(content)
            document.save()
        return document


def _encode(picture: PillowImage.Image) -> bytes:
    buffer = io.BytesIO()
    picture.convert("RGB").save(buffer, "WEBP", quality=88, method=2)
    return buffer.getvalue()


def _make_document(key: str, described: dict[str, Any]) -> tuple[str, bytes]:
    if described["kind"] == "csv":
        return described["filename"], described["content"].encode()
    html = render_to_string(
        "pdf/handout.html",
        {"title": described["title"], "body": markdown_to_html(described["markdown"])},
    )
    return f"{key.rsplit('/', 1)[-1]}.pdf", HTML(string=html).write_pdf()
