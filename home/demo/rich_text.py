"""Markdown of the content files, as Wagtail's rich text."""

from __future__ import annotations

from markdown_it import MarkdownIt

_markdown = MarkdownIt("commonmark", {"html": False}).enable("strikethrough")
# Wagtail's rich text has its own names for these; headings inside rich text do not exist in the
# portal's editor.
_TAGS = {"strong": "b", "em": "i", "h1": "p", "h2": "p", "h3": "p", "h4": "p"}


def rich_text(markdown: str) -> str:
    """Return the HTML that Wagtail's editor would have saved for this Markdown."""
    html = _markdown.render(markdown.strip())
    for standard, wagtail in _TAGS.items():
        html = html.replace(f"<{standard}>", f"<{wagtail}>").replace(
            f"</{standard}>", f"</{wagtail}>"
        )
    return html.strip()


def inline_text(markdown: str) -> str:
    """Return one paragraph's HTML without the paragraph, for one-line fields."""
    html = rich_text(markdown)
    return html.removeprefix("<p>").removesuffix("</p>")
