"""Pictures of the portal itself: the home page, the covers of the blog and the portraits."""

from __future__ import annotations

import math
import random
from collections.abc import Callable

from PIL import Image

from home.demo.pictures import portraits
from home.demo.pictures.sketch import (
    AMBER,
    BERRY,
    CRUMB,
    CRUST,
    DUSK,
    HAZE,
    INDIGO,
    INK,
    NIGHT,
    PAPER,
    ROSE,
    SAGE,
    STARLIGHT,
    TEAL,
    TOAST,
    WATER,
    Point,
    Sketch,
    blend,
    scatter_stars,
    smooth,
)

SHEET = "#fbf6ec"


def home_hero() -> Image.Image:
    """A desk by a window at dusk: book, lamp and loaf inside, the Moon and stars outside.

    What matters stays clear of the left and right edge, where narrow layouts crop.
    """
    sketch = Sketch("#2c2f55", "#453a55")
    sketch.box(230, 70, 790, 600, "#5a4a5c", 14)
    for left, right in ((250, 502), (518, 770)):
        sketch.box(left, 90, right, 580, "#16204a", 6)
    _evening(sketch)
    sketch.box(502, 80, 518, 590, "#5a4a5c")
    sketch.box(200, 590, 820, 622, "#6d5a63", 6)
    sketch.box(0, 700, 1600, 900, "#8a5a3c")
    sketch.box(0, 700, 1600, 718, "#a06c49")
    sketch.glow(1110, 480, 600, AMBER, 0.75)
    _lamp(sketch)
    _book(sketch, 600, 800)
    _small_loaf(sketch, 1060, 800)
    return sketch.finish()


def _evening(sketch: Sketch) -> None:
    chance = random.Random(71)
    for _ in range(90):
        x, y = chance.uniform(258, 762), chance.uniform(98, 470)
        if not 498 < x < 522:
            sketch.disc(x, y, chance.uniform(0.8, 2.8), STARLIGHT)
    sketch.glow(660, 210, 78, STARLIGHT, 0.5)
    sketch.disc(660, 210, 40, STARLIGHT)
    sketch.disc(644, 202, 36, "#222a55")
    ridge = smooth(
        [(250, 520), (330, 470), (410, 510), (490, 440), (590, 500), (690, 450), (770, 500)]
    )
    sketch.polygon([(250, 580), *ridge, (770, 580)], "#0d1430")


def _lamp(sketch: Sketch) -> None:
    sketch.box(1150, 690, 1310, 712, "#2a2438", 10)
    sketch.line([(1230, 700), (1275, 500), (1180, 360)], "#2a2438", 14)
    sketch.polygon([(1090, 430), (1170, 300), (1230, 340), (1210, 470)], "#d8673f")
    sketch.ellipse(1152, 452, 62, 20, "#ffe7b0")


def _book(sketch: Sketch, x: float, y: float) -> None:
    for side in (-1, 1):
        edge = smooth([(x, y - 62), (x + side * 130, y - 92), (x + side * 310, y - 70)])
        sketch.polygon([(x, y + 42), *edge, (x + side * 350, y + 48)], SHEET)
        sketch.line([(x, y + 42), (x + side * 350, y + 48)], "#c9b79c", 6)
    sketch.line([(x, y - 62), (x, y + 42)], "#c9b79c", 4)
    for line in range(4):
        drop = y - 48 + line * 23
        sketch.line([(x - 270 - line * 8, drop + 4), (x - 46, drop - 10)], "#b9aa94", 5)
    curve = [(x + 50 + i * 8, y + 18 - 84 * math.exp(-(((i - 15) / 7) ** 2))) for i in range(32)]
    sketch.line(curve, BERRY, 6)
    sketch.line([(x + 44, y + 22), (x + 310, y + 22)], INK, 4)


def _small_loaf(sketch: Sketch, x: float, base: float) -> None:
    sketch.ellipse(x + 70, base + 18, 220, 20, "#5e3a2680")
    for step in range(12):
        share = step / 11
        sketch.ellipse(
            x + 70 - 20 * share,
            base - 60 + 4 * share,
            200 - 55 * share,
            86 - 26 * share,
            blend(CRUST, "#dca25c", share),
        )
    for shift in (-70, 0, 70):
        slash = smooth(
            [
                (x + 50 + shift, base - 40),
                (x + 70 + shift, base - 80),
                (x + 104 + shift, base - 104),
            ]
        )
        sketch.line(slash, "#f2d9ab", 12)


def forgetting() -> Image.Image:
    """Memory that fades after each meeting, and fades more slowly every time."""
    sketch = Sketch("#27365f", "#5d5a8c")
    for number, (left, width, floor) in enumerate(
        ((120, 190, 610), (310, 290, 520), (600, 400, 430), (1000, 600, 345))
    ):
        curve = [
            (left + width * i / 40, 200 + (floor - 200) * (1 - math.exp(-2.6 * i / 40)))
            for i in range(41)
        ]
        color = blend(ROSE, AMBER, number / 3)
        sketch.polygon([(left, 900), *curve, (left + width, 900)], f"{color}38")
        sketch.line(curve, color, 10)
        sketch.glow(left, 200, 80, STARLIGHT, 0.8)
        sketch.disc(left, 200, 15, STARLIGHT)
        sketch.dashes((left, 220), (left, 900), f"{STARLIGHT}60", 2)
    return sketch.finish()


def sky_log() -> Image.Image:
    """An open notebook with a row of Moon sketches, under the sky that it describes."""
    sketch = Sketch(NIGHT, DUSK)
    scatter_stars(sketch, 81, 420, 520)
    sketch.polygon([(180, 860), (300, 420), (1300, 420), (1420, 860)], "#2a2031")
    for side in (-1, 1):
        page = [(800, 440), (800 + side * 480, 446), (800 + side * 585, 838), (800, 850)]
        sketch.polygon(page, SHEET if side < 0 else "#f3ecdd")
    for number in range(5):
        x = 380 + number * 84 - 8 * number
        sketch.disc(x, 540, 30, "#3d3f5c")
        bulge = math.cos(math.radians(30 + number * 36))
        limb = [math.radians(angle) for angle in range(-90, 91, 5)]
        lit = [(x + 30 * math.cos(a), 540 + 30 * math.sin(a)) for a in limb]
        edge = [(x + 30 * bulge * math.cos(a), 540 + 30 * math.sin(a)) for a in reversed(limb)]
        sketch.polygon([*lit, *edge], "#f7f0da")
    for line in range(5):
        y = 625 + line * 40
        sketch.line([(320 - line * 9, y), (730 - (line * 53) % 140, y)], "#a99f92", 5)
    points = [
        (900, 520),
        (985, 560),
        (1060, 545),
        (1130, 600),
        (1180, 690),
        (1090, 740),
        (1060, 640),
    ]
    sketch.line(points, "#8b8fae", 3)
    for x, y in points:
        sketch.disc(x, y, 9, INDIGO)
    sketch.line([(1240, 800), (1400, 590)], TOAST, 16)
    sketch.line([(1240, 800), (1252, 784)], INK, 16)
    return sketch.finish()


def boring_loaf() -> Image.Image:
    """Five loaves in a row; four are alike and one is a little higher."""
    sketch = Sketch("#eadfc9", PAPER)
    sketch.box(0, 640, 1600, 900, "#c9a274")
    sketch.box(0, 640, 1600, 654, "#b88d5e")
    for number in range(5):
        x, rise = 200 + number * 300, 150 + (62 if number == 3 else 0)
        tone = "#e0a157" if number == 3 else TOAST
        sketch.ellipse(x, 668, 146, 20, "#8a643e80")
        for step in range(14):
            share = step / 13
            crown = [
                (
                    x + (132 - 36 * share) * math.cos(math.radians(a)),
                    664 - 10 * share - (rise * 1.3 - 50 * share) * math.sin(math.radians(a)) ** 0.7,
                )
                for a in range(0, 181, 5)
            ]
            sketch.polygon(crown, blend(CRUST, tone, share))
        top = 660 - rise
        sketch.line([(x - 46, top + 58), (x, top + 28), (x + 46, top + 14)], CRUMB, 13)
        sketch.line([(x - 40, 740), (x + 40, 740)], "#9a7347", 5)
        sketch.line([(x - 40, 768), (x + 8 + 9 * number, 768)], "#9a7347", 5)
    return sketch.finish()


def reading_code() -> Image.Image:
    """A page of code as bars, with the path that a reader's eye takes through it."""
    sketch = Sketch("#1f3038", "#2f4d50")
    chance = random.Random(91)
    indents = (0, 1, 1, 2, 2, 1, 0, 0, 1, 2, 3, 2, 1)
    tones = (TEAL, HAZE, "#d9d3c3", AMBER)
    for row, indent in enumerate(indents):
        x, y = 190 + indent * 84, 108 + row * 56
        for _ in range(chance.randint(2, 4)):
            length = chance.randint(60, 210)
            sketch.box(x, y - 11, x + length, y + 11, f"{chance.choice(tones)}b0", 11)
            x += length + 22
    stops: list[Point] = [(200, 108), (560, 220), (430, 332), (980, 444), (640, 556), (1020, 668)]
    sketch.line(smooth([*stops, (1330, 730)]), ROSE, 7)
    for x, y in stops:
        sketch.disc(x, y, 17, ROSE)
    sketch.disc(1380, 700, 108, "#ffffff14", outline=STARLIGHT, width=14)
    sketch.line([(1456, 776), (1540, 860)], STARLIGHT, 26)
    return sketch.finish()


def missed_week() -> Image.Image:
    """Eight weeks of days; one week is empty, and then the dots go on."""
    sketch = Sketch("#f3eadb", "#e7dcc9")
    chance = random.Random(101)
    for week in range(9):
        for day in range(7):
            x, y = 240 + week * 140, 150 + day * 100
            done = week != 4 and chance.random() < 0.62
            if week == 4:
                sketch.disc(x, y, 29, None, outline="#bfae95", width=4)
            elif done:
                sketch.disc(x, y, 33, SAGE if week < 4 else WATER)
            else:
                sketch.disc(x, y, 9, "#c9b9a0")
    arc = [(660 + 280 * i / 30, 92 - 56 * math.sin(math.pi * i / 30)) for i in range(31)]
    sketch.line(arc[:-1], BERRY, 6)
    sketch.arrow(arc[-3], (944, 100), BERRY, 6, 26)
    return sketch.finish()


def percentages() -> Image.Image:
    """The same eight of a hundred, seen once among a hundred and once among ten."""
    sketch = Sketch("#f6efe3", "#e6edf0")
    chosen = set(random.Random(111).sample(range(100), 8))
    for number in range(100):
        x, y = 130 + (number % 10) * 66, 150 + (number // 10) * 66
        sketch.disc(x, y, 24, BERRY if number in chosen else "#cfd6d8")
    for number in range(10):
        x, y = 1000 + (number % 5) * 108, 380 + (number // 5) * 130
        sketch.disc(x, y, 42, BERRY if number < 8 else "#cfd6d8")
    sketch.text(428, 848, "8 of 100", INK, 40)
    sketch.text(1216, 848, "8 of 10", INK, 40)
    return sketch.finish()


PICTURES: dict[str, Callable[[], Image.Image]] = {
    "editorial/home-hero": home_hero,
    "editorial/forgetting": forgetting,
    "editorial/sky-log": sky_log,
    "editorial/boring-loaf": boring_loaf,
    "editorial/reading-code": reading_code,
    "editorial/missed-week": missed_week,
    "editorial/percentages": percentages,
    **portraits.PICTURES,
}
