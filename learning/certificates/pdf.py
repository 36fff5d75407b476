"""The certificate as a PDF: tagged, A4 landscape, one page.

What costs time is done once per process: WeasyPrint is imported, fonts are loaded and the
stylesheet is parsed with the first certificate. A machine that lacks WeasyPrint's system libraries
can still serve everything else.
"""

from __future__ import annotations

import atexit
import base64
import threading
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.translation import get_language

from learning.certificates.models import Certificate
from learning.certificates.qr import qr_data_uri
from learning.certificates.selectors import CertificateFacts, certificate_facts, type_sizes

if TYPE_CHECKING:
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

FONT_FOLDER = "vendor/source-serif-4-5.3.1"
FONTS = {
    "latin": f"{FONT_FOLDER}/source-serif-4-latin-wght-normal.woff2",
    "latin_ext": f"{FONT_FOLDER}/source-serif-4-latin-ext-wght-normal.woff2",
}
PICTURES = {"rosette": "img/certificate-rosette.svg", "mark": "img/certificate-mark.svg"}

# Pango's font maps are not made for threads; the embedded portal renders in its web threads.
_lock = threading.Lock()


@dataclass(frozen=True)
class Press:
    """What every certificate of this process is drawn with."""

    fonts: FontConfiguration
    styles: list[CSS]


@lru_cache(maxsize=1)
def press() -> Press:
    """Load the fonts and parse the stylesheet, once per process."""
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    # The configuration keeps fonts in a temporary folder, to be deleted before the interpreter
    # has forgotten how.
    atexit.register(press.cache_clear)
    fonts = FontConfiguration()
    sources = {name: _data_uri(path, "font/woff2") for name, path in FONTS.items()}
    pictures = {name: _data_uri(path, "image/svg+xml") for name, path in PICTURES.items()}
    text = render_to_string("pdf/certificate.css", {"fonts": sources, "pictures": pictures})
    return Press(
        fonts=fonts, styles=[CSS(string=text, font_config=fonts, url_fetcher=closed_fetcher())]
    )


def closed_fetcher() -> URLFetcher:
    """Return a fetcher that reads `data:` addresses only: no file, no host, whatever is asked."""
    from weasyprint.urls import URLFetcher

    return URLFetcher(allowed_protocols={"data"}, allow_redirects=False)


def certificate_pdf(certificate: Certificate) -> bytes:
    """Draw the certificate."""
    return draw(certificate_html(certificate_facts(certificate)))


def certificate_html(facts: CertificateFacts) -> str:
    """Return the document that is drawn."""
    context = {
        "facts": facts,
        "sizes": type_sizes(facts),
        "qr": qr_data_uri(facts.verify_url),
        "language": get_language() or "en",
    }
    return render_to_string("pdf/certificate.html", context)


def draw(html: str) -> bytes:
    """Turn a document into a tagged PDF (PDF/UA-1)."""
    from weasyprint import HTML

    with _lock:
        tools = press()
        document = HTML(string=html, url_fetcher=closed_fetcher())
        return document.write_pdf(
            stylesheets=tools.styles, font_config=tools.fonts, pdf_variant="pdf/ua-1"
        )


def _data_uri(path: str, content_type: str) -> str:
    found = finders.find(path)
    if not found:
        raise FileNotFoundError(path)
    return f"data:{content_type};base64,{base64.b64encode(Path(found).read_bytes()).decode()}"
