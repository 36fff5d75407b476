"""The tables of a run."""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import median

from benchmarks.targets import GROWTH_LIMIT, TARGETS, H, R, Target, W

# The two measurements of a reference may differ by so much; beyond it the machine was too busy.
NOISE = 0.05


@dataclass
class Measurements:
    """What was measured of one target, round by round."""

    app: list[float] = field(default_factory=list)
    database: list[float] = field(default_factory=list)
    per_second: list[float] = field(default_factory=list)
    latencies: list[float] = field(default_factory=list)

    @property
    def rounds(self) -> list[float]:
        return [app + database for app, database in zip(self.app, self.database, strict=True)]

    @property
    def cpu(self) -> float:
        """Processor time per request in seconds, server and database together."""
        return median(self.rounds)

    @property
    def p50(self) -> float:
        return median(self.latencies)


Results = dict[str, Measurements]


def ratio(one: Measurements, other: Measurements) -> float:
    """Return how many times as dear one is: the median of the rounds, measured side by side."""
    pairs = zip(one.rounds, other.rounds, strict=False)
    return median(a / b for a, b in pairs if b)


def cost_table(results: Results) -> list[str]:
    """Return the cost of everything as multiples of the references."""
    lines = [
        "| what | server ms | database ms | per second | × H | × W | target | |",
        "|---|--:|--:|--:|--:|--:|---|---|",
    ]
    for target in TARGETS:
        found = results[target.name]
        wanted, verdict = _verdict(target, results)
        server, database = 1000 * median(found.app), 1000 * median(found.database)
        lines.append(
            f"| {target.name} | {server:.2f} | {database:.2f}"
            f" | {median(found.per_second):.0f} | {ratio(found, results[H]):.1f}"
            f" | {ratio(found, results[W]):.2f} | {wanted} | {verdict} |"
        )
    return lines


def growth_table(large: Results, small: Results) -> list[str]:
    """Return what a thousand times the records change."""
    lines = [
        "| what | processor time | p50 | target | |",
        "|---|--:|--:|---|---|",
    ]
    for target in TARGETS:
        if target.grows:
            growth = ratio(large[target.name], small[target.name])
            slower = large[target.name].p50 / small[target.name].p50
            lines.append(
                f"| {target.name} | {growth:.2f} | {slower:.2f} | ≤ {GROWTH_LIMIT:g}"
                f" | {_mark(growth <= GROWTH_LIMIT)} |"
            )
    return lines


def noise_line(results: Results) -> str:
    """Say whether the run can be believed: the references are measured twice."""
    parts = []
    for name in (H, W):
        difference = abs(ratio(results[f"{name} again"], results[name]) - 1)
        parts.append(f"{name} differs from itself by {difference:.1%}")
    quiet = all(abs(ratio(results[f"{name} again"], results[name]) - 1) <= NOISE for name in (H, W))
    judgement = "" if quiet else " **More than 5%: the machine was busy, run it again.**"
    return f"Control: {', '.join(parts)}.{judgement}"


def failed(large: Results, small: Results) -> list[str]:
    """Return the names of the targets that were missed."""
    missed = [
        target.name
        for target in TARGETS
        if target.limit and ratio(large[target.name], large[target.reference]) > target.limit
    ]
    grown = [
        f"{target.name} (growth)"
        for target in TARGETS
        if target.grows and ratio(large[target.name], small[target.name]) > GROWTH_LIMIT
    ]
    return missed + grown


def _verdict(target: Target, results: Results) -> tuple[str, str]:
    if target.limit is None:
        return "", ""
    measured = ratio(results[target.name], results[target.reference])
    short = target.reference if target.reference in {H, W, R} else f"“{target.reference}”"
    return f"≤ {target.limit:g} {short} (is {measured:.2f})", _mark(measured <= target.limit)


def _mark(is_met: bool) -> str:
    return "✓" if is_met else "✗"
