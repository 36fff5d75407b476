"""Pictures of the astronomy course: the observer and the turning sky."""

from __future__ import annotations

import math
import random
from collections.abc import Callable

from PIL import Image

from home.demo.pictures import night_sky_light, night_sky_planets
from home.demo.pictures.sketch import (
    AMBER,
    DUSK,
    HAZE,
    INDIGO,
    NIGHT,
    ROSE,
    STARLIGHT,
    TEAL,
    Point,
    Sketch,
    blend,
    scatter_stars,
    smooth,
)

GROUND = "#0a0f22"
OBLIQUITY = math.radians(23.44)


def hero() -> Image.Image:
    """A ridge at night, the Milky Way above it and one person looking up."""
    sketch = Sketch("#0b1230", "#5a5f9c")
    chance = random.Random(7)
    for step in range(70):
        along = step / 69
        x, y = 250 + 1150 * along, 760 - 820 * along
        strength = 0.05 + 0.07 * chance.random()
        sketch.glow(x + chance.gauss(0, 55), y + chance.gauss(0, 45), 190, "#aeb6ea", strength)
    scatter_stars(sketch, 11, 900, 760)
    for _ in range(900):
        along = chance.random()
        x, y = 250 + 1150 * along + chance.gauss(0, 85), 760 - 820 * along + chance.gauss(0, 70)
        sketch.disc(x, y, chance.uniform(0.6, 1.7), f"{STARLIGHT}b0")
    sketch.glow(1180, 790, 620, AMBER, 0.30)
    _ridge(sketch, 3, 700, 34, "#27305f")
    _ridge(sketch, 5, 775, 26, GROUND)
    _watcher(sketch, 470, 770)
    return sketch.finish()


def _ridge(sketch: Sketch, seed: int, height: float, rough: float, fill: str) -> None:
    chance = random.Random(seed)
    crest = [(x, height + chance.gauss(0, rough)) for x in range(-100, 1800, 130)]
    sketch.polygon([(0, 900), *smooth(crest), (1600, 900)], fill)


def _watcher(sketch: Sketch, x: float, y: float) -> None:
    sketch.line([(x - 14, y + 30), (x - 6, y - 34), (x + 2, y - 80)], GROUND, 22)
    sketch.line([(x + 16, y + 30), (x - 2, y - 34)], GROUND, 16)
    sketch.line([(x, y - 74), (x + 34, y - 106), (x + 50, y - 128)], GROUND, 10)
    sketch.disc(x + 6, y - 104, 16, GROUND)


def hand_scale() -> Image.Image:
    """Four hands at arm's length and the angle that each covers, drawn to one scale."""
    sketch = Sketch(NIGHT, DUSK)
    scatter_stars(sketch, 21, 260, 620)
    for x, degrees, name in (
        (150, 1, "little finger"),
        (420, 5, "three fingers"),
        (765, 10, "fist"),
        (1265, 20, "spread hand"),
    ):
        half = degrees * 12
        sketch.line([(x - half, 170), (x + half, 170)], AMBER, 6)
        for end in (x - half, x + half):
            sketch.line([(end, 152), (end, 188)], AMBER, 4)
        sketch.text(x, 110, f"{degrees}°", AMBER, 54)
        sketch.text(x, 830, name, STARLIGHT, 38)
    _finger(sketch, "#e3b48f")
    _three_fingers(sketch, "#8a5a3c")
    _fist(sketch, "#c98f69")
    _spread_hand(sketch, "#a9714c")
    sketch.disc(560, 700, 6, STARLIGHT)
    sketch.text(580, 700, "the full Moon on this scale: half a degree", STARLIGHT, 34, "lm")
    return sketch.finish()


def _finger(sketch: Sketch, skin: str) -> None:
    sketch.box(138, 240, 162, 540, skin, 12)
    sketch.box(76, 500, 224, 660, skin, 44)


def _three_fingers(sketch: Sketch, skin: str) -> None:
    for offset in (-60, -19, 22):
        sketch.box(420 + offset, 250 + abs(offset + 19) * 0.5, 458 + offset, 560, skin, 19)
    sketch.box(352, 520, 488, 670, skin, 44)


def _fist(sketch: Sketch, skin: str) -> None:
    crease = blend(skin, NIGHT, 0.25)
    sketch.box(645, 300, 885, 520, skin, 60)
    for x in (705, 765, 825):
        sketch.line([(x, 318), (x, 410)], crease, 4)
    sketch.box(662, 428, 850, 488, blend(skin, NIGHT, 0.12), 30)
    sketch.box(695, 500, 835, 670, skin, 30)


def _spread_hand(sketch: Sketch, skin: str) -> None:
    for tip in ((1047, 470), (1165, 270), (1260, 230), (1350, 260), (1462, 372)):
        sketch.line([(1265, 560), tip], skin, 44)
    sketch.disc(1265, 560, 98, skin)
    sketch.box(1205, 560, 1325, 690, skin, 30)


def dome() -> Image.Image:
    """Altitude and azimuth on the half globe that an observer seems to stand under."""
    sketch = Sketch(NIGHT, INDIGO)
    scatter_stars(sketch, 31, 160, 600)
    middle_x, middle_y, reach, depth = 660.0, 690.0, 540.0, 140.0

    def place(azimuth: float, altitude: float) -> Point:
        turn, lift = math.radians(azimuth), math.radians(altitude)
        return (
            middle_x + reach * math.cos(lift) * math.sin(turn),
            middle_y - depth * math.cos(lift) * math.cos(turn) - reach * math.sin(lift),
        )

    sketch.ellipse(middle_x, middle_y, reach, depth, "#2f5a5a80", outline=TEAL, width=4)
    sketch.arc(middle_x, middle_y, reach, 180, 360, HAZE, width=4)
    sketch.line(
        [place(180, a) for a in range(91)] + [place(0, 90 - a) for a in range(91)], f"{HAZE}90", 3
    )
    sketch.line([place(125, altitude) for altitude in range(46, 91)], f"{AMBER}70", 3)
    sketch.line([place(125, altitude) for altitude in range(47)], AMBER, 7)
    sketch.line([place(azimuth, 0) for azimuth in range(126)], ROSE, 7)
    star = place(125, 46)
    sketch.glow(*star, 70, STARLIGHT, 0.8)
    sketch.disc(*star, 11, STARLIGHT)
    sketch.dashes((middle_x, middle_y), star, f"{STARLIGHT}a0")
    sketch.disc(middle_x, middle_y, 10, STARLIGHT)
    sketch.text(middle_x - 20, middle_y + 34, "you", STARLIGHT, 36)
    for azimuth, name, shift in (
        (0, "N", (0, -34)),
        (90, "E", (38, 0)),
        (180, "S", (0, 38)),
        (270, "W", (-42, 0)),
    ):
        x, y = place(azimuth, 0)
        sketch.text(x + shift[0], y + shift[1], name, TEAL, 42)
    sketch.text(middle_x, 96, "zenith", HAZE, 38)
    sketch.text(640, 400, "meridian", HAZE, 34, "rm")
    sketch.text(1180, 420, "altitude: up from\nthe horizon", AMBER, 38, "lm")
    sketch.text(1280, 700, "azimuth: round\nfrom north\nthrough east", ROSE, 38, "lm")
    return sketch.finish()


def sidereal_day() -> Image.Image:
    """Why the Earth must turn a little more than once for the Sun to come round again."""
    sketch = Sketch(NIGHT, INDIGO)
    scatter_stars(sketch, 41, 120, 900)
    sun, reach = (300.0, 470.0), 880.0
    sketch.glow(*sun, 230, AMBER, 0.8)
    sketch.arc(*sun, reach, 330, 390, f"{HAZE}80", width=3)
    today, tomorrow = (1136.0, 745.0), (1162.0, 290.0)
    for earth, name in ((today, "noon today"), (tomorrow, "one day later")):
        sketch.dashes(sun, earth, f"{AMBER}c0", 4)
        sketch.disc(*earth, 58, "#4d7fb0")
        sketch.text(earth[0] + 84, earth[1], name, STARLIGHT, 40, "lm")
    sketch.disc(*sun, 84, AMBER)
    sketch.text(*sun, "Sun", INDIGO, 40)
    for earth in (today, tomorrow):
        angle = math.atan2(sun[1] - today[1], sun[0] - today[0])
        tip = (earth[0] + 250 * math.cos(angle), earth[1] + 250 * math.sin(angle))
        sketch.arrow((earth[0], earth[1]), tip, TEAL, 7, 26)
    sketch.text(985, 150, "same star overhead: 23 h 56 min", TEAL, 38)
    sketch.arc(*tomorrow, 150, 169, 198, ROSE, width=9)
    sketch.text(905, 300, "still 1° to go:\n4 minutes", ROSE, 38, "rm")
    sketch.text(300, 850, "not to scale: one day along the orbit is only 1°", HAZE, 32, "lm")
    return sketch.finish()


def pole_altitude() -> Image.Image:
    """Star trails round the celestial pole from three places on Earth."""
    sketch = Sketch(NIGHT, NIGHT)
    places = (
        ("Jos, 10° N", 10, "facing north"),
        ("Warsaw, 52° N", 52, "facing north"),
        ("Auckland, 37° S", 37, "facing south"),
    )
    for number, (name, latitude, facing) in enumerate(places):
        left = 40 + number * 520
        sketch.box(left, 60, left + 480, 700, INDIGO, 18)
        sketch.box(left, 640, left + 480, 700, GROUND, 18)
        pole = (left + 240.0, 640 - latitude * 8.0)
        _trails(sketch, pole, (left + 6, 66, left + 474, 638), number)
        sketch.disc(*pole, 9, AMBER)
        sketch.dashes((pole[0], 638), pole, AMBER, 4)
        sketch.text(pole[0] + 24, 640 - latitude * 4.0, f"{latitude}°", AMBER, 44, "lm")
        sketch.text(left + 240, 760, name, STARLIGHT, 44)
        sketch.text(left + 240, 820, facing, HAZE, 36)
    return sketch.finish()


def _trails(sketch: Sketch, pole: Point, frame: tuple[float, ...], seed: int) -> None:
    chance = random.Random(seed)
    for ring in range(16, 620, 15):
        for _ in range(1 + ring // 60):
            turn, radius = chance.uniform(0, math.tau), ring + chance.uniform(-6, 6)
            inside = [
                (x, y)
                for step in range(34)
                if (x := pole[0] + radius * math.cos(turn + step * 0.023)) > frame[0]
                and (y := pole[1] + radius * math.sin(turn + step * 0.023)) > frame[1]
                and x < frame[2]
                and y < frame[3]
            ]
            if len(inside) > 4:
                sketch.line(inside, f"{STARLIGHT}{chance.randint(70, 200):02x}", 2.4)


def ecliptic() -> Image.Image:
    """The Sun's yearly road on a flat map of the sky, with the bright stars beside it."""
    sketch = Sketch(INDIGO, NIGHT)

    def place(hours: float, declination: float) -> Point:
        return (1500 - (hours + 3) / 24 * 1400, 440 - declination * 10)

    sketch.line([place(-3, 0), place(21, 0)], HAZE, 3)
    sketch.text(105, 402, "celestial equator", HAZE, 34, "lm")
    road = [
        (h / 10, math.degrees(math.atan(math.tan(OBLIQUITY) * math.sin(h / 10 * math.pi / 12))))
        for h in range(-30, 211)
    ]
    sketch.line([place(*point) for point in road], AMBER, 7)
    for hours, name, shift in (
        (0, "March", (90, -46)),
        (6, "June", (0, -62)),
        (12, "September", (-130, -44)),
        (18, "December", (0, 62)),
    ):
        x, y = place(hours, math.degrees(OBLIQUITY) * math.sin(hours * math.pi / 12))
        sketch.glow(x, y, 80, AMBER, 0.7)
        sketch.disc(x, y, 22, AMBER)
        sketch.text(x + shift[0], y + shift[1], name, AMBER, 38)
    for hours, declination, name, side in (
        (3.79, 24.1, "Pleiades", "lm"),
        (4.6, 16.5, "Aldebaran", "rm"),
        (7.76, 28.0, "Pollux", "rm"),
        (10.14, 12.0, "Regulus", "rm"),
        (13.42, -11.2, "Spica", "lm"),
        (16.49, -26.4, "Antares", "lm"),
    ):
        x, y = place(hours, declination)
        sketch.disc(x, y, 8, STARLIGHT)
        sketch.text(x + (20 if side == "lm" else -20), y, name, STARLIGHT, 34, side)
    sketch.arrow((1060, 820), (700, 820), TEAL, 5, 24)
    sketch.text(880, 780, "the Sun drifts east, about 1° a day", TEAL, 36)
    low = place(18, -23.44)
    sketch.dashes(place(18, 0), (low[0], low[1] - 30), AMBER, 3)
    sketch.text(low[0] + 18, 540, "23.4°", AMBER, 38, "lm")
    return sketch.finish()


PICTURES: dict[str, Callable[[], Image.Image]] = {
    "night-sky/hero": hero,
    "night-sky/hand-scale": hand_scale,
    "night-sky/dome": dome,
    "night-sky/dark-adaptation": night_sky_light.dark_adaptation,
    "night-sky/sidereal-day": sidereal_day,
    "night-sky/pole-altitude": pole_altitude,
    "night-sky/ecliptic": ecliptic,
    "night-sky/moon-phases": night_sky_planets.moon_phases,
    "night-sky/elongation": night_sky_planets.elongation,
    "night-sky/magnitudes": night_sky_light.magnitudes,
    "night-sky/star-colors": night_sky_light.star_colors,
    "night-sky/parallax": night_sky_light.parallax,
}
