"""Pictures of the astronomy course: the Moon and the planets."""

from __future__ import annotations

import math

from PIL import Image

from home.demo.pictures.sketch import (
    AMBER,
    HAZE,
    INDIGO,
    NIGHT,
    ROSE,
    STARLIGHT,
    TEAL,
    Point,
    Sketch,
    scatter_stars,
)


def moon_phases() -> Image.Image:
    """Eight places of the Moon on its orbit, and what each looks like from the ground."""
    sketch = Sketch(NIGHT, INDIGO)
    center = (700.0, 450.0)
    sketch.arc(*center, 195, 0, 360, f"{HAZE}70", width=2)
    sketch.disc(*center, 48, "#4d7fb0")
    sketch.text(*center, "Earth", STARLIGHT, 30)
    names = (
        "new",
        "waxing\ncrescent",
        "first\nquarter",
        "waxing\ngibbous",
        "full",
        "waning\ngibbous",
        "last\nquarter",
        "waning\ncrescent",
    )
    for number, name in enumerate(names):
        turn = math.radians(45 * number)
        x, y = (center[0] + 195 * math.cos(turn), center[1] - 195 * math.sin(turn))
        _phase(sketch, (x, y), 26, 90)
        x, y = (center[0] + 460 * math.cos(turn), center[1] - 318 * math.sin(turn))
        _phase(sketch, (x, y), 54, 45 * number)
        sketch.text(
            x - 76 if number in (3, 4, 5) else x + 76,
            y,
            name,
            STARLIGHT,
            34,
            "rm" if number in (3, 4, 5) else "lm",
        )
    for y in (210, 370, 530, 690):
        sketch.arrow((1560, y), (1440, y), AMBER, 6, 26)
    sketch.text(1500, 450, "sunlight", AMBER, 38)
    sketch.text(60, 860, "large disks: as seen from the northern hemisphere", HAZE, 32, "lm")
    return sketch.finish()


def _phase(sketch: Sketch, middle: Point, radius: float, elongation: float) -> None:
    """Draw a Moon lit as it is at this angle from the Sun, waxing on the right."""
    sketch.disc(*middle, radius, "#39427a")
    side = 1 if elongation <= 180 else -1
    bulge = math.cos(math.radians(elongation))
    limb = [math.radians(angle) for angle in range(-90, 91, 3)]
    bright = [
        (middle[0] + side * radius * math.cos(a), middle[1] + radius * math.sin(a)) for a in limb
    ]
    edge = [
        (middle[0] + side * radius * bulge * math.cos(a), middle[1] + radius * math.sin(a))
        for a in reversed(limb)
    ]
    sketch.polygon([*bright, *edge], STARLIGHT)


def elongation() -> Image.Image:
    """Why Venus stays near the Sun while Mars can stand opposite to it."""
    sketch = Sketch(NIGHT, INDIGO)
    scatter_stars(sketch, 51, 140, 900)
    sun, unit = (470.0, 420.0), 245.0
    earth = (sun[0], sun[1] + unit)
    for radius in (0.723, 1.0, 1.524):
        sketch.arc(*sun, unit * radius, 0, 360, f"{HAZE}70", width=3)
    sketch.glow(*sun, 130, AMBER, 0.8)
    sketch.disc(*sun, 36, AMBER)
    angle = math.asin(0.723)
    reach = unit * math.cos(angle)
    venus = (earth[0] + reach * math.sin(angle), earth[1] - reach * math.cos(angle))
    sketch.dashes(earth, sun, AMBER, 4)
    sketch.line([earth, venus], TEAL, 5)
    sketch.arc(*earth, 92, 270, 270 + math.degrees(angle), STARLIGHT, width=5)
    sketch.disc(*venus, 17, TEAL)
    sketch.disc(*earth, 20, "#5f95c9")
    mars = (sun[0], sun[1] + unit * 1.524)
    sketch.dashes(earth, mars, ROSE, 4)
    sketch.disc(*mars, 15, ROSE)
    sketch.text(earth[0] - 36, earth[1] + 8, "Earth", STARLIGHT, 36, "rm")
    sketch.text(mars[0] + 34, mars[1] + 36, "Mars at opposition", ROSE, 36, "lm")
    sketch.text(venus[0] + 30, venus[1] + 10, "Venus", TEAL, 36, "lm")
    sketch.text(
        960,
        300,
        "Venus: never more than 47°\nfrom the Sun. Look west after\nsunset or east before sunrise.",
        TEAL,
        40,
        "lm",
    )
    sketch.text(
        960,
        580,
        "Mars: opposite the Sun, it rises\nat sunset, stands highest at\n"
        "midnight, and is at its closest.",
        ROSE,
        40,
        "lm",
    )
    return sketch.finish()
