"""Portraits of the demo's teachers: quiet shapes, no faces, one sign of the trade each."""

from __future__ import annotations

import math
from collections.abc import Callable

from PIL import Image

from home.demo.pictures.sketch import (
    AMBER,
    BERRY,
    DUSK,
    INDIGO,
    INK,
    PAPER,
    STARLIGHT,
    TEAL,
    TOAST,
    WATER,
    Sketch,
    blend,
    scatter_stars,
    smooth,
)


def ingrid_solheim() -> Image.Image:
    """Fair hair in a bun, a blue sweater, a bell curve on the wall."""
    sketch = _wall("#cfdfe3", "#a9c3cb")
    curve = [(40 + i * 18, 430 - 300 * math.exp(-(((i - 20) / 8) ** 2))) for i in range(41)]
    sketch.line(curve, "#ffffff90", 10)
    hair = "#d9b36c"
    sketch.disc(400, 150, 62, hair)
    _shoulders(sketch, "#33597a", "#284a68")
    _head(sketch, "#efc7a4", hair, fringe=-30)
    return sketch.finish()


def tomas_herrera() -> Image.Image:
    """Dark hair, beard and glasses, a green shirt, lines of code on the wall."""
    sketch = _wall("#e8dcc6", "#d3bd9a")
    for row, (left, right) in enumerate(((60, 200), (110, 260), (110, 220), (60, 150))):
        sketch.box(left, 130 + row * 56, right, 152 + row * 56, "#ffffff90", 11)
    for row, (left, right) in enumerate(((590, 720), (630, 760), (630, 700))):
        sketch.box(left, 200 + row * 56, right, 222 + row * 56, "#ffffff90", 11)
    hair = "#2f2523"
    _shoulders(sketch, "#56704c", "#46603d")
    _head(sketch, "#cf9a72", hair, fringe=24)
    beard = smooth(
        [
            (272, 400),
            (290, 490),
            (350, 548),
            (400, 560),
            (450, 548),
            (510, 490),
            (528, 400),
            (470, 470),
            (400, 484),
            (330, 470),
            (272, 400),
        ]
    )
    sketch.polygon(beard, hair)
    for x in (340, 460):
        sketch.disc(x, 372, 46, "#ffffff30", outline=INK, width=7)
    sketch.line([(386, 368), (414, 368)], INK, 7)
    return sketch.finish()


def amara_okafor() -> Image.Image:
    """A patterned headwrap, an amber dress, the night sky behind."""
    sketch = _wall(INDIGO, DUSK)
    scatter_stars(sketch, 5, 170, 700)
    sketch.disc(660, 170, 58, STARLIGHT)
    sketch.disc(640, 158, 52, blend(INDIGO, DUSK, 0.22))
    _shoulders(sketch, AMBER, "#dd9b3d")
    _head(sketch, "#7a4a31", "#7a4a31", fringe=None)
    wrap = smooth(
        [
            (262, 322),
            (250, 220),
            (310, 110),
            (420, 70),
            (530, 120),
            (560, 230),
            (538, 322),
            (470, 268),
            (400, 254),
            (330, 268),
            (262, 322),
        ]
    )
    sketch.polygon(wrap, BERRY)
    for bend in range(4):
        fold = smooth(
            [
                (268 + bend * 16, 300 - bend * 40),
                (400, 232 - bend * 40),
                (536 - bend * 12, 300 - bend * 44),
            ]
        )
        sketch.line(fold, AMBER if bend % 2 else TEAL, 9)
    sketch.disc(272, 440, 14, AMBER)
    sketch.disc(528, 440, 14, AMBER)
    return sketch.finish()


def yuki_tanaka() -> Image.Image:
    """A straight black bob, a white apron, a field of wheat."""
    sketch = _wall("#f3e2c0", "#e2c48f")
    for x in (70, 130, 190, 620, 680, 740):
        sketch.line([(x, 800), (x + 8, 330)], "#c79a4b", 6)
        for step in range(5):
            for side in (-1, 1):
                sketch.ellipse(x + 8 + side * 14, 340 + step * 34, 10, 19, TOAST)
    hair = "#221d22"
    bob = smooth(
        [
            (232, 520),
            (226, 330),
            (280, 190),
            (400, 140),
            (520, 190),
            (574, 330),
            (568, 520),
            (480, 540),
            (320, 540),
            (232, 520),
        ]
    )
    sketch.polygon(bob, hair)
    _shoulders(sketch, "#8aa6b3", WATER)
    sketch.polygon([(300, 650), (500, 650), (560, 800), (240, 800)], PAPER)
    for x, tip in ((310, 330), (490, 470)):
        sketch.line([(x, 660), (tip, 580)], PAPER, 22)
    _head(sketch, "#f0cfae", hair, fringe=58)
    return sketch.finish()


def _wall(top: str, bottom: str) -> Sketch:
    return Sketch(top, bottom, size=(800, 800))


def _shoulders(sketch: Sketch, cloth: str, shade: str) -> None:
    body = smooth(
        [(90, 800), (120, 690), (230, 610), (400, 580), (570, 610), (680, 690), (710, 800)]
    )
    sketch.polygon(body, cloth)
    sketch.line(smooth([(320, 600), (400, 640), (480, 600)]), shade, 20)


def _head(sketch: Sketch, skin: str, hair: str, *, fringe: float | None) -> None:
    """Draw neck and face, and hair that comes down to the brow; higher numbers come lower."""
    sketch.box(340, 460, 460, 622, blend(skin, INK, 0.16), 50)
    if fringe is not None:
        sketch.ellipse(400, 330, 144, 168, hair)
    sketch.ellipse(400, 370, 138, 178, skin)
    for x in (262, 538):
        sketch.ellipse(x, 382, 20, 34, skin)
    if fringe is not None:
        cap = smooth(
            [
                (256, 372),
                (262, 250),
                (330, 176),
                (400, 160),
                (470, 176),
                (538, 250),
                (544, 372),
                (520, 270 + fringe),
                (400, 236 + fringe),
                (300, 262 + fringe),
                (256, 372),
            ]
        )
        sketch.polygon(cap, hair)
    sketch.line(smooth([(366, 462), (400, 474), (434, 462)]), blend(skin, BERRY, 0.45), 7)


PICTURES: dict[str, Callable[[], Image.Image]] = {
    "editorial/portrait-ingrid-solheim": ingrid_solheim,
    "editorial/portrait-tomas-herrera": tomas_herrera,
    "editorial/portrait-amara-okafor": amara_okafor,
    "editorial/portrait-yuki-tanaka": yuki_tanaka,
}
