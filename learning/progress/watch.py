"""Watched ranges of a video, and study time: pure functions.

Ranges are `[from, to]` pairs in seconds. Stored ranges are merged: sorted, without overlap, rounded
to a tenth.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

Range = Sequence[float]

# Players report in steps: a hole this short is a rounding of the player, nothing that was skipped.
TOLERANCE = 1
MAX_RANGES = 200
MAX_SECONDS = 24 * 60 * 60.0

# A heartbeat may come this much late and still count in full; and one heartbeat never counts for
# more than the cap.
GRACE_SECONDS = 5
MAX_BEAT_SECONDS = 300


def merge(*groups: Iterable[Range]) -> list[list[float]]:
    """Return the union of ranges. What is no range (wrong way round, not a number) is left out.

    Counted in tenths as whole numbers, so that merging what is merged changes nothing.
    """
    merged: list[list[int]] = []
    for start, end in sorted(_in_tenths(groups)):
        if merged and start <= merged[-1][1] + TOLERANCE * 10:
            merged[-1][1] = max(merged[-1][1], end)
        else:
            merged.append([start, end])
    return [[start / 10, end / 10] for start, end in _longest(merged)]


def watched_seconds(ranges: Iterable[Range]) -> float:
    """Return how many different seconds the ranges cover."""
    return sum(end - start for start, end in merge(ranges))


def watched_percent(ranges: Iterable[Range], duration: float) -> int:
    """Return the covered share of a video in whole percent, rounded down, from 0 to 100."""
    if not duration or not math.isfinite(duration) or duration <= 0:
        return 0
    inside = [[start, min(end, duration)] for start, end in merge(ranges) if start < duration]
    seconds = sum(end - start for start, end in inside)
    # The first and the last moment of a video are rarely reported; without the tolerance 100 %
    # could not be reached.
    if seconds >= duration - TOLERANCE and duration > TOLERANCE:
        return 100
    return max(0, min(100, math.floor(100 * seconds / duration)))


def counted_seconds(claimed: int, *, last: datetime | None, now: datetime) -> int:
    """Return how many of the claimed active seconds can be true by the server's clock.

    Time since the last sign of life bounds them; a short interval gets no grace, so that many quick
    claims in a row do not add up to more than the clock says.
    """
    if claimed <= 0 or last is None:
        return 0
    elapsed = max(0.0, (now - last).total_seconds())
    bound = elapsed if elapsed < GRACE_SECONDS else elapsed + GRACE_SECONDS
    return min(claimed, math.floor(bound), MAX_BEAT_SECONDS)


def _in_tenths(groups: Iterable[Iterable[Range]]) -> Iterator[tuple[int, int]]:
    for group in groups:
        for start, end in group:
            if not (math.isfinite(start) and math.isfinite(end)):
                continue
            first, last = round(10 * max(0.0, start)), round(10 * min(end, MAX_SECONDS))
            if first < last:
                yield first, last


def _longest(ranges: list[list[int]]) -> list[list[int]]:
    """Keep the row small whatever a client sends: the longest ranges stay."""
    if len(ranges) <= MAX_RANGES:
        return ranges
    kept = sorted(ranges, key=lambda item: item[1] - item[0], reverse=True)[:MAX_RANGES]
    return sorted(kept)
