"""Pictures of the bread course: what heat does to a loaf, and what time does afterwards."""

from __future__ import annotations

import math

from PIL import Image

from home.demo.pictures.sketch import (
    BERRY,
    CRUST,
    INK,
    PAPER,
    SAGE,
    TOAST,
    WATER,
    Axes,
    Sketch,
    blend,
    smooth,
)


def oven_timeline() -> Image.Image:
    """The temperature in the heart of a loaf, and what happens as it passes each mark."""
    sketch = Sketch(PAPER)
    axes = Axes(sketch, (0, 40), (20, 105), frame=(170, 60, 1010, 720), ink=INK)
    axes.x_ticks((0, 10, 20, 30, 40))
    axes.y_ticks((25, 50, 75, 100), "°")
    for low, high, name, color in (
        (45, 56, "yeast races, then dies", SAGE),
        (60, 75, "starch swells and sets", "#a9672b"),
        (75, 88, "gluten firms, gives up water", CRUST),
        (93, 98, "done", BERRY),
    ):
        left, top = axes.at(0, high)
        right, bottom = axes.at(40, low)
        sketch.box(left + 3, top, right, bottom, blend(PAPER, color, 0.3))
        sketch.text(1030, (top + bottom) / 2, name, color, 38, "lm")
    points = [
        (0, 26),
        (4, 27),
        (8, 33),
        (12, 46),
        (16, 62),
        (20, 76),
        (24, 86),
        (28, 92.5),
        (32, 96),
        (36, 97.5),
        (40, 98),
    ]
    axes.plot(smooth(points), INK, 9)
    sketch.text(590, 842, "minutes in the oven (800 g loaf)", INK, 38)
    return sketch.finish()


def crust_profile() -> Image.Image:
    """Temperature from the surface inwards: only the dry rim can pass the boiling point."""
    sketch = Sketch(PAPER)
    axes = Axes(sketch, (0, 40), (20, 200), frame=(200, 60, 1530, 720), ink=INK)
    axes.x_ticks((0, 10, 20, 30, 40), " mm")
    axes.y_ticks((50, 100, 150, 200), "°")
    left, top = axes.at(0, 200)
    right, bottom = axes.at(40, 140)
    sketch.box(left + 3, top, right, bottom, blend(PAPER, TOAST, 0.28))
    sketch.text(*axes.at(39, 187), "browning reactions run here", CRUST, 38, "rm")
    for surface, heart, reach, color, name, spot in (
        (118, 32, 9, WATER, "after 8 minutes", (21, 42)),
        (158, 72, 13, SAGE, "after 18 minutes", (21, 84)),
        (188, 97, 9, BERRY, "after 35 minutes", (21, 110)),
    ):
        axes.plot([(d / 4, _profile(d / 4, surface, heart, reach)) for d in range(161)], color, 8)
        sketch.text(*axes.at(*spot), name, color, 38, "lm")
    sketch.text(860, 842, "depth below the surface", INK, 38)
    return sketch.finish()


def _profile(depth: float, surface: float, heart: float, reach: float) -> float:
    """Fall steeply to the boiling point through the crust, then gently to the heart."""
    crust = (surface - 100) * math.exp(-((depth / 2.6) ** 1.4))
    crumb = heart + (100 - heart) * math.exp(-((depth / reach) ** 1.5))
    return crumb + crust


def staling() -> Image.Image:
    """How firm the crumb becomes in five days in the kitchen, the refrigerator, the freezer."""
    sketch = Sketch(PAPER)
    axes = Axes(sketch, (0, 5), (0, 100), frame=(190, 70, 1180, 720), ink=INK)
    axes.x_ticks(range(6))
    for limit, rate, color, name, level in (
        (96, 1.05, BERRY, "refrigerator,\n4 °C", 95),
        (84, 0.42, CRUST, "bread box,\n21 °C", 74),
        (16, 0.12, WATER, "freezer,\n-18 °C", 15),
    ):
        firmness = [(d / 20, 8 + (limit - 8) * (1 - math.exp(-rate * d / 20))) for d in range(101)]
        axes.plot(firmness, color, 9)
        sketch.text(1210, axes.at(5, level)[1], name, color, 40, "lm")
    sketch.text(685, 842, "days after baking", INK, 38)
    sketch.text(92, 395, "crumb\nfirm-\nness", INK, 38)
    return sketch.finish()
