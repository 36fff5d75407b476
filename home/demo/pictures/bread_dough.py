"""Pictures of the bread course: the dough and its fermentation."""

from __future__ import annotations

import math
import random

from PIL import Image

from home.demo.pictures.sketch import (
    BERRY,
    CRUMB,
    CRUST,
    INK,
    PAPER,
    SAGE,
    WATER,
    Axes,
    Point,
    Sketch,
    blend,
    smooth,
)


def gluten_stages() -> Image.Image:
    """Three states of gluten: clumps, a tangle, and a network in which the strands line up."""
    sketch = Sketch(PAPER)
    chance = random.Random(31)
    for left, name in ((50, "just mixed"), (560, "rested"), (1070, "developed")):
        sketch.box(left, 70, left + 480, 700, CRUMB, 24)
        sketch.text(left + 240, 770, name, INK, 46)
    for _ in range(26):
        _strand(sketch, chance, (chance.uniform(130, 440), chance.uniform(150, 620)), 60, 34)
    for _ in range(34):
        _strand(sketch, chance, (chance.uniform(710, 890), chance.uniform(230, 540)), 105, 60)
    for row in range(15):
        y = 110 + row * 39
        wave = [(1085 + x, y + 9 * math.sin(x / 45 + row * 1.1)) for x in range(0, 451, 10)]
        sketch.line(wave, CRUST, 6)
        for x in range(40 + 50 * (row % 2), 430, 100):
            if row < 14:
                sketch.line([(1085 + x, y), (1085 + x, y + 39)], BERRY, 5)
    sketch.text(800, 850, "red: disulfide bonds between the long glutenin chains", BERRY, 36)
    return sketch.finish()


def _strand(sketch: Sketch, chance: random.Random, start: Point, reach: float, bend: float) -> None:
    turn = chance.uniform(0, math.tau)
    points = [
        (
            start[0] + step * reach / 3 * math.cos(turn) + chance.gauss(0, bend / 3),
            start[1] + step * reach / 3 * math.sin(turn) + chance.gauss(0, bend / 3),
        )
        for step in range(-1, 3)
    ]
    sketch.line(smooth(points, 10), CRUST, 6)


def water_budget() -> Image.Image:
    """Which part of the flour holds the water of a dough."""
    sketch = Sketch(PAPER)
    rows = (
        ("sound and damaged\nstarch", 46, "#b98a4e"),
        ("gluten proteins", 31, CRUST),
        ("pentosans", 23, SAGE),
    )
    for number, (name, percent, color) in enumerate(rows):
        y = 200 + number * 220
        sketch.text(560, y, name, INK, 46, "rm")
        sketch.box(600, y - 66, 600 + percent * 17, y + 66, color, 16)
        sketch.text(625 + percent * 17, y, f"{percent}%", color, 66, "lm")
    sketch.text(800, 820, "pentosans are only about 2% of the flour's weight", SAGE, 42)
    return sketch.finish()


def yeast_temperature() -> Image.Image:
    """How fast yeast makes gas at each temperature, against its best."""
    sketch = Sketch(PAPER)
    axes = Axes(sketch, (0, 60), (0, 110), frame=(190, 70, 1530, 720), ink=INK)
    axes.x_ticks((0, 10, 20, 30, 40, 50, 60), "°")
    left, top = axes.at(24, 108)
    right, bottom = axes.at(27, 0)
    sketch.box(left, top, right, bottom - 3, blend(PAPER, SAGE, 0.35), 8)
    points = [
        (0, 1),
        (4, 4),
        (10, 13),
        (15, 25),
        (20, 42),
        (25, 64),
        (30, 85),
        (35, 98),
        (38, 100),
        (42, 88),
        (46, 58),
        (50, 24),
        (54, 6),
        (58, 0.5),
        (60, 0),
    ]
    axes.plot(smooth(points), CRUST, 9)
    sketch.text(*axes.at(23, 92), "most doughs\nare happy here", SAGE, 40, "rm")
    sketch.text(*axes.at(9.2, 39), "refrigerator:\nslow, not stopped", WATER, 38)
    sketch.disc(*axes.at(4, 4), 13, WATER)
    sketch.text(*axes.at(50, 62), "dies in the\nfirst minutes\nof baking", BERRY, 38, "lm")
    sketch.text(860, 842, "dough temperature in degrees Celsius", INK, 38)
    sketch.text(96, 395, "gas\nper\nhour", INK, 40)
    return sketch.finish()


def sourdough() -> Image.Image:
    """Ten hours of a starter after feeding: it rises and sours, and rises before it sours most."""
    sketch = Sketch(PAPER)
    axes = Axes(sketch, (0, 12), (0, 100), frame=(190, 70, 1400, 720), ink=INK)
    axes.x_ticks(range(0, 13, 2))
    height = [
        (0, 8),
        (1, 9),
        (2, 14),
        (3, 26),
        (4, 46),
        (5, 68),
        (6, 84),
        (7, 90),
        (8, 88),
        (9, 78),
        (10, 64),
        (11, 52),
        (12, 44),
    ]
    acid = [
        (0, 88),
        (1, 85),
        (2, 79),
        (3, 70),
        (4, 58),
        (5, 46),
        (6, 36),
        (7, 28),
        (8, 23),
        (9, 19.5),
        (10, 17),
        (11, 15.5),
        (12, 15),
    ]
    left, top = axes.at(5.6, 98)
    right, bottom = axes.at(7.6, 0)
    sketch.box(left, top, right, bottom - 3, blend(PAPER, SAGE, 0.3), 8)
    axes.plot(smooth(height), CRUST, 9)
    axes.plot(smooth(acid), BERRY, 9)
    sketch.text(*axes.at(6.6, 9), "use it here", SAGE, 40)
    sketch.text(*axes.at(9.2, 90), "height", CRUST, 42, "lm")
    sketch.text(*axes.at(1.4, 90), "pH", BERRY, 42, "lm")
    sketch.text(*axes.at(-0.2, 88), "pH 5.9", BERRY, 38, "rm")
    sketch.text(*axes.at(12.2, 15), "pH 3.9", BERRY, 38, "lm")
    sketch.text(800, 842, "hours after feeding, at 26 °C", INK, 38)
    return sketch.finish()
