"""The opening picture of "Python from First Principles"."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from itertools import pairwise

from PIL import Image, ImageFilter

from home.demo.pictures.canvas import Canvas, mix
from home.demo.pictures.sketch import Point, smooth


def hero() -> Image.Image:
    """Draw a ribbon of scales that winds through a quiet landscape of light."""
    canvas = Canvas("#12302f")
    canvas.ramp([(0, "#12302f"), (0.55, "#1d4a45"), (1, "#2c6353")])
    canvas.glow(1240, 210, 900, "#e9c987", 0.42)
    canvas.glow(250, 820, 700, "#3d7fa0", 0.3)
    spine = smooth(
        [
            (-260, 720), (-40, 760), (200, 690), (330, 480), (520, 300), (720, 370), (800, 560),
            (980, 690), (1190, 590), (1270, 380), (1420, 250), (1640, 300), (1860, 260),
        ],
        steps=60,
    )  # fmt: skip
    _cast_shadow(canvas, spine)
    canvas.line(spine, "#173a37", 176)
    _scales(canvas, spine)
    return canvas.finish()


def _cast_shadow(canvas: Canvas, spine: Sequence[Point]) -> None:
    veil = Canvas("#000000")
    veil.line([(x + 18, y + 58) for x, y in spine], "#7a7a7a", 160)
    mask = veil.image.convert("L").filter(ImageFilter.GaussianBlur(44))
    canvas.image.paste("#04100f", (0, 0), mask)


def _scales(canvas: Canvas, spine: Sequence[Point], rows: int = 7) -> None:
    palette = ("#e7c477", "#a9bd7b", "#6da58a", "#4b8b9a", "#4a73a3")
    rng = random.Random(3)
    stations = _evenly(spine, 27)
    for number, (x, y, angle) in enumerate(stations):
        along = number / len(stations)
        for row in range(rows):
            stagger = (number % 2) * 0.5
            across = (row + stagger - rows / 2) / rows * 2
            if abs(across) > 1:
                continue
            offset, height = across * 92, 31 * math.sqrt(1 - 0.55 * across * across)
            cx = x - math.sin(angle) * offset
            cy = y + math.cos(angle) * offset
            base = palette[min(4, int(along * 4.2 + rng.uniform(-0.25, 0.55)))]
            light = mix(base, "#fff8e4", 0.3 * max(0.0, -across))
            color = mix(light, "#0c2422", 0.5 * max(0.0, across + 0.15))
            canvas.polygon(_diamond(cx, cy, angle, 29, height * 0.62), color)


def _diamond(x: float, y: float, angle: float, length: float, width: float) -> list[Point]:
    corners = ((length, 0), (0, width), (-length, 0), (0, -width))
    return [
        (
            x + u * math.cos(angle) - v * math.sin(angle),
            y + u * math.sin(angle) + v * math.cos(angle),
        )
        for u, v in corners
    ]


def _evenly(path: Sequence[Point], distance: float) -> list[tuple[float, float, float]]:
    stations, walked = [], 0.0
    for (x0, y0), (x1, y1) in pairwise(path):
        walked += math.hypot(x1 - x0, y1 - y0)
        if walked >= distance:
            stations.append((x1, y1, math.atan2(y1 - y0, x1 - x0)))
            walked -= distance
    return stations
