"""Tags that format: icons, the theme script, initials, drawn covers. None of them queries."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from portal.common.covers import cover_svg
from portal.common.theme_script import THEME_SCRIPT

register = template.Library()

SPRITE = "icons/sprite.svg"


@register.simple_tag
def theme_script() -> SafeString:
    """Render the inline script that sets the theme, in the exact text whose hash the CSP allows."""
    return mark_safe(f"<script>{THEME_SCRIPT}</script>")


@register.simple_tag
def icon(name: str, label: str = "", classname: str = "") -> SafeString:
    """Render an icon of the sprite: decorative, or with a `label` an image with that name."""
    # Escaped first: a safe and an unsafe text that look the same must not share a cache entry.
    return _icon(conditional_escape(name), conditional_escape(label), conditional_escape(classname))


@lru_cache(maxsize=1024)
def _icon(name: SafeString, label: SafeString, classname: SafeString) -> SafeString:
    classes = format_html("icon {}", classname) if classname else "icon"
    href = format_html("{}#{}", _sprite(), name)
    if label:
        markup = '<svg class="{}" role="img" aria-label="{}"><use href="{}"></use></svg>'
        return format_html(markup, classes, label, href)
    markup = '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}"></use></svg>'
    return format_html(markup, classes, href)


@cache
def _sprite() -> str:
    """Return the address of the sprite; it stays the same as long as the process lives."""
    return static(SPRITE)


@register.simple_tag
def cover(title: str, seed: str = "") -> SafeString:
    """Render the drawn cover of a course without a picture; equal seeds give equal covers."""
    return cover_svg(str(seed or title))


@register.filter
def initials(name: Any) -> str:
    """Return the first letters of the first and last word of a name, or a question mark."""
    words = str(name or "").split()
    letters = [words[0][0], words[-1][0]] if len(words) > 1 else [word[:1] for word in words]
    return "".join(letters).upper() or "?"


@register.filter
def tone(name: Any) -> int:
    """Return a stable number from 1 to 6 for a name, to colour avatars and covers alike."""
    return sum(str(name or "").encode()) % 6 + 1


@register.filter
def percent(value: Any) -> int:
    """Return a share as a whole number from 0 to 100; 100 only when it is complete."""
    try:
        return max(0, min(100, int(float(value))))
    except (TypeError, ValueError):
        return 0


@register.filter
def stars(rating: Any) -> list[str]:
    """Return five words, each "full", "half" or "empty", for a rating from 0 to 5."""
    try:
        halves = round(float(rating) * 2)
    except (TypeError, ValueError):
        halves = 0
    words = ("empty", "half", "full")
    return [words[max(0, min(2, halves - 2 * n))] for n in range(5)]
