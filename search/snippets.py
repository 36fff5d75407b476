"""A piece of text around the words that were found, with the words marked."""

from __future__ import annotations

import re

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

LENGTH = 220
LEAD = 60
# Endings are ignored: a search for "bread" marks "breads" too.
WORD_REST = r"\w*"


def words_pattern(text: str) -> re.Pattern[str] | None:
    """Return a pattern that matches the words of a query at the beginning of words."""
    words = sorted({re.escape(word) for word in re.findall(r"\w+", text)}, key=len, reverse=True)[
        :12
    ]
    return re.compile(rf"\b(?:{'|'.join(words)}){WORD_REST}", re.IGNORECASE) if words else None


def marked(text: str, pattern: re.Pattern[str] | None) -> SafeString:
    """Return `text` escaped, with what the pattern matches in `<mark>`."""
    if pattern is None:
        return SafeString(conditional_escape(text))
    parts: list[str] = []
    end = 0
    for match in pattern.finditer(text):
        parts += [
            conditional_escape(text[end : match.start()]),
            "<mark>",
            conditional_escape(match.group()),
            "</mark>",
        ]
        end = match.end()
    parts.append(conditional_escape(text[end:]))
    return mark_safe("".join(parts))


def snippet(texts: list[str], pattern: re.Pattern[str] | None) -> SafeString:
    """Return the best piece of the texts.

    Around the first match, else the beginning of the first text.
    """
    tidy = [" ".join(text.split()) for text in texts if text and text.strip()]
    for text in tidy:
        match = pattern.search(text) if pattern else None
        if match:
            return marked(_window(text, match.start()), pattern)
    return marked(_window(tidy[0], 0), pattern) if tidy else SafeString("")


def _window(text: str, around: int) -> str:
    start = 0 if around < LEAD else text.rfind(" ", 0, around - LEAD // 2) + 1
    piece = text[start : start + LENGTH]
    if start + LENGTH < len(text):
        piece = piece.rsplit(" ", 1)[0] + " …"
    return f"… {piece}" if start else piece
