"""Drawn covers for courses without a picture: a quiet composition chosen by a hash of the title.

SVG presentation attributes and classes only: the Content-Security-Policy refuses inline styles.
The colors are those of `css/components/cards.css`, so that covers follow the theme.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from functools import lru_cache

from django.utils.safestring import SafeString, mark_safe

WIDTH, HEIGHT, TONES = 320, 180, 6


def _arcs(numbers: Iterator[int]) -> str:
    side = 0 if next(numbers) % 2 else WIDTH
    step = 30 + next(numbers) % 10
    rings = [
        f'<circle cx="{side}" cy="{HEIGHT}" r="{step * n}" class="cover__line"/>'
        for n in range(2, 9)
    ]
    return f'<circle cx="{side}" cy="{HEIGHT}" r="{step * 3}" class="cover__b"/>' + "".join(rings)


def _quarters(numbers: Iterator[int]) -> str:
    size, shapes = 60, []
    for row in range(3):
        for column in range(6):
            x, y, draw = column * size - 20, row * size, next(numbers)
            if draw % 5 < 2:
                continue
            corner = ((0, 0), (size, 0), (size, size), (0, size))[draw % 4]
            cx, cy = x + corner[0], y + corner[1]
            far_x, far_y = x + size - corner[0], y + size - corner[1]
            sweep = 1 if draw % 4 in (0, 2) else 0
            shapes.append(
                f'<path d="M{cx} {cy}H{far_x}A{size} {size} 0 0 {sweep} {cx} {far_y}Z" '
                f'class="cover__{"abc"[draw % 3]}"/>'
            )
    return "".join(shapes)


def _bars(numbers: Iterator[int]) -> str:
    shapes = []
    for n in range(13):
        height = 24 + next(numbers) % 130
        tone = "b" if n % 4 == 1 else "a"
        box = f'x="{16 + n * 23}" y="{HEIGHT - height}" width="11" height="{height}"'
        shapes.append(f'<rect {box} class="cover__{tone}"/>')
    return "".join(shapes)


def _waves(numbers: Iterator[int]) -> str:
    shift = next(numbers) % 40
    shapes = []
    for n in range(6):
        y, bend = 54 + n * 22, 26 + next(numbers) % 16
        shapes.append(
            f'<path d="M{-shift} {y}q45 {-bend} 90 0t90 0 90 0 90 0V{HEIGHT}H0Z" '
            f'class="cover__{"abc"[n % 3]}" opacity=".75"/>'
        )
    return "".join(shapes)


def _dots(numbers: Iterator[int]) -> str:
    shapes = []
    for row in range(5):
        for column in range(9):
            radius = 2 + next(numbers) % 12
            tone = "b" if radius > 11 else "a"
            place = f'cx="{24 + column * 34}" cy="{22 + row * 34}" r="{radius}"'
            shapes.append(f'<circle {place} class="cover__{tone}"/>')
    return "".join(shapes)


def _sheets(numbers: Iterator[int]) -> str:
    shapes = []
    for n in range(5):
        x, y = 60 + n * 24, 24 + n * 14 + next(numbers) % 10
        shapes.append(
            f'<path d="M{x} {y}l120 -18v130l-120 18Z" class="cover__{"cab"[n % 3]}" opacity=".85"/>'
        )
    return "".join(shapes)


MOTIFS: tuple[Callable[[Iterator[int]], str], ...] = (
    _arcs,
    _quarters,
    _bars,
    _waves,
    _dots,
    _sheets,
)


@lru_cache(maxsize=512)
def cover_svg(seed: str) -> SafeString:
    """Return the cover for a seed, the same one for ever."""
    digest = hashlib.sha256(seed.encode()).digest()
    motif, tone = MOTIFS[digest[0] % len(MOTIFS)], digest[1] % TONES + 1
    drawing = motif(iter(digest[2:] * 3))
    return mark_safe(
        f'<svg class="cover cover--{tone}" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'preserveAspectRatio="xMidYMid slice" aria-hidden="true" focusable="false">{drawing}</svg>'
    )
