"""Pictures of the astronomy course: eyes in the dark, and what starlight tells."""

from __future__ import annotations

import colorsys
import math
import random

from PIL import Image

from home.demo.pictures.sketch import (
    AMBER,
    HAZE,
    INDIGO,
    NIGHT,
    ROSE,
    STARLIGHT,
    TEAL,
    Axes,
    Sketch,
    blend,
)

# Second radiation constant hc/k in nanometer kelvins.
RADIATION = 1.438777e7


def dark_adaptation() -> Image.Image:
    """How the dimmest visible light falls during half an hour in the dark."""
    sketch = Sketch(NIGHT, INDIGO)
    axes = Axes(sketch, (0, 40), (2, 9), frame=(250, 90, 1520, 740), ink=HAZE)
    axes.x_ticks((0, 10, 20, 30, 40))
    cones = [(t, 5.4 + 3.2 * math.exp(-t / 2.2)) for t in range(41)]
    rods = [(t / 2, 2.7 + 9.6 * math.exp(-t / 2 / 8.2)) for t in range(9, 81)]
    axes.plot(cones[11:], f"{ROSE}70", 4)
    axes.plot(cones[:12], ROSE, 9)
    axes.plot([point for point in rods if point[0] >= 10.5], TEAL, 9)
    sketch.disc(*axes.at(10.5, 5.41), 13, AMBER)
    sketch.text(
        *axes.at(11.5, 6.35), "after about ten minutes\nthe rods take over", AMBER, 36, "lm"
    )
    sketch.text(*axes.at(2.4, 7.7), "cones: color, daylight", ROSE, 38, "lm")
    sketch.text(*axes.at(23, 3.9), "rods: gray, but far more sensitive", TEAL, 38, "lm")
    sketch.text(885, 848, "minutes in the dark", HAZE, 38)
    sketch.text(118, 415, "dimmest\nlight you\ncan see", HAZE, 36)
    sketch.text(232, 110, "bright", HAZE, 32, "rm")
    sketch.text(232, 715, "faint", HAZE, 32, "rm")
    return sketch.finish()


def magnitudes() -> Image.Image:
    """The magnitude scale from the Sun to the faintest star the bare eye can see."""
    sketch = Sketch(NIGHT, INDIGO)
    line_y = 470

    def place(magnitude: float) -> float:
        return 110 + (magnitude + 27) * 41

    sketch.line([(70, line_y), (1540, line_y)], HAZE, 4)
    for tick in range(-25, 10, 5):
        sketch.line([(place(tick), line_y - 14), (place(tick), line_y + 14)], HAZE, 3)
        sketch.text(place(tick), line_y + 46, str(tick), HAZE, 32)
    bodies = (
        (-26.7, "Sun", 46, -150),
        (-12.7, "full Moon", 32, -150),
        (-4.6, "Venus", 20, -130),
        (-1.46, "Sirius", 15, -230),
        (0.0, "Vega", 12, 150),
        (2.0, "Polaris", 9, -130),
        (6.0, "faintest star\nfrom a dark place", 5, -250),
    )
    for magnitude, name, radius, lift in bodies:
        x, y = place(magnitude), line_y + lift
        gap = 52 if lift < -240 else 34 if lift < 0 else -34
        start = line_y + (-radius if lift < 0 else 66)
        sketch.line([(x, start), (x, y + gap)], f"{AMBER}90", 2)
        sketch.glow(x, line_y, radius * 3, AMBER, 0.5)
        sketch.disc(x, line_y, radius, STARLIGHT)
        sketch.text(
            x + (70 if "\n" in name else 0), y, name, STARLIGHT, 36, "rm" if "\n" in name else "mm"
        )
    sketch.arrow((760, 800), (420, 800), AMBER, 5, 24)
    sketch.text(400, 800, "brighter", AMBER, 38, "rm")
    sketch.text(1180, 800, "five steps = 100 times the light", TEAL, 38)
    sketch.text(800, 90, "the smaller the number, the brighter the star", HAZE, 40)
    return sketch.finish()


def star_colors() -> Image.Image:
    """Glow curves of a cool, a middling and a hot star against the band that eyes can see."""
    sketch = Sketch(NIGHT, INDIGO)
    axes = Axes(sketch, (100, 1500), (0, 1.3), frame=(120, 70, 1530, 720), ink=HAZE)
    for nanometers in range(390, 720, 2):
        left, top = axes.at(nanometers, 1.0)
        right, bottom = axes.at(nanometers + 2.2, 0)
        sketch.box(left, top, right, bottom - 3, blend(_hue(nanometers), NIGHT, 0.62))
    axes.x_ticks((300, 600, 900, 1200, 1500))
    for kelvin, color, name in (
        (10_000, "#9cc4ff", "Sirius\n10,000 K"),
        (5_770, "#ffe9a8", "Sun\n5,770 K"),
        (3_600, ROSE, "Betelgeuse\n3,600 K"),
    ):
        crest = 2.897772e6 / kelvin
        peak = _planck(crest, kelvin)
        axes.plot([(w, _planck(w, kelvin) / peak) for w in range(110, 1501, 5)], color, 7)
        sketch.text(*axes.at(crest, 1.15), name, color, 36)
    sketch.text(555, 690, "visible", STARLIGHT, 34)
    sketch.text(825, 842, "wavelength in nanometers", HAZE, 38)
    sketch.text(62, 400, "glow", HAZE, 36)
    return sketch.finish()


def _planck(nanometers: float, kelvin: float) -> float:
    return nanometers**-5 / (math.exp(RADIATION / nanometers / kelvin) - 1) * 1e13


def _hue(nanometers: int) -> str:
    turn = 0.76 * (720 - nanometers) / 330
    red, green, blue = colorsys.hsv_to_rgb(turn, 0.85, 1)
    return f"#{round(red * 255):02x}{round(green * 255):02x}{round(blue * 255):02x}"


def parallax() -> Image.Image:
    """A near star shifts against the far ones when the Earth crosses its orbit."""
    sketch = Sketch(NIGHT, INDIGO)
    chance = random.Random(61)
    for _ in range(150):
        x, y = chance.uniform(40, 1560), chance.uniform(40, 170)
        sketch.disc(x, y, chance.uniform(1, 3.4), STARLIGHT)
    sun, star = (800.0, 770.0), (800.0, 400.0)
    sketch.arc(*sun, 330, 0, 360, f"{HAZE}90", width=3, flatten=0.24)
    sketch.glow(*sun, 110, AMBER, 0.8)
    sketch.disc(*sun, 34, AMBER)
    for side, name, color, anchor in ((-1, "January", ROSE, "rm"), (1, "July", TEAL, "lm")):
        earth = (sun[0] + side * 330, sun[1])
        seen = (star[0] - side * 285, 110.0)
        sketch.line([earth, star], color, 5)
        sketch.dashes(star, seen, color, 4)
        sketch.disc(*earth, 20, "#5f95c9")
        sketch.disc(*seen, 13, color)
        sketch.text(earth[0] + side * 40, earth[1], name, color, 40, anchor)
        sketch.text(seen[0] - side * 30, 215, f"seen here\nin {name}", color, 34)
    sketch.dashes(sun, star, AMBER, 4)
    sketch.arc(*star, 110, 48, 90, STARLIGHT, width=5)
    sketch.text(838, 540, "p", STARLIGHT, 48)
    sketch.glow(*star, 80, STARLIGHT, 0.7)
    sketch.disc(*star, 15, STARLIGHT)
    sketch.text(880, 400, "near star", STARLIGHT, 40, "lm")
    sketch.text(640, 815, "1 au", AMBER, 36)
    return sketch.finish()
