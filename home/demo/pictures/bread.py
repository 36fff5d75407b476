"""Pictures of the bread course: the loaf, its formula and the grain."""

from __future__ import annotations

import math
import random
from collections.abc import Callable

from PIL import Image

from home.demo.pictures import bread_dough, bread_oven, bread_video
from home.demo.pictures.sketch import (
    BERRY,
    CRUMB,
    CRUST,
    INK,
    PAPER,
    SAGE,
    TOAST,
    WATER,
    Point,
    Sketch,
    blend,
    smooth,
)


def hero() -> Image.Image:
    """A round loaf on a board in morning light, with the scoring opened in the oven."""
    sketch = Sketch("#e9cfa6", "#f7ead4")
    sketch.glow(420, 200, 700, "#fff8e6", 0.9)
    sketch.box(0, 660, 1600, 900, "#c79a68")
    for y, tone in ((716, "#b98a58"), (790, "#bd8f5d"), (850, "#b48453")):
        sketch.line([(0, y), (1600, y + 8)], tone, 3)
    sketch.ellipse(820, 712, 610, 62, "#7a4a2560")
    for step in range(24):
        share = step / 23
        crown = _loaf(820 - 70 * share, 690 - 34 * share, 560 - 190 * share, 430 - 150 * share)
        sketch.polygon(crown, blend(CRUST, "#d9994f", share**0.8))
    sketch.glow(650, 470, 270, "#f0c27f", 0.65)
    for number in range(4):
        _score(sketch, 560 + number * 150, 505 - 26 * math.sin(number * math.pi / 3))
    chance = random.Random(17)
    for _ in range(520):
        x = chance.gauss(790, 190)
        y = chance.gauss(440, 80)
        if ((x - 800) / 470) ** 2 + ((y - 684) / 350) ** 2 < 1:
            sketch.disc(x, y, chance.uniform(0.8, 2.6), f"#fff6e4{chance.randint(60, 170):02x}")
    for _ in range(240):
        x, y = chance.uniform(100, 1520), chance.uniform(712, 860)
        sketch.disc(x, y, chance.uniform(0.8, 2.4), "#fff6e4a0")
    return sketch.finish()


def _loaf(x: float, base: float, half: float, height: float) -> list[Point]:
    """Return the outline of a hearth loaf: a flat foot, round shoulders, a high crown."""
    return [
        (
            x + half * math.copysign(abs(math.cos(t)) ** 0.8, math.cos(t)),
            base - height * math.sin(t) ** 0.72 if t <= math.pi else base + 34 * -math.sin(t),
        )
        for t in (math.radians(angle) for angle in range(0, 361, 3))
    ]


def _score(sketch: Sketch, x: float, y: float) -> None:
    """Draw one slash that has opened into a pale leaf with a dark raised edge."""
    foot, tip = (x - 62, y + 112), (x + 78, y - 108)
    ear = smooth([foot, (x - 14, y - 6), tip], 30)
    belly = smooth([foot, (x + 48, y + 22), tip], 30)
    sketch.polygon([*ear, *reversed(belly)], "#f2d9ab")
    sketch.line(ear, "#74401d", 8)
    sketch.line(belly, "#b97a3c", 3)


def foam() -> Image.Image:
    """A piece of crumb under a lens: gas cells, and walls of protein full of starch."""
    sketch = Sketch(PAPER)
    sketch.box(60, 60, 1060, 840, CRUMB, 26)
    chance = random.Random(23)
    cells = _pack_cells(chance, 44)
    for _ in range(1500):
        x, y, r = chance.uniform(80, 1040), chance.uniform(80, 820), chance.uniform(4, 9)
        sketch.ellipse(x, y, r, r * 0.75, blend(CRUMB, "#ffffff", chance.uniform(0.3, 0.8)))
    for x, y, r in cells:
        sketch.disc(x, y, r + 7, TOAST)
        sketch.disc(x, y, r, PAPER)
    for y, target, name, color in (
        (190, cells[0], "gas cell: carbon\ndioxide and steam", WATER),
        (450, cells[1], "gluten film, a few\nthousandths of\na millimeter", CRUST),
        (710, (1000, 770, 0), "starch granules\nset in the film", SAGE),
    ):
        reach = target[2] if "film, a" in name else 0
        sketch.line([(1110, y), (target[0] + reach, target[1])], color, 4)
        sketch.disc(target[0] + reach, target[1], 11, color)
        sketch.text(1126, y, name, color, 42, "lm")
    return sketch.finish()


def _pack_cells(chance: random.Random, count: int) -> list[tuple[float, float, float]]:
    cells = [(820.0, 230.0, 105.0), (690.0, 520.0, 92.0)]
    for _ in range(6000):
        x, y, r = chance.uniform(90, 1030), chance.uniform(90, 810), chance.uniform(16, 84)
        inside = x - r > 76 and x + r < 1044 and y - r > 76 and y + r < 824
        near_label = math.dist((x, y), (1000, 770)) < r + 40
        if (
            inside
            and not near_label
            and all(math.dist((x, y), (a, b)) > r + c + 22 for a, b, c in cells)
        ):
            cells.append((x, y, r))
        if len(cells) == count:
            break
    return cells


def percentages() -> Image.Image:
    """The same formula for one loaf and for five: weights change, percentages do not."""
    sketch = Sketch(PAPER)
    parts = (("flour", 100, CRUMB), ("water", 68, WATER), ("salt", 2, BERRY), ("yeast", 1, SAGE))
    for x, flour, title in ((390, 500, "one loaf"), (800, 2500, "five loaves")):
        floor = 760.0
        for _name, percent, color in parts:
            height = percent * 3.4
            sketch.box(x - 110, floor - height, x + 110, floor, color)
            if percent > 10:
                sketch.text(
                    x,
                    floor - height / 2,
                    f"{flour * percent // 100:,} g",
                    PAPER if color == WATER else INK,
                    44,
                )
            floor -= height + 4
        sketch.text(x, 820, title, INK, 44)
    for y, name, percent, color in (
        (590, "flour", 100, "#b98a4e"),
        (303, "water", 68, WATER),
        (185, "salt", 2, BERRY),
        (115, "yeast", 1, SAGE),
    ):
        sketch.text(1150, y, f"{percent}%", color, 60, "rm")
        sketch.text(1180, y, name, INK, 46, "lm")
    sketch.text(1010, 745, "flour is always 100%,\nthe total is not", CRUST, 40, "lm")
    sketch.text(595, 480, "=", INK, 80)
    return sketch.finish()


def kernel() -> Image.Image:
    """A grain of wheat cut lengthwise, and what each part gives to the flour."""
    sketch = Sketch(PAPER)
    outline = smooth(
        [
            (250, 300),
            (520, 190),
            (850, 240),
            (990, 430),
            (880, 640),
            (560, 710),
            (280, 600),
            (190, 450),
            (250, 300),
        ]
    )
    middle = (600.0, 450.0)
    sketch.polygon(outline, CRUST)
    for scale, color in ((0.955, TOAST), (0.91, CRUMB)):
        sketch.polygon([_toward(middle, point, scale) for point in outline], color)
    chance = random.Random(29)
    for _ in range(900):
        x, y, r = chance.gauss(640, 150), chance.gauss(440, 90), chance.uniform(5, 12)
        if ((x - 650) / 290) ** 2 + ((y - 450) / 185) ** 2 < 1:
            sketch.ellipse(x, y, r, r * 0.8, blend(CRUMB, "#ffffff", chance.uniform(0.35, 0.8)))
    germ = smooth(
        [(255, 420), (320, 400), (390, 470), (380, 560), (315, 580), (262, 520), (255, 420)]
    )
    sketch.polygon(germ, "#d9a93f")
    for x in (140, 165, 190):
        sketch.line([(225, 385 + (x - 165)), (x - 70, 330 + (x - 165) * 1.6)], TOAST, 4)
    for y, target, name, text, color in (
        (170, (960, 340), "bran, 14%", "fiber, minerals; its edges\ncut gluten strands", CRUST),
        (450, (760, 450), "endosperm, 83%", "starch and the proteins\nthat make gluten", "#b98a4e"),
        (730, (330, 545), "germ, 3%", "oil, vitamins, enzymes;\nturns rancid first", "#a57c1c"),
    ):
        sketch.line([(1080, y), target], color, 4)
        sketch.disc(*target, 11, color)
        sketch.text(1100, y - 66, name, color, 50, "lm")
        sketch.text(1100, y + 24, text, INK, 36, "lm")
    return sketch.finish()


def _toward(middle: Point, point: Point, share: float) -> Point:
    return tuple(m + (p - m) * share for m, p in zip(middle, point, strict=True))


PICTURES: dict[str, Callable[[], Image.Image]] = {
    "bread/hero": hero,
    "bread/foam": foam,
    "bread/percentages": percentages,
    "bread/kernel": kernel,
    "bread/gluten-stages": bread_dough.gluten_stages,
    "bread/gluten-film": bread_video.still,
    "bread/water-budget": bread_dough.water_budget,
    "bread/yeast-temperature": bread_dough.yeast_temperature,
    "bread/sourdough": bread_dough.sourdough,
    "bread/oven-timeline": bread_oven.oven_timeline,
    "bread/crust-profile": bread_oven.crust_profile,
    "bread/staling": bread_oven.staling,
}
