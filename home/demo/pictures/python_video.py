"""The film about the call stack: its frames, and the command that encodes them.

    python -m home.demo.pictures.python_video home/demo/media/call-stack.mp4

The film has no sound. The captions beside it (`call-stack.vtt`) follow the times of `SCENES`.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from PIL import Image

from home.demo.pictures.canvas import Canvas, fade, mix
from home.demo.pictures.python_course import BLUE, CARD, GOLD, GREEN, INK, MIST, PAPER, QUIET

SIZE = (1280, 720)
RATE = 25
MOVE = 0.7
TRAVEL = 1.1

PROGRAM = (
    "def double(n):",
    "    return n * 2",
    "",
    "def area(width):",
    "    side = double(width)",
    "    return side * side",
    "",
    "answer = area(3)",
    "print(answer)",
)
COLORS = {"the program": BLUE, "area": GREEN, "double": GOLD}
FRAME_HEIGHT = 132


@dataclass(frozen=True)
class Scene:
    """One step of the program: the running line and the stack, bottom first."""

    seconds: float
    says: str
    line: int | None
    stack: tuple[tuple[str, str], ...]
    handed_down: str = ""
    printed: str = ""


START = ("the program", "double, area")
DONE = ("the program", "double, area, answer: 36")
SCENES = (
    Scene(3.5, "Nine lines, and an empty stack", None, ()),
    Scene(3.5, "def only learns, nothing inside runs yet", 4, (START,)),
    Scene(4, "Line 8 calls area, and must wait", 8, (START, ("area", "width: 3"))),
    Scene(4, "area calls double: now two are waiting", 5,
          (START, ("area", "width: 3"), ("double", "n: 3"))),
    Scene(3.5, "double works out 3 * 2 ...", 2,
          (START, ("area", "width: 3"), ("double", "n: 3"))),
    Scene(4, "... returns 6, and its frame is gone", 5,
          (START, ("area", "width: 3, side: 6")), "6"),
    Scene(3, "area works out 6 * 6 ...", 6, (START, ("area", "width: 3, side: 6"))),
    Scene(4, "... returns 36, and is gone as well", 8, (DONE,), "36"),
    Scene(3.5, "The program goes on", 9, (DONE,), printed="36"),
    Scene(3, "Last to begin, first to end", None, (DONE,), printed="36"),
)  # fmt: skip


def frames() -> Iterator[Image.Image]:
    """Yield every picture of the film."""
    before = SCENES[0]
    for scene in SCENES:
        for number in range(round(scene.seconds * RATE)):
            yield _picture(before, scene, number / RATE)
        before = scene


def _picture(before: Scene, scene: Scene, elapsed: float) -> Image.Image:
    canvas = Canvas(PAPER, size=SIZE)
    canvas.image.paste(_set())
    moved = _ease(elapsed / MOVE)
    canvas.bold(56, 54, scene.says, fade(INK, moved), 36, "lm")
    _running_line(canvas, before, scene, moved)
    _stack(canvas, before, scene, elapsed)
    if scene.printed:
        shown = 1.0 if before.printed else moved
        canvas.text(232, 566, scene.printed, fade(PAPER, shown), 34, "lm")
    return canvas.finish()


@cache
def _set() -> Image.Image:
    canvas = Canvas(PAPER, size=SIZE)
    canvas.card((56, 102, 636, 520), INK, radius=16, shadow=0.18)
    canvas.card((56, 536, 636, 596), mix(INK, QUIET, 0.35), radius=12)
    canvas.text(84, 566, "on screen:", MIST, 26, "lm")
    canvas.text(968, 590, "the call stack", QUIET, 26)
    canvas.line([(696, 562), (1240, 562)], MIST, 4)
    return canvas.image


def _running_line(canvas: Canvas, before: Scene, scene: Scene, moved: float) -> None:
    if scene.line:
        start = before.line or scene.line
        y = _line_y(start + (scene.line - start) * moved)
        opacity = 0.45 * (1 if before.line else moved)
        canvas.card((66, y - 22, 626, y + 22), fade(GOLD, opacity), radius=8)
    for row, line in enumerate(PROGRAM, start=1):
        canvas.text(90, _line_y(row), str(row), MIST, 20)
        canvas.code(118, _line_y(row), line, PAPER, 30)


def _line_y(row: float) -> float:
    return 132 + 45 * (row - 1)


def _stack(canvas: Canvas, before: Scene, scene: Scene, elapsed: float) -> None:
    leaving = before.stack[len(scene.stack) :]
    away = _ease((elapsed - TRAVEL) / MOVE) if scene.handed_down else _ease(elapsed / MOVE)
    for level, (name, values) in enumerate(scene.stack):
        arrived = _ease(elapsed / MOVE) if level >= len(before.stack) else 1.0
        if level < len(before.stack) and scene.handed_down and elapsed < TRAVEL:
            values = before.stack[level][1]
        on_top = level == len(scene.stack) - 1 and (not leaving or away == 1)
        _frame(canvas, level, name, values, arrived, on_top)
    for extra, (name, values) in enumerate(leaving):
        _frame(canvas, len(scene.stack) + extra, name, values, 1 - away, True)
    if scene.handed_down and elapsed < TRAVEL:
        _chip(canvas, scene.handed_down, len(scene.stack), _ease(elapsed / TRAVEL))


def _frame(
    canvas: Canvas, level: int, name: str, values: str, present: float, on_top: bool
) -> None:
    if present <= 0:
        return
    color = COLORS[name]
    bottom = 548 - (FRAME_HEIGHT + 14) * level - 46 * (1 - present)
    box = (696, bottom - FRAME_HEIGHT, 1240, bottom)
    fill = fade(mix(color, CARD, 0.84), present)
    canvas.card(box, fill, outline=fade(color, present), width=3, radius=14)
    canvas.bold(722, bottom - 92, name, fade(color, present), 32, "lm")
    state = "running" if on_top else "waiting"
    canvas.text(1214, bottom - 92, state, fade(QUIET, present), 24, "rm")
    canvas.text(722, bottom - 40, values, fade(INK, present), 28, "lm")


def _chip(canvas: Canvas, value: str, level: int, moved: float) -> None:
    start = 548 - (FRAME_HEIGHT + 14) * level - 42
    y = start + (FRAME_HEIGHT + 14) * moved
    canvas.disc(1120, y, 34, GOLD)
    canvas.bold(1120, y, value, CARD, 32)


def _ease(share: float) -> float:
    share = min(1.0, max(0.0, share))
    return share * share * (3 - 2 * share)


def encode(target: str) -> None:
    """Write the film with ffmpeg: H.264 that every browser plays and can seek at once."""
    command = [
        "ffmpeg", "-y", "-loglevel", "error",
        "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{SIZE[0]}x{SIZE[1]}", "-r", str(RATE),
        "-i", "-", "-c:v", "libx264", "-preset", "slow", "-crf", "24", "-tune", "animation",
        "-pix_fmt", "yuv420p", "-movflags", "+faststart", target,
    ]  # fmt: skip
    with subprocess.Popen(command, stdin=subprocess.PIPE) as process:  # noqa: S603  no user input
        for frame in frames():
            process.stdin.write(frame.tobytes())
    if process.returncode:
        raise SystemExit(process.returncode)


if __name__ == "__main__":
    encode(sys.argv[1])
