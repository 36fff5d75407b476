"""What diagrams need beyond a sketch: cards with a shadow, code, bold words, bent arrows."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from PIL import Image, ImageColor, ImageDraw, ImageFilter, ImageFont

from home.demo.pictures.sketch import OVERSAMPLING, Point, Sketch

Box = tuple[float, float, float, float]

CODE_INDENT = 0.42
CODE_SPACE = 0.36


def mix(first: str, second: str, share: float) -> str:
    """Return the color that lies a share of the way from the first to the second."""
    pairs = zip(ImageColor.getrgb(first)[:3], ImageColor.getrgb(second)[:3], strict=True)
    return "#{:02x}{:02x}{:02x}".format(*(round(a + (b - a) * share) for a, b in pairs))


def fade(color: str, opacity: float) -> str:
    """Return a hex color with an opacity between 0 and 1."""
    return f"{color}{round(255 * opacity):02x}"


def bent(start: Point, bend: Point, end: Point, steps: int = 40) -> list[Point]:
    """Return points along a quadratic curve that is pulled towards the bend."""
    points = []
    for step in range(steps + 1):
        t = step / steps
        parts = ((1 - t) ** 2, 2 * t * (1 - t), t * t)
        points.append(
            tuple(
                sum(p * q[axis] for p, q in zip(parts, (start, bend, end), strict=True))
                for axis in (0, 1)
            )
        )
    return points


class Canvas(Sketch):
    """A sketch for diagrams: boxes that float, code, and arrows that go around things."""

    def ramp(self, stops: Sequence[tuple[float, str]]) -> None:
        """Fill the whole picture with a vertical gradient through (position, color) stops."""
        strip = Image.new("RGB", (1, self.image.height))
        for y in range(self.image.height):
            color = _color_at(y / (self.image.height - 1), stops)
            strip.putpixel((0, y), ImageColor.getrgb(color))
        self.image.paste(strip.resize(self.image.size))

    def card(
        self,
        box: Box,
        fill: str,
        *,
        outline: str | None = None,
        width: float = 2,
        radius: float = 16,
        shadow: float = 0,
    ) -> None:
        """Draw a rectangle with round corners, an edge and a soft shadow of a given strength."""
        if shadow:
            self._shade(box, radius, shadow)
        corners = self._scaled([box[:2], box[2:]])
        self.draw.rounded_rectangle(
            corners, radius * OVERSAMPLING, fill, outline, round(width * OVERSAMPLING)
        )

    def _shade(self, box: Box, radius: float, strength: float) -> None:
        # Only the neighborhood of the box is blurred: a whole picture takes a second.
        reach = 40
        left, top = box[0] - reach, box[1] - reach
        size = (box[2] - box[0] + 2 * reach, box[3] - box[1] + 2 * reach)
        mask = Image.new("L", tuple(round(side * OVERSAMPLING) for side in size))
        inner = [(reach, reach + 7), (size[0] - reach, size[1] - reach + 7)]
        ImageDraw.Draw(mask).rounded_rectangle(
            self._scaled(inner), radius * OVERSAMPLING, fill=round(255 * strength)
        )
        mask = mask.filter(ImageFilter.GaussianBlur(9 * OVERSAMPLING))
        self.image.paste("#101820", (round(left * OVERSAMPLING), round(top * OVERSAMPLING)), mask)

    def bold(
        self, x: float, y: float, text: str, fill: str, size: float = 36, anchor: str = "mm"
    ) -> None:
        """Write a heavier label; the font has one weight, so it gets a thin outline."""
        self.draw.text(
            self._scaled([(x, y)])[0],
            text,
            fill,
            ImageFont.load_default(size=size * OVERSAMPLING),
            anchor=anchor,
            stroke_width=size * OVERSAMPLING * 0.02,
            stroke_fill=fill,
        )

    def width_of(self, text: str, size: float) -> float:
        """Return how wide a label will be."""
        return ImageFont.load_default(size=size * OVERSAMPLING).getlength(text) / OVERSAMPLING

    def code(self, x: float, y: float, line: str, fill: str, size: float = 36) -> None:
        """Write a line of code from its left end, with an indentation that can be seen."""
        stripped = line.lstrip(" ")
        x += (len(line) - len(stripped)) * size * CODE_INDENT
        for number, word in enumerate(stripped.split(" ")):
            x += size * CODE_SPACE if number else 0
            self.text(x, y, word, fill, size, "lm")
            x += self.width_of(word, size)

    def code_width(self, line: str, size: float) -> float:
        """Return how wide a line of code will be."""
        stripped = line.lstrip(" ")
        words = stripped.split(" ")
        indent = (len(line) - len(stripped)) * size * CODE_INDENT
        gaps = (len(words) - 1) * size * CODE_SPACE
        return indent + gaps + sum(self.width_of(word, size) for word in words)

    def bent_arrow(
        self,
        start: Point,
        bend: Point,
        end: Point,
        fill: str,
        *,
        width: float = 4,
        head: float = 20,
    ) -> None:
        """Draw an arrow along a curve."""
        points = bent(start, bend, end)
        near = next(p for p in reversed(points) if math.dist(p, end) > head)
        self.line(points[: points.index(near) + 1], fill, width)
        self.arrow(near, end, fill, width, head)


def _color_at(position: float, stops: Sequence[tuple[float, str]]) -> str:
    for (start, first), (end, second) in pairwise(stops):
        if position <= end:
            return mix(first, second, max(0.0, position - start) / (end - start))
    return stops[-1][1]
