"""The pictures of "Python from First Principles"."""

from __future__ import annotations

from collections.abc import Callable

from PIL import Image

from home.demo.pictures.canvas import Canvas, fade, mix
from home.demo.pictures.python_hero import hero

PAPER = "#f3f5f0"
CARD = "#fdfefb"
INK = "#1f2b36"
QUIET = "#66737d"
RULE = "#d5dcd3"
GREEN = "#37775a"
BLUE = "#3b6a9e"
GOLD = "#c18d24"
ROSE = "#b4546a"
MIST = "#b5c3be"


def diagram(title: str) -> Canvas:
    """Return a sheet of paper with a headline."""
    canvas = Canvas(PAPER)
    canvas.bold(90, 84, title, INK, 44, "lm")
    return canvas


def evaluation() -> Image.Image:
    """Reduce an expression to one value, a piece at a time."""
    canvas = diagram("An expression shrinks until one value is left")
    steps = (
        ('len("tea")', " * 2 + 1", "look up len, call it"),
        ("3 * 2", " + 1", "times before plus"),
        ("6 + 1", "", "now the plus"),
        ("7", "", "nothing left to do"),
    )
    for row, (hot, rest, note) in enumerate(steps):
        y = 220 + 180 * row
        color = GREEN if row == 3 else BLUE
        width = canvas.code_width(hot, 56)
        canvas.card((120, y - 54, 152 + width, y + 54), fade(color, 0.14), outline=color, width=3)
        canvas.code(136, y, hot, color, 56)
        canvas.code(152 + width, y, rest, INK, 56)
        canvas.text(800, y, note, QUIET, 34, "lm")
        if row < 3:
            canvas.arrow((136 + width / 2, y + 60), (136 + width / 2, y + 120), MIST, 5)
    return canvas.finish()


def names() -> Image.Image:
    """Tie names to values through three assignments."""
    canvas = diagram("Names are luggage tags")
    states = (
        ("x = 5", (("x", 0),), ("5",)),
        ("y = x", (("x", 0), ("y", 0)), ("5",)),
        ("x = 7", (("x", 1), ("y", 0)), ("5", "7")),
    )
    for column, (line, tags, values) in enumerate(states):
        left = 90 + 485 * column
        canvas.card((left, 160, left + 450, 760), CARD, outline=RULE)
        canvas.card((left + 28, 190, left + 422, 268), INK, radius=12)
        canvas.code(left + 52, 229, line, PAPER, 42)
        for row, value in enumerate(values):
            canvas.disc(
                left + 345, 420 + 210 * row, 58, mix(GOLD, CARD, 0.7), outline=GOLD, width=4
            )
            canvas.bold(left + 345, 420 + 210 * row, value, INK, 54)
        for name, row in tags:
            y = {("x", 0): 385, ("x", 1): 630, ("y", 0): 475}[name, row]
            _tag(canvas, left + 50, y, name)
            canvas.arrow((left + 142, y), (left + 280, 420 + 210 * row), BLUE, 4)
    return canvas.finish()


def _tag(canvas: Canvas, x: float, y: float, name: str, width: float = 92) -> None:
    canvas.card((x, y - 32, x + width, y + 32), mix(BLUE, CARD, 0.82), outline=BLUE, width=3)
    canvas.code(x + (width - canvas.width_of(name, 40)) / 2, y, name, BLUE, 40)


def branches() -> Image.Image:
    """Send a traveler's age down the first track that is open."""
    canvas = diagram("Only the first true condition counts")
    tests = (
        ("age < 6", '"free"', GREEN),
        ("age < 18", '"half price"', GREEN),
        ("else", '"full price"', GREEN),
    )
    canvas.text(215, 196, "age = 12", INK, 40)
    canvas.arrow((215, 226), (215, 284), INK, 5)
    for row, (test, result, _) in enumerate(tests):
        y, taken = 340 + 195 * row, row == 1
        color = GREEN if taken else QUIET
        canvas.card((90, y - 54, 340, y + 54), CARD, outline=INK if row < 2 else MIST, width=3)
        canvas.code(90 + (250 - canvas.code_width(test, 40)) / 2, y, test, INK, 40)
        canvas.line([(342, y), (700, y)], fade(color, 1.0 if taken else 0.35), 9 if taken else 4)
        canvas.arrow((700, y), (760, y), color if taken else MIST, 9 if taken else 4, 26)
        fill = mix(GREEN, CARD, 0.8) if taken else PAPER
        canvas.card((776, y - 54, 1110, y + 54), fill, outline=color if taken else MIST, width=3)
        canvas.code(800, y, result, INK if taken else QUIET, 40)
        if row < 2:
            canvas.arrow((215, y + 58), (215, y + 136), INK if row == 0 else MIST, 5)
    for y, words in (
        (340, "False: go on down"),
        (535, "True: take this track"),
        (730, "never asked"),
    ):
        canvas.text(1170, y, words, QUIET, 34, "lm")
    return canvas.finish()


def loop_trace() -> Image.Image:
    """Play computer: the names after each time round."""
    canvas = diagram("Playing computer, line by line")
    canvas.card((90, 160, 720, 520), INK, radius=20, shadow=0.2)
    for number, line in enumerate(
        ("total = 0", "for price in [4, 7, 2]:", "    total = total + price", "print(total)")
    ):
        canvas.code(130, 226 + 76 * number, line, PAPER, 42)
    rows = (("time round", "price", "total"), ("before", "", "0"), ("first", "4", "4"),
            ("second", "7", "11"), ("third", "2", "13"))  # fmt: skip
    for row, cells in enumerate(rows):
        y = 206 + 112 * row
        if row:
            canvas.card((790, y - 48, 1510, y + 48), CARD, outline=RULE, radius=14)
        for x, cell in zip((830, 1150, 1370), cells, strict=True):
            color = QUIET if row == 0 or x == 830 else INK
            canvas.text(x, y, cell, color, 34 if row == 0 else 40, "lm")
    canvas.card((1340, 606, 1480, 702), fade(GREEN, 0.16), outline=GREEN, width=4, radius=14)
    canvas.bent_arrow((1410, 712), (1380, 800), (460, 752), GREEN, width=5)
    canvas.bold(330, 740, "prints 13", GREEN, 48)
    return canvas.finish()


def fence_posts() -> Image.Image:
    """Number the gaps between letters, which is what slices and ranges count."""
    canvas = diagram("Count the posts, not the letters")
    word, left, pitch = "violin", 250, 180
    canvas.card((left + 2 * pitch, 330, left + 5 * pitch, 530), fade(GOLD, 0.24), radius=0)
    for number, letter in enumerate(word):
        x = left + (number + 0.5) * pitch
        canvas.bold(x, 430, letter, INK, 92)
    for number in range(7):
        x = left + number * pitch
        hot = number in (2, 5)
        canvas.line([(x, 330), (x, 530)], GOLD if hot else MIST, 10 if hot else 6)
        canvas.bold(x, 580, str(number), GOLD if hot else QUIET, 42)
        if number:
            canvas.text(x, 280, str(number - 6) if number < 6 else "", QUIET, 34)
    canvas.text(left, 280, "-6", QUIET, 34)
    canvas.code(330, 712, "word[2:5]", INK, 50)
    canvas.text(640, 712, "from post 2 to post 5:", QUIET, 38, "lm")
    canvas.code(1070, 712, '"oli"', GREEN, 50)
    canvas.code(330, 800, "range(2, 5)", INK, 50)
    canvas.text(640, 800, "the same posts:", QUIET, 38, "lm")
    canvas.code(1070, 800, "2, 3, 4", GREEN, 50)
    return canvas.finish()


def return_or_print() -> Image.Image:
    """Set the value that comes out of a function against the noise it makes."""
    canvas = diagram("return hands back, print only talks")
    rows = (
        ("return n * 2", "6", GREEN, "a value you can go on using"),
        ("print(n * 2)", "None", ROSE, "nothing to go on with"),
    )
    for row, (body, out, color, note) in enumerate(rows):
        y = 330 + 330 * row
        canvas.disc(190, y, 56, mix(GOLD, CARD, 0.7), outline=GOLD, width=4)
        canvas.bold(190, y, "3", INK, 52)
        canvas.arrow((262, y), (396, y), INK, 6, 24)
        canvas.card((410, y - 110, 950, y + 110), INK, radius=24, shadow=0.2)
        canvas.code(456, y - 40, "def double(n):", PAPER, 42)
        canvas.code(456, y + 36, "    " + body, mix(color, PAPER, 0.55), 42)
        canvas.arrow((964, y), (1098, y), color, 6, 24)
        canvas.card((1116, y - 54, 1296, y + 54), mix(color, CARD, 0.8), outline=color, width=4)
        canvas.bold(1206, y, out, INK, 46)
        canvas.text(1206, y + 96, note, QUIET, 32)
    canvas.bent_arrow((860, 560), (900, 505), (1010, 505), GOLD, width=5)
    canvas.text(1030, 503, "6 on the screen, for your eyes only", GOLD, 32, "lm")
    return canvas.finish()


def frames() -> Image.Image:
    """Stack the frames of a call inside a call."""
    canvas = diagram("While double is running")
    canvas.card((90, 170, 760, 800), INK, radius=20, shadow=0.2)
    lines = (
        "def double(n):",
        "    return n * 2",
        "",
        "def area(width):",
        "    side = double(width)",
        "    return side * side",
        "",
        "answer = area(3)",
    )
    canvas.card((104, 270, 746, 336), fade(GOLD, 0.32), radius=10)
    for row in (4, 7):
        canvas.card(
            (104, 232 + 71 * row - 34, 746, 232 + 71 * row + 34), fade(MIST, 0.2), radius=10
        )
    for row, line in enumerate(lines):
        canvas.text(146, 232 + 71 * row, str(row + 1), MIST, 30)
        canvas.code(186, 232 + 71 * row, line, PAPER, 42)
    stack = (
        ("the program", "waits at line 8", BLUE, "answer: not yet"),
        ("area", "waits at line 5", GREEN, "width: 3"),
        ("double", "is running line 2", GOLD, "n: 3"),
    )
    for level, (name, state, color, names_) in enumerate(stack):
        bottom = 800 - 200 * level
        box = (850, bottom - 180, 1510, bottom)
        canvas.card(box, mix(color, CARD, 0.84), outline=color, width=4, shadow=0.12)
        canvas.bold(890, bottom - 128, name, color, 42, "lm")
        canvas.text(890, bottom - 56, names_, INK, 36, "lm")
        canvas.text(1480, bottom - 128, state, QUIET, 32, "rm")
    canvas.text(1180, 190, "the newest call lies on top", QUIET, 30)
    return canvas.finish()


def aliases() -> Image.Image:
    """Set a second name beside a second list."""
    canvas = diagram("A second name is not a second list")
    panels = (
        ("b = a", 1, "b.append(9) changes the only list there is"),
        ("b = a.copy()", 2, "b.append(9) leaves the list of a alone"),
    )
    for column, (line, lists, note) in enumerate(panels):
        left = 90 + 730 * column
        canvas.card((left, 160, left + 690, 810), CARD, outline=RULE)
        canvas.card((left + 28, 190, left + 662, 268), INK, radius=12)
        canvas.code(left + 52, 229, line, PAPER, 42)
        for number, name in enumerate("ab"):
            y = 400 + 210 * number
            _tag(canvas, left + 50, y, name)
            target = y if lists == 2 else 505
            canvas.arrow((left + 148, y), (left + 246, target), BLUE, 4)
        for number in range(lists):
            y = 505 if lists == 1 else 400 + 210 * number
            items = "3159" if lists == 1 or number else "315"
            for place, item in enumerate(items):
                x = left + 262 + 100 * place
                color = ROSE if item == "9" else GOLD
                box = (x, y - 46, x + 92, y + 46)
                canvas.card(box, mix(color, CARD, 0.75), outline=color, width=3, radius=10)
                canvas.bold(x + 46, y, item, INK, 44)
        canvas.text(left + 345, 756, note, QUIET, 31)
    return canvas.finish()


def lookup() -> Image.Image:
    """Let three keys lead to their values, and one to an error."""
    canvas = diagram("A dictionary goes straight to the page")
    pairs = (("drill", "8", BLUE), ("ladder", "6", BLUE), ("floor sander", "5", BLUE))
    canvas.card((640, 170, 1500, 800), CARD, outline=RULE, shadow=0.1)
    canvas.text(690, 224, "key", QUIET, 32, "lm")
    canvas.text(1290, 224, "value", QUIET, 32, "lm")
    for row, (key, value, color) in enumerate(pairs):
        y = 330 + 150 * row
        canvas.card((690, y - 52, 1150, y + 52), mix(color, CARD, 0.84), outline=color, width=3)
        canvas.code(716, y, f'"{key}"', INK, 40)
        canvas.arrow((1160, y), (1270, y), MIST, 5)
        canvas.disc(1340, y, 50, mix(GOLD, CARD, 0.7), outline=GOLD, width=4)
        canvas.bold(1340, y, value, INK, 46)
    canvas.code(90, 330, 'loans["drill"]', INK, 44)
    canvas.arrow((440, 330), (670, 330), GREEN, 6, 24)
    canvas.text(90, 388, "gives 8", GREEN, 34, "lm")
    canvas.code(90, 680, 'loans["kayak"]', INK, 44)
    canvas.arrow((440, 680), (670, 735), ROSE, 6, 24)
    canvas.text(90, 738, "KeyError: 'kayak'", ROSE, 34, "lm")
    canvas.text(716, 738, "no such page", ROSE, 34, "lm")
    return canvas.finish()


def pipeline() -> Image.Image:
    """Lead the loans from the file to two different answers."""
    canvas = diagram("From a file to an answer")
    stages = (
        ("read_loans", "a file of 25 rows", "24 clean pairs", BLUE),
        ("days_per_tool", "24 pairs", "a dictionary", GREEN),
        ("busiest", "a dictionary", "one name", GOLD),
    )
    for column, (name, enters, leaves, color) in enumerate(stages):
        left = 90 + 485 * column
        canvas.card((left, 190, left + 440, 420), mix(color, CARD, 0.84), outline=color, width=4)
        canvas.bold(left + 220, 248, name, color, 42)
        canvas.text(left + 220, 318, f"takes {enters}", INK, 32)
        canvas.text(left + 220, 368, f"gives {leaves}", INK, 32)
        if column < 2:
            canvas.arrow((left + 446, 305), (left + 482, 305), INK, 6, 22)
    measures = (
        ("counted in loans", (("drill", 8), ("floor sander", 5), ("ladder", 5)), 8, BLUE),
        (
            "counted in days",
            (("floor sander", 32), ("drill", 13), ("pressure washer", 12)),
            32,
            GOLD,
        ),
    )
    for column, (title, bars, largest, color) in enumerate(measures):
        left = 90 + 730 * column
        canvas.bold(left, 510, title, INK, 36, "lm")
        for row, (tool, count) in enumerate(bars):
            y = 590 + 92 * row
            canvas.text(left + 230, y, tool, INK, 30, "rm")
            end = left + 250 + 360 * count / largest
            canvas.box(left + 250, y - 30, end, y + 30, color if row == 0 else MIST, 6)
            canvas.bold(end + 14, y, str(count), INK, 32, "lm")
    return canvas.finish()


PICTURES: dict[str, Callable[[], Image.Image]] = {
    "python/hero": hero,
    "python/evaluation": evaluation,
    "python/names": names,
    "python/branches": branches,
    "python/loop-trace": loop_trace,
    "python/fence-posts": fence_posts,
    "python/return-or-print": return_or_print,
    "python/frames": frames,
    "python/aliases": aliases,
    "python/lookup": lookup,
    "python/pipeline": pipeline,
}
