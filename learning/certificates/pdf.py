"""The certificate as a PDF: tagged, A4 landscape, one page.

What costs time is done once per process: fonts are loaded and the stylesheet is parsed with the first certificate.
"""

from __future__ import annotations

import base64
import threading
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.translation import get_language
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from learning.certificates.models import Certificate
from learning.certificates.qr import qr_data_uri
from learning.certificates.selectors import CertificateFacts, certificate_facts

FONT_FOLDER = "vendor/source-serif-4-5.3.1"
FONTS = {
    "latin": f"{FONT_FOLDER}/source-serif-4-latin-wght-normal.woff2",
    "latin_ext": f"{FONT_FOLDER}/source-serif-4-latin-ext-wght-normal.woff2",
}
PICTURES = {"rosette": "img/certificate-rosette.svg", "mark": "img/certificate-mark.svg"}
# Pango's font maps are not made for several threads; the embedded portal renders in its web threads.
_lock = threading.Lock()


@dataclass(frozen=True)
class Press:
    """What every certificate of this process is drawn with."""

    fonts: FontConfiguration
    styles: list[CSS]


@lru_cache(maxsize=1)
def press() -> Press:
    """Load the fonts and parse the stylesheet, once per process."""
    fonts = FontConfiguration()
    sources = {name: _data_uri(path, "font/woff2") for name, path in FONTS.items()}
    pictures = {name: _data_uri(path, "image/svg+xml") for name, path in PICTURES.items()}
    text = render_to_string("pdf/certificate.css", {"fonts": sources, "pictures": pictures})
    return Press(fonts=fonts, styles=[CSS(string=text, font_config=fonts, url_fetcher=closed_fetcher())])


def closed_fetcher() -> URLFetcher:
    """Return a fetcher that reads nothing but `data:` addresses: neither files nor hosts, whatever a text may hold."""
    return URLFetcher(allowed_protocols={"data"}, allow_redirects=False)


def certificate_pdf(certificate: Certificate) -> bytes:
    """Draw the certificate."""
    return draw(certificate_html(certificate_facts(certificate)))


def certificate_html(facts: CertificateFacts) -> str:
    """Return the document that is drawn."""
    return render_to_string(
        "pdf/certificate.html",
        {
            "facts": facts,
            "qr": qr_data_uri(facts.verify_url),
            "name_size": size_class(facts.learner_name, steps=(18, 30, 60)),
            "title_size": size_class(facts.course_title, steps=(40, 80, 140)),
            "instructor_size": size_class(facts.instructor_name, steps=(30, 60, 120)),
            "language": get_language() or "en",
        },
    )


def draw(html: str) -> bytes:
    """Turn a document into a tagged PDF (PDF/UA-1)."""
    with _lock:
        tools = press()
        document = HTML(string=html, url_fetcher=closed_fetcher())
        return document.write_pdf(stylesheets=tools.styles, font_config=tools.fonts, pdf_variant="pdf/ua-1")


def size_class(text: str, *, steps: tuple[int, int, int]) -> str:
    """Return how big a text may be set so that the page stays one page."""
    return ("large", "medium", "small", "tiny")[sum(len(text) > step for step in steps)]


def _data_uri(path: str, content_type: str) -> str:
    found = finders.find(path)
    if not found:
        raise FileNotFoundError(path)
    return f"data:{content_type};base64,{base64.b64encode(Path(found).read_bytes()).decode()}"
