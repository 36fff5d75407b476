"""A small drawing board for the demo pictures: one coordinate system, one palette, smooth edges."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

from PIL import Image, ImageColor, ImageDraw, ImageFont, ImageOps

Point = tuple[float, float]

NIGHT = "#0e1633"
INDIGO = "#1c2857"
DUSK = "#46548f"
HAZE = "#9aaade"
STARLIGHT = "#f5f0e1"
AMBER = "#f3b95f"
ROSE = "#e68c7c"
TEAL = "#72c6ba"

PAPER = "#f8f1e5"
CRUMB = "#f0dcb8"
TOAST = "#cf8a45"
CRUST = "#8b4b23"
INK = "#36281f"
SAGE = "#637b58"
BERRY = "#a9464c"
WATER = "#4a7f9b"

# Pictures are drawn this much larger and then reduced, which is what smooths the edges.
OVERSAMPLING = 2


class Sketch:
    """Draw in the coordinates of the finished picture; `finish` returns it.

    Pillow's own font is the only one that exists everywhere. It knows ASCII, typographic quotes,
    the degree sign and the middle dot, but no dashes, arrows or Greek, so labels keep to those.
    """

    def __init__(self, top: str, bottom: str | None = None, *, size: Point = (1600, 900)) -> None:
        self.width, self.height = int(size[0]), int(size[1])
        pixels = (self.width * OVERSAMPLING, self.height * OVERSAMPLING)
        ramp = Image.linear_gradient("L").resize(pixels)
        self.image = ImageOps.colorize(ramp, top, bottom or top)
        self.draw = ImageDraw.Draw(self.image, "RGBA")

    def finish(self) -> Image.Image:
        """Return the picture at its real size."""
        return self.image.reduce(OVERSAMPLING)

    def disc(self, x: float, y: float, r: float, fill: str | None = None, **line: object) -> None:
        """Draw a circle around a center."""
        self.ellipse(x, y, r, r, fill, **line)

    def ellipse(
        self,
        x: float,
        y: float,
        rx: float,
        ry: float,
        fill: str | None = None,
        *,
        outline: str | None = None,
        width: float = 0,
    ) -> None:
        """Draw an ellipse around a center."""
        box = self._scaled([(x - rx, y - ry), (x + rx, y + ry)])
        self.draw.ellipse(box, fill, outline, round(width * OVERSAMPLING))

    def box(
        self, left: float, top: float, right: float, bottom: float, fill: str, radius: float = 0
    ) -> None:
        """Draw a rectangle, with round corners if a radius is given."""
        corners = self._scaled([(left, top), (right, bottom)])
        self.draw.rounded_rectangle(corners, radius * OVERSAMPLING, fill)

    def line(self, points: Sequence[Point], fill: str, width: float = 4) -> None:
        """Draw a line through the points, with round joints and ends."""
        self.draw.line(self._scaled(points), fill, round(width * OVERSAMPLING), joint="curve")
        if width >= 4 and len(fill) == 7:
            for x, y in (points[0], points[-1]):
                self.disc(x, y, width / 2, fill)

    def dashes(self, a: Point, b: Point, fill: str, width: float = 3, dash: float = 14) -> None:
        """Draw a dashed straight line."""
        length = math.dist(a, b)
        for start in range(0, int(length), int(dash * 2)):
            ends = (start / length, min(start + dash, length) / length)
            p, q = ((a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t) for t in ends)
            self.draw.line(self._scaled([p, q]), fill, round(width * OVERSAMPLING))

    def arc(
        self,
        x: float,
        y: float,
        r: float,
        start: float,
        end: float,
        fill: str,
        *,
        width: float = 4,
        flatten: float = 1.0,
    ) -> None:
        """Draw part of a circle, angles in degrees counted clockwise from three o'clock."""
        box = self._scaled([(x - r, y - r * flatten), (x + r, y + r * flatten)])
        self.draw.arc(box, start, end, fill, round(width * OVERSAMPLING))

    def polygon(self, points: Sequence[Point], fill: str) -> None:
        """Fill the shape between the points."""
        self.draw.polygon(self._scaled(points), fill)

    def arrow(self, a: Point, b: Point, fill: str, width: float = 4, head: float = 20) -> None:
        """Draw an arrow from one point to the other."""
        angle = math.atan2(b[1] - a[1], b[0] - a[0])
        neck = (b[0] - head * math.cos(angle), b[1] - head * math.sin(angle))
        self.line([a, neck], fill, width)
        wing = head * 0.55
        across = (-math.sin(angle) * wing, math.cos(angle) * wing)
        sides = [(neck[0] + s * across[0], neck[1] + s * across[1]) for s in (1, -1)]
        self.polygon([b, *sides], fill)

    def text(
        self, x: float, y: float, text: str, fill: str, size: float = 36, anchor: str = "mm"
    ) -> None:
        """Write a label; the anchor is Pillow's ("lm" starts at the point, "mm" is centered)."""
        font = ImageFont.load_default(size=size * OVERSAMPLING)
        if "\n" in text:
            self._lines(x, y, text.split("\n"), fill, size, anchor)
        else:
            self.draw.text(self._scaled([(x, y)])[0], text, fill, font, anchor=anchor)

    def glow(self, x: float, y: float, r: float, color: str, strength: float = 1.0) -> None:
        """Lay a soft round light over the picture."""
        side = round(2 * r * OVERSAMPLING)
        mask = Image.radial_gradient("L").point(_falloff(strength)).resize((side, side))
        corner = (round((x - r) * OVERSAMPLING), round((y - r) * OVERSAMPLING))
        self.image.paste(Image.new("RGB", (side, side), color), corner, mask)

    def _lines(
        self, x: float, y: float, lines: list[str], fill: str, size: float, anchor: str
    ) -> None:
        step = size * 1.25
        first = y - step * (len(lines) - 1) / 2
        for number, line in enumerate(lines):
            self.text(x, first + number * step, line, fill, size, anchor)

    def _scaled(self, points: Sequence[Point]) -> list[Point]:
        return [(x * OVERSAMPLING, y * OVERSAMPLING) for x, y in points]


class Axes:
    """A plain chart frame that turns data into positions on a sketch."""

    def __init__(
        self, sketch: Sketch, x_range: Point, y_range: Point, *, frame: tuple[float, ...], ink: str
    ) -> None:
        self.sketch, self.ink = sketch, ink
        self.x_range, self.y_range = x_range, y_range
        self.left, self.top, self.right, self.bottom = frame
        corner = (self.left, self.bottom)
        sketch.line([(self.left, self.top), corner, (self.right, self.bottom)], ink, 4)

    def at(self, x: float, y: float) -> Point:
        """Return where the data point lies on the picture."""
        across = (x - self.x_range[0]) / (self.x_range[1] - self.x_range[0])
        up = (y - self.y_range[0]) / (self.y_range[1] - self.y_range[0])
        return (
            self.left + across * (self.right - self.left),
            self.bottom - up * (self.bottom - self.top),
        )

    def plot(self, points: Sequence[Point], fill: str, width: float = 7) -> None:
        """Draw a data series as a line."""
        self.sketch.line([self.at(*point) for point in points], fill, width)

    def x_ticks(self, values: Sequence[float], suffix: str = "") -> None:
        """Label the horizontal axis."""
        for value in values:
            x, _ = self.at(value, self.y_range[0])
            self.sketch.line([(x, self.bottom), (x, self.bottom + 12)], self.ink, 3)
            self.sketch.text(x, self.bottom + 40, f"{value:g}{suffix}", self.ink, 32)

    def y_ticks(self, values: Sequence[float], suffix: str = "") -> None:
        """Label the vertical axis and rule a faint line across for each value."""
        for value in values:
            _, y = self.at(self.x_range[0], value)
            self.sketch.line([(self.left, y), (self.right, y)], f"{self.ink}2e", 2)
            self.sketch.text(self.left - 18, y, f"{value:g}{suffix}", self.ink, 32, "rm")


def scatter_stars(sketch: Sketch, seed: int, count: int, bottom: float) -> None:
    """Strew stars over the upper part of the picture, few bright and many faint."""
    chance = random.Random(seed)
    for _ in range(count):
        x, y = chance.uniform(0, sketch.width), chance.uniform(0, bottom)
        radius = 0.8 + 2.6 * chance.random() ** 5
        opacity = round(90 + 165 * chance.random() ** 2)
        sketch.disc(x, y, radius, f"{STARLIGHT}{opacity:02x}")


def smooth(points: Sequence[Point], steps: int = 24) -> list[Point]:
    """Return a dense curve through the points (Catmull-Rom)."""
    padded = [points[0], *points, points[-1]]
    curve = []
    for p0, p1, p2, p3 in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        curve += [_between(p0, p1, p2, p3, step / steps) for step in range(steps)]
    return [*curve, points[-1]]


def blend(color: str, other: str, share: float) -> str:
    """Return the color with a share of another mixed in."""
    pairs = zip(ImageColor.getrgb(color), ImageColor.getrgb(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def _falloff(strength: float) -> list[int]:
    # Pillow's radial gradient is 180, not 255, where the circle touches the edge of its square.
    rim = 180
    return [round(strength * max(0, 1 - v / rim) ** 1.6 * 255) for v in range(256)]


def _between(p0: Point, p1: Point, p2: Point, p3: Point, t: float) -> Point:
    x, y = (
        0.5
        * (
            2 * b
            + (c - a) * t
            + (2 * a - 5 * b + 4 * c - d) * t**2
            + (3 * b - a - 3 * c + d) * t**3
        )
        for a, b, c, d in zip(p0, p1, p2, p3, strict=True)
    )
    return (x, y)
