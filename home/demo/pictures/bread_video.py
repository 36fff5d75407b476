"""The film about gluten: its frames, and the command that encodes them.

    python -m home.demo.pictures.bread_video home/demo/media/gluten-network.mp4

The film has no sound. The captions beside it (`gluten-network.vtt`) follow the times of `SCENES`.
"""

from __future__ import annotations

import math
import random
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from PIL import Image

from home.demo.pictures.sketch import BERRY, CRUST, INK, PAPER, TOAST, WATER, Point, Sketch, smooth

WIDTH, HEIGHT = 1280, 720
RATE = 15
LENGTH = 36.0
CHAINS, LINKS = 10, 24
BUBBLE = (640.0, 320.0)
SCENES = (
    (0.0, 7.0, "dry flour: the protein lies in stiff clumps"),
    (7.0, 15.0, "water: the clumps uncoil into long chains"),
    (15.0, 23.0, "kneading or time: the chains line up"),
    (23.0, 29.0, "sulfur to sulfur: disulfide bonds"),
    (29.0, LENGTH, "gas: the network stretches and holds"),
)


@dataclass(frozen=True)
class Chain:
    """One glutenin chain in the three shapes through which it goes."""

    clump: list[Point]
    tangle: list[Point]
    row: list[Point]


def frames() -> Iterator[Image.Image]:
    """Yield the pictures of the film, one for each tick of `RATE`."""
    cast = _cast()
    for tick in range(round(LENGTH * RATE)):
        yield _frame(tick / RATE, *cast)


def still() -> Image.Image:
    """Return the last moments of the film, to stand for it until it plays."""
    return _frame(LENGTH - 1, *_cast())


def _cast() -> tuple[list[Chain], list[Point], list[tuple[Point, Point]]]:
    """Return everything that plays: the chains, the drops of water and the gliadins."""
    chance = random.Random(47)
    chains = [_chain(chance, number) for number in range(CHAINS)]
    drops = [(chance.uniform(60, 1220), chance.uniform(40, 600)) for _ in range(48)]
    beads = [_bead(chance, number) for number in range(36)]
    return chains, drops, beads


def _chain(chance: random.Random, number: int) -> Chain:
    column, line = number % 4, number // 4
    home = (
        190 + column * 300 + chance.uniform(-50, 50),
        130 + line * 190 + chance.uniform(-30, 30),
    )
    y = 77 + number * 54
    return Chain(
        clump=_wander(chance, home, 13, 34),
        tangle=_wander(chance, home, 34, 170),
        row=[
            (90 + 1100 * i / (LINKS - 1), y + 9 * math.sin(i * 0.9 + number)) for i in range(LINKS)
        ],
    )


def _wander(chance: random.Random, home: Point, stride: float, reach: float) -> list[Point]:
    """Walk at random, but never farther from home than the reach."""
    turn, points = chance.uniform(0, math.tau), [home]
    while len(points) < LINKS:
        turn += chance.uniform(-0.9, 0.9)
        x, y = points[-1]
        step = (x + stride * math.cos(turn), y + stride * math.sin(turn))
        if math.dist(step, home) < reach and 30 < step[1] < 610:
            points.append(step)
        else:
            turn += chance.uniform(1, 2.5)
    return points


def _bead(chance: random.Random, number: int) -> tuple[Point, Point]:
    """Return where a gliadin starts and where it ends up, between two rows."""
    start = (chance.uniform(60, 1220), chance.uniform(50, 600))
    row, place = number % 9, number // 9
    return start, (150 + place * 290 + 60 * (row % 3), 104 + row * 54)


def _frame(
    now: float, chains: list[Chain], drops: list[Point], beads: list[tuple[Point, Point]]
) -> Image.Image:
    sketch = Sketch(PAPER, size=(WIDTH, HEIGHT))
    radius = 175 * _ease(now, 29.5, 32.8)
    for number, (x, y) in enumerate(drops):
        arrived = _ease(now, 7 + number * 0.03, 8.5 + number * 0.03)
        taken = 1 - _ease(now, 10 + number * 0.03, 12 + number * 0.03)
        if arrived * taken > 0:
            sketch.disc(x, y - 60 * (1 - arrived), 7, f"{WATER}{round(170 * arrived * taken):02x}")
    for start, end in beads:
        place = _stretch(_between(start, end, _ease(now, 16.5, 20.5)), radius)
        sketch.disc(*place, 9, TOAST)
    shapes = [_shape(chain, now) for chain in chains]
    for number, (upper, lower) in enumerate(pairwise(shapes)):
        for link in range(2 + number % 2 * 2, LINKS - 1, 4):
            delay = (link * 7 + number * 5) % 23 / 5
            shown = _ease(now, 23.2 + delay, 24 + delay)
            if shown:
                bond = [_between(upper[link], lower[link], shown * i / 12) for i in range(13)]
                sketch.line([_stretch(point, radius) for point in bond], BERRY, 5)
    for shape in shapes:
        sketch.line([_stretch(point, radius) for point in smooth(shape, 6)], CRUST, 8)
    if radius > 4:
        sketch.disc(*BUBBLE, radius * 0.93, f"{WATER}30", outline=f"{WATER}90", width=3)
    if now > 32:
        sketch.text(*BUBBLE, "gas", WATER, 44)
    _caption(sketch, now)
    return sketch.finish()


def _shape(chain: Chain, now: float) -> list[Point]:
    """Return the chain at this moment. It rests between its moves, which keeps the file small."""
    loosened, aligned = _ease(now, 9, 13), _ease(now, 16, 20.5)
    places = zip(chain.clump, chain.tangle, chain.row, strict=True)
    return [
        _between(_between(clump, tangle, loosened), row, aligned) for clump, tangle, row in places
    ]


def _stretch(point: Point, radius: float) -> Point:
    """Push a point out of the bubble so that the area around it is kept."""
    distance = max(math.dist(point, BUBBLE), 1)
    away = math.sqrt(distance**2 + radius**2 * math.exp(-distance / 420)) / distance
    return (BUBBLE[0] + (point[0] - BUBBLE[0]) * away, BUBBLE[1] + (point[1] - BUBBLE[1]) * away)


def _caption(sketch: Sketch, now: float) -> None:
    sketch.box(0, 640, WIDTH, HEIGHT, "#efe4d0")
    for start, end, words in SCENES:
        if start <= now < end:
            shown = min(_ease(now, start, start + 0.5), 1 - _ease(now, end - 0.4, end))
            sketch.text(WIDTH / 2, 680, words, f"{INK}{round(255 * shown):02x}", 36)


def _between(a: Point, b: Point, share: float) -> Point:
    return (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share)


def _ease(now: float, start: float, end: float) -> float:
    share = min(max((now - start) / (end - start), 0), 1)
    return share * share * (3 - 2 * share)


def encode(target: str) -> None:
    """Write the film with ffmpeg: H.264 that every browser plays and can seek at once."""
    command = [
        "ffmpeg", "-y", "-loglevel", "error",
        "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{WIDTH}x{HEIGHT}", "-r", str(RATE),
        "-i", "-", "-c:v", "libx264", "-preset", "veryslow", "-crf", "36", "-tune", "animation",
        "-pix_fmt", "yuv420p", "-movflags", "+faststart", target,
    ]  # fmt: skip
    with subprocess.Popen(command, stdin=subprocess.PIPE) as process:  # noqa: S603 - a fixed command, no shell
        for frame in frames():
            process.stdin.write(frame.tobytes())
    if process.returncode:
        raise SystemExit(process.returncode)


if __name__ == "__main__":
    encode(sys.argv[1])
