"""The opening picture of "Statistics for Everyday Decisions"."""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Callable

from PIL import Image

from home.demo.pictures.canvas import Canvas, fade, mix

SUN = (1180, 300)


def hero() -> Image.Image:
    """Draw frequency curves as mountains above a fjord."""
    canvas = Canvas("#f6f4ee")
    canvas.ramp([(0, "#dbe5e6"), (0.3, "#efe6d8"), (0.52, "#f2cfa9"), (1, "#e9b58d")])
    canvas.glow(SUN[0], SUN[1], 900, "#fff1d6", 0.9)
    canvas.disc(*SUN, 62, "#fffaf0")
    rng = random.Random(11)
    shore = 660
    far, near = "#a9bfc4", "#1d3b4c"
    for layer in range(7):
        depth = layer / 6
        ridge = _ridge(rng, 330 - 34 * layer, 120 + 20 * layer)
        base = 520 + depth * (shore - 520)
        points = [(x * 4, base - ridge(x * 4)) for x in range(401)]
        canvas.polygon([*points, (1600, shore + 4), (0, shore + 4)], mix(far, near, depth))
        canvas.line(points, fade("#ffffff", 0.28 - 0.03 * layer), 2)
    _counted_shore(canvas, rng, shore)
    _water(canvas, shore)
    return canvas.finish()


def _ridge(rng: random.Random, height: float, width: float) -> Callable[[float], float]:
    humps = [
        (rng.uniform(-100, 1700), rng.uniform(0.35, 1.0) * height, rng.uniform(0.6, 1.3) * width)
        for _ in range(6)
    ]
    return lambda x: (
        max(h * math.exp(-((x - m) ** 2) / (2 * w * w)) for m, h, w in humps)
        + sum(0.18 * h * math.exp(-((x - m) ** 2) / (2 * w * w)) for m, h, w in humps)
    )


def _counted_shore(canvas: Canvas, rng: random.Random, shore: float) -> None:
    counts = Counter(int(rng.gauss(430, 190) // 25) for _ in range(900))
    for number, count in counts.items():
        left, top = number * 25, shore - 1.35 * count
        canvas.box(left + 1.5, top, left + 23.5, shore + 2, mix("#1d3b4c", "#2f7f7b", 0.3), 3)


def _water(canvas: Canvas, shore: float) -> None:
    factor = canvas.image.height / 900
    depth = 900 - shore
    mirrored = canvas.image.crop(
        (0, round((shore - depth) * factor), canvas.image.width, round(shore * factor))
    ).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    veil = Image.new("RGB", mirrored.size, "#31566a")
    canvas.image.paste(Image.blend(mirrored, veil, 0.35), (0, round(shore * factor)))
    rng = random.Random(5)
    for _ in range(190):
        y = shore + 6 + depth * rng.random() ** 1.4
        x = rng.gauss(SUN[0], 40 + (y - shore) * 0.9)
        half = rng.uniform(6, 44) * (0.5 + (y - shore) / depth)
        canvas.line([(x - half, y), (x + half, y)], fade("#fff1d6", rng.uniform(0.1, 0.4)), 3)
