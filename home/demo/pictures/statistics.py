"""The pictures of "Statistics for Everyday Decisions".

The commutes are those of the course's data file; every other number is computed here.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Callable

from PIL import Image

from home.demo.pictures.canvas import Canvas, fade, mix
from home.demo.pictures.sketch import Axes
from home.demo.pictures.statistics_hero import hero

PAPER = "#f6f4ee"
CARD = "#fffdf8"
INK = "#22304a"
QUIET = "#66718a"
RULE = "#dcd7ca"
TEAL = "#2f7f7b"
AMBER = "#d08a2e"
CORAL = "#c05a47"
MIST = "#b4c2cb"

TRAM = [23, 24, 24, 25, 25, 25, 26, 26, 26, 27, 27, 28, 28, 29, 30, 31, 38, 44, 52, 66]
BIKE = [27, 28, 28, 29, 29, 30, 30, 30, 31, 31, 31, 31, 32, 32, 33, 33, 34, 34, 35, 36]
ROUTES = (("Light rail", TRAM, TEAL), ("Bicycle", BIKE, AMBER))


def diagram(title: str) -> Canvas:
    """Return a sheet of paper with a headline."""
    canvas = Canvas(PAPER)
    canvas.bold(90, 84, title, INK, 44, "lm")
    return canvas


def two_commutes() -> Image.Image:
    """Stack a dot per morning: the same mean, other middles."""
    canvas = diagram("Forty mornings, door to door")
    for row, (name, minutes, color) in enumerate(ROUTES):
        base = 430 + 380 * row
        scale = _minutes_axis(canvas, base)
        canvas.bold(90, base - 266, name, color, 36, "lm")
        for minute, count in Counter(minutes).items():
            for level in range(count):
                canvas.disc(scale(minute), base - 20 - 31 * level, 13, color)
        mean, median = sum(minutes) / 20, (minutes[9] + minutes[10]) / 2
        _marker(canvas, scale(median), base, f"median {median:g}", INK, -1)
        _marker(canvas, scale(mean), base, f"mean {mean:g}", CORAL, 1)
    return canvas.finish()


def _minutes_axis(canvas: Canvas, base: float) -> Callable[[float], float]:
    def scale(minute: float) -> float:
        return 130 + (minute - 20) * 27.2

    canvas.line([(90, base), (1510, base)], QUIET, 3)
    for minute in range(20, 71, 10):
        canvas.line([(scale(minute), base), (scale(minute), base + 12)], QUIET, 3)
        canvas.text(scale(minute), base + 36, f"{minute} min", QUIET, 26)
    return scale


def _marker(canvas: Canvas, x: float, base: float, label: str, color: str, side: int) -> None:
    top = base - 222
    canvas.dashes((x, top), (x, base), color, 3, 8)
    canvas.polygon([(x, base), (x - 13, base + 22), (x + 13, base + 22)], color)
    canvas.bold(x + 12 * side, top + 4, label, color, 28, "lm" if side > 0 else "rm")


def box_plots() -> Image.Image:
    """Reduce each twenty mornings to five numbers, with the parts named."""
    canvas = diagram("Twenty mornings in five numbers")
    boxes = (
        ("Light rail", TEAL, (23, 25, 27, 30.5, 38), (44, 52, 66), 330),
        ("Bicycle", AMBER, (27, 29.5, 31, 33, 36), (), 640),
    )
    scale = _minutes_axis(canvas, 800)
    for name, color, (low, q1, middle, q3, high), outliers, y in boxes:
        canvas.bold(90, y - 160, name, color, 36, "lm")
        canvas.line([(scale(low), y), (scale(high), y)], color, 5)
        for end in (low, high):
            canvas.line([(scale(end), y - 28), (scale(end), y + 28)], color, 5)
        sides = (scale(q1), y - 58, scale(q3), y + 58)
        canvas.card(sides, mix(color, CARD, 0.72), outline=color, width=5, radius=8)
        canvas.line([(scale(middle), y - 56), (scale(middle), y + 56)], INK, 8)
        for value in outliers:
            canvas.disc(scale(value), y, 12, outline=color, width=5)
    for minute, label, x, y in (
        (25, "lower quartile", 220, 226),
        (27, "median", 400, 184),
        (30.5, "upper quartile", 570, 226),
    ):
        canvas.text(x, y, label, INK, 28, "mm")
        canvas.line([(x, y + 22), (scale(minute), 266)], QUIET, 2)
    canvas.text(scale(34.5), 410, "half of all mornings\nlie inside the box", QUIET, 28, "lm")
    canvas.text(scale(55), 262, "three mornings to tell\nthe neighbors about", QUIET, 28, "mm")
    return canvas.finish()


def bin_widths() -> Image.Image:
    """Count the same twenty rides in bins of 2, 5 and 20 minutes."""
    canvas = diagram("One data set, three bin widths")
    captions = ("2 minutes: too fussy", "5 minutes: a shape", "20 minutes: a rumor")
    for panel, (width, caption) in enumerate(zip((2, 5, 20), captions, strict=True)):
        left = 90 + 485 * panel
        canvas.card((left, 150, left + 450, 800), CARD, outline=RULE, radius=18)
        counts = Counter((minute - 20) // width for minute in TRAM)
        unit = 390 / max(counts.values())
        step = 390 / (50 / width) if width != 20 else 390 / 3
        for number, count in counts.items():
            x = left + 30 + number * step
            canvas.card((x + 2, 640 - count * unit, x + step - 2, 640), TEAL, radius=4)
        canvas.line([(left + 30, 641), (left + 420, 641)], QUIET, 3)
        canvas.text(left + 30, 670, "20", QUIET, 26)
        canvas.text(left + 420, 670, "80" if width == 20 else "70", QUIET, 26)
        canvas.text(left + 225, 670, "minutes", QUIET, 26)
        canvas.bold(left + 225, 740, caption, INK, 31)
    return canvas.finish()


def cut_axis() -> Image.Image:
    """Show the same two percentages with and without a zero."""
    canvas = diagram("The same two numbers, 61% and 64%")
    for panel, (start, title) in enumerate(((60, "Axis starts at 60%"), (0, "Axis starts at 0%"))):
        left = 90 + 730 * panel
        canvas.card((left, 150, left + 690, 810), CARD, outline=RULE, radius=18)
        frame = (left + 130, 260, left + 640, 720)
        axes = Axes(canvas, (0, 4), (start, 65 if start else 80), frame=frame, ink=QUIET)
        axes.y_ticks((60, 61, 62, 63, 64, 65) if start else (0, 20, 40, 60, 80), "%")
        for number, (value, label) in enumerate(((61, "last year"), (64, "this year"))):
            x0, top = axes.at(0.5 + 1.7 * number, value)
            x1, bottom = axes.at(1.8 + 1.7 * number, start)
            canvas.card((x0, top, x1, bottom - 2), (MIST, CORAL)[number], radius=4)
            canvas.text((x0 + x1) / 2, 758, label, INK, 30)
        canvas.bold(left + 345, 204, title, INK, 34)
    return canvas.finish()


def thousand_people() -> Image.Image:
    """Draw a thousand people and whom a screening test calls back."""
    canvas = diagram("One thousand women are screened")
    for person in range(1000):
        x, y = 104 + (person % 40) * 25.4, 160 + (person // 40) * 27.2
        ill, positive = person < 10, person < 9 or 10 <= person < 99
        color = CORAL if ill else AMBER if positive else mix(MIST, PAPER, 0.25)
        canvas.disc(x, y, 9.4, color)
        if ill and not positive:
            canvas.disc(x, y, 5, PAPER)
    legend = (
        (CORAL, "10", "have the illness", "9 of them test positive"),
        (AMBER, "89", "are healthy and", "test positive all the same"),
        (mix(MIST, PAPER, 0.25), "901", "are healthy and are", "told that all is well"),
    )
    for row, (color, number, first, second) in enumerate(legend):
        y = 200 + 170 * row
        canvas.disc(1178, y, 17, color)
        canvas.bold(1212, y, number, INK, 48, "lm")
        canvas.text(1166, y + 70, f"{first}\n{second}", INK, 28, "lm")
    canvas.card((1150, 690, 1520, 824), INK, radius=18)
    canvas.text(1335, 734, "9 of 98 positive tests", PAPER, 31)
    canvas.bold(1335, 782, "are right: 9%", PAPER, 34)
    return canvas.finish()


def at_least_once() -> Image.Image:
    """Plot the chance of a hundred-year flood within a number of years."""
    canvas = diagram("At least one “hundred-year” flood")
    axes = Axes(canvas, (0, 100), (0, 80), frame=(190, 170, 1500, 770), ink=QUIET)
    axes.y_ticks((0, 20, 40, 60, 80), "%")
    axes.x_ticks((0, 10, 30, 50, 70, 100))
    canvas.text(845, 862, "years in the house", QUIET, 30)
    curve = [(year, 100 * (1 - 0.99**year)) for year in range(101)]
    canvas.polygon([axes.at(0, 0), *(axes.at(*p) for p in curve), axes.at(100, 0)], fade(TEAL, 0.1))
    axes.plot(curve, TEAL, 7)
    for year, note in ((1, "1 year: 1%"), (30, "30 years: 26%"), (70, "70 years: 51%")):
        x, y = axes.at(year, 100 * (1 - 0.99**year))
        canvas.disc(x, y, 15, CORAL)
        canvas.bold(x + 26, y + (34 if year > 1 else -140), note, INK, 34, "lm")
    return canvas.finish()


def intervals() -> Image.Image:
    """Repeat one survey of 400 people thirty times; the truth is 40%."""
    canvas = diagram("Thirty surveys of the same town, 400 people each")
    rng = random.Random(3)
    axes = Axes(canvas, (29, 51), (0, 31), frame=(110, 150, 1130, 780), ink=QUIET)
    axes.x_ticks((30, 35, 40, 45, 50), "%")
    canvas.line([axes.at(40, 0), axes.at(40, 31)], INK, 4)
    for survey in range(1, 31):
        share = sum(rng.random() < 0.4 for _ in range(400)) / 400
        margin = 196 * math.sqrt(share * (1 - share) / 400)
        color = TEAL if abs(100 * share - 40) <= margin else CORAL
        ends = [axes.at(100 * share + side * margin, survey) for side in (-1, 1)]
        canvas.line(ends, color, 5)
        canvas.disc(*axes.at(100 * share, survey), 8, color)
    canvas.text(1180, 190, "The line is the truth: 40%.", INK, 30, "lm")
    canvas.text(1180, 330, "Each bar is one survey's\n95% interval.", INK, 30, "lm")
    note = (
        "The red ones miss. About\n"
        "one in twenty will, and\n"
        "whoever made it cannot\n"
        "see that it does."
    )
    canvas.text(1180, 500, note, INK, 30, "lm")
    return canvas.finish()


def funnel() -> Image.Image:
    """Plot 160 equally good clinics: the small ones fill both ends of the list."""
    canvas = diagram("160 clinics, all of them exactly equally good")
    axes = Axes(canvas, (0, 520), (50, 100), frame=(190, 190, 1510, 770), ink=QUIET)
    axes.y_ticks((50, 60, 70, 80, 90, 100), "%")
    axes.x_ticks((0, 100, 200, 300, 400, 500))
    canvas.text(850, 862, "patients in a year", QUIET, 30)
    for side in (-1, 1):
        edge = [(n, 85 + side * 196 * math.sqrt(0.1275 / n)) for n in range(12, 521, 4)]
        axes.plot([(n, min(100, share)) for n, share in edge], MIST, 4)
    canvas.dashes(axes.at(0, 85), axes.at(520, 85), INK, 3, 10)
    rng = random.Random(4)
    clinics = []
    for _ in range(160):
        size = round(10 + 500 * rng.random() ** 2.4)
        clinics.append((100 * sum(rng.random() < 0.85 for _ in range(size)) / size, size))
    clinics.sort()
    for rank, (share, size) in enumerate(clinics):
        color = CORAL if rank < 10 else AMBER if rank >= 150 else TEAL
        canvas.disc(*axes.at(size, share), 10, fade(color, 0.8))
    canvas.text(90, 146, "share of patients who are satisfied", QUIET, 30, "lm")
    canvas.bold(1480, 640, "bottom ten, to be investigated", CORAL, 30, "rm")
    canvas.bold(1480, 690, "top ten, to be given a prize", AMBER, 30, "rm")
    return canvas.finish()


def reversal() -> Image.Image:
    """Plot the kidney stone study: better in each group, worse in total."""
    canvas = diagram("Successful treatments of kidney stones")
    frame = (200, 170, 1500, 700)
    axes = Axes(canvas, (0, 3), (60, 100), frame=frame, ink=QUIET)
    axes.y_ticks((60, 70, 80, 90, 100), "%")
    groups = (
        ("Small stones", (81, 87), (234, 270)),
        ("Large stones", (192, 263), (55, 80)),
        ("All together", (273, 350), (289, 350)),
    )
    canvas.box(*axes.at(2, 100), *axes.at(3, 60), fade(INK, 0.06))
    for column, (name, surgery, keyhole) in enumerate(groups):
        points = []
        for offset, (good, total), color in ((0.3, surgery, TEAL), (0.7, keyhole, AMBER)):
            x, y = axes.at(column + offset, 100 * good / total)
            points.append((x, y, color, good, total))
        canvas.line([points[0][:2], points[1][:2]], fade(QUIET, 0.6), 3)
        for x, y, color, good, total in points:
            canvas.disc(x, y, 14 + math.sqrt(total) * 1.5, color)
            canvas.text(x, y, f"{100 * good / total:.0f}%", CARD, 27 if total > 100 else 23)
            canvas.text(x, y + 66, f"{good} of {total}", INK, 26)
        canvas.bold(axes.at(column + 0.5, 60)[0], 742, name, INK, 34)
    for x, color, name in ((430, TEAL, "open surgery"), (830, AMBER, "keyhole")):
        canvas.disc(x, 826, 16, color)
        canvas.text(x + 32, 826, name, INK, 30, "lm")
    return canvas.finish()


def shuffled() -> Image.Image:
    """Plot how many of the 23 fast mornings fall to one pile by chance alone."""
    canvas = diagram("If only the slips in the mug decided")
    axes = Axes(canvas, (4.5, 18.5), (0, 0.26), frame=(120, 170, 1500, 740), ink=QUIET)
    ways = math.comb(40, 20)
    for fast in range(5, 19):
        share = math.comb(23, fast) * math.comb(17, 20 - fast) / ways
        x, y = axes.at(fast, share)
        extreme = abs(fast - 11.5) >= 3.5
        canvas.card((x - 43, min(y, 737), x + 43, 739), CORAL if extreme else MIST, radius=4)
        if share > 0.0005:
            label = f"{100 * share:.0f}%" if share > 0.01 else f"{100 * share:.1f}%"
            canvas.text(x, min(y, 737) - 24, label, INK, 26)
        canvas.text(x, 776, str(fast), INK, 28)
    canvas.text(810, 840, "fast mornings that fall to the light rail's pile of twenty", QUIET, 30)
    x, _ = axes.at(15, 0)
    canvas.bold(x + 10, 400, "what happened: 15", CORAL, 34)
    canvas.arrow((x, 430), (x, 645), CORAL, 5)
    return canvas.finish()


PICTURES: dict[str, Callable[[], Image.Image]] = {
    "statistics/hero": hero,
    "statistics/two-commutes": two_commutes,
    "statistics/box-plots": box_plots,
    "statistics/bin-widths": bin_widths,
    "statistics/cut-axis": cut_axis,
    "statistics/thousand-people": thousand_people,
    "statistics/at-least-once": at_least_once,
    "statistics/intervals": intervals,
    "statistics/funnel": funnel,
    "statistics/reversal": reversal,
    "statistics/shuffled": shuffled,
}
