"""Measures the portal on PostgreSQL with a large school: `python -m benchmarks.run`.

Two portals are served side by side, one with a thousand completions and one with a million.
Every target gets a short stretch of load in each round, one after the other, so that whatever
else the machine does falls on all of them alike. Costs are processor time per request, of the
server's processes and of PostgreSQL's, as multiples of a bare Django view and of an empty
Wagtail page in the same round.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks import report
from benchmarks.client import Client, Request
from benchmarks.machine import ROOT, Portal, Services, say, stopping
from benchmarks.report import Measurements, Results
from benchmarks.schools import Schools
from benchmarks.targets import TARGETS, H, Target, W

CONNECTIONS = 4
# The Redis databases of the two portals; emptied before and after.
REDIS_NUMBERS = {"small": 13, "large": 14}
KEPT = ROOT / "data/benchmarks"
DOCS = ROOT / "docs/explanation/performance.md"
DOCS_MARKS = ("<!-- results -->\n", "<!-- end of results -->")


@dataclass(frozen=True)
class Size:
    """How much is made and measured."""

    small: int
    large: int
    courses: int
    rounds: int
    seconds: float


FULL = Size(small=1_000, large=1_000_000, courses=200, rounds=9, seconds=2.0)
QUICK = Size(small=1_000, large=20_000, courses=20, rounds=3, seconds=0.6)


def main() -> int:
    options = _options()
    size = QUICK if options.quick else FULL
    services = Services.find()
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="portal-benchmark-") as scratch:
        folder = Path(scratch)
        schools = Schools(services, KEPT if options.keep else folder, size.courses)
        portals = _portals(services, folder)
        try:
            with stopping(list(portals.values())):
                for name, portal in portals.items():
                    schools.open(portal, completions=getattr(size, name))
                    portal.start(folder / f"{name}.log")
                large, small = _measure(portals, options.rounds or size.rounds, size.seconds)
        finally:
            schools.close(list(portals.values()), keep=options.keep)
    text = _text(size, large, small, time.monotonic() - started)
    print(text)
    if options.output:
        options.output.write_text(text)
    if options.docs:
        _write_docs(text)
    missed = report.failed(large, small)
    if missed:
        print("Missed: " + "; ".join(missed))
    return 1 if missed and options.strict else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument(
        "--quick", action="store_true", help="a small school, for a check of sanity"
    )
    parser.add_argument("--rounds", type=int, help="how often everything is measured")
    parser.add_argument("--output", type=Path, help="write the tables to this file as well")
    parser.add_argument("--docs", action="store_true", help=f"write the tables into {DOCS.name}")
    parser.add_argument("--strict", action="store_true", help="fail when a target is missed")
    parser.add_argument(
        "--keep",
        action="store_true",
        help="keep the schools, or use those that were kept",
    )
    return parser.parse_args()


def _portals(services: Services, folder: Path) -> dict[str, Portal]:
    return {
        name: Portal(
            name,
            {
                "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
                "DATABASE_URL": services.database(f"portal_benchmark_{name}"),
                "REDIS_URL": services.redis(number),
                "DATA_DIR": str(folder / name),
                # The sessions of a kept school are signed with it.
                "SECRET_KEY": "only-for-benchmarks-" + "b" * 40,
                "DEBUG": "False",
                "FRONTEND_URL": "http://127.0.0.1:8000",
                "LOG_LEVEL": "WARNING",
            },
        )
        for name, number in REDIS_NUMBERS.items()
    }


def _measure(portals: dict[str, Portal], rounds: int, seconds: float) -> tuple[Results, Results]:
    again = [Target(f"{name} again", _find(name).requests) for name in (H, W)]
    everything = [("large", target) for target in [*TARGETS, *again]]
    everything += [("small", target) for target in TARGETS if target.grows]
    clients = {name: _client(portal) for name, portal in portals.items()}
    requests = {
        (name, target.name): target.iterate(portals[name].plan) for name, target in everything
    }
    _warm_up(everything, clients, requests)
    results: dict[str, Results] = {name: defaultdict(Measurements) for name in portals}
    for number in range(rounds):
        say(f"Round {number + 1} of {rounds}")
        # Every second round backwards, so that nobody always follows the same neighbor.
        for name, target in everything if number % 2 == 0 else reversed(everything):
            _measure_once(
                portals[name],
                clients[name],
                requests[name, target.name],
                seconds,
                results[name][target.name],
            )
    return results["large"], results["small"]


def _find(name: str) -> Target:
    return next(target for target in TARGETS if target.name == name)


def _client(portal: Portal) -> Client:
    return Client(
        portal.port,
        session_cookie=portal.plan["cookie"],
        csrf_cookie=portal.plan["csrf_cookie"],
    )


def _warm_up(
    everything: list[tuple[str, Target]],
    clients: dict[str, Client],
    requests: dict[tuple[str, str], Iterator[Request]],
) -> None:
    """Ask for everything once, and look whether the answer is what it should be."""
    for name, target in everything:
        request = next(requests[name, target.name])
        status, body = clients[name].send(request)
        if status != 200 or target.contains.encode() not in body:
            raise SystemExit(f"{target.name}: {request} gives {status}\n{body[:2000]!r}")
        clients[name].run(requests[name, target.name], seconds=0.3, connections=CONNECTIONS)


def _measure_once(
    portal: Portal,
    client: Client,
    requests: Iterator[Request],
    seconds: float,
    found: Measurements,
) -> None:
    before = portal.cpu_seconds()
    slot = client.run(requests, seconds=seconds, connections=CONNECTIONS)
    after = portal.cpu_seconds()
    if slot.failures:
        raise SystemExit(
            f"{len(slot.failures)} answers were wrong:\n" + "\n".join(slot.failures[:5])
        )
    if not slot.count:
        raise SystemExit("There was nothing left to ask for: use fewer rounds.")
    found.app.append((after[0] - before[0]) / slot.count)
    found.database.append(max(0.0, after[1] - before[1]) / slot.count)
    found.per_second.append(slot.count / slot.seconds)
    found.latencies += slot.latencies


def _text(size: Size, large: Results, small: Results, seconds: float) -> str:
    lines = [
        f"{size.large:,} completions in {size.courses} courses; {os.cpu_count()} cores;"
        f" Python {sys.version.split()[0]}; {len(large[H].app)} rounds; the whole run took"
        f" {seconds / 60:.0f} minutes.",
        "",
        report.noise_line(large),
        "",
        *report.cost_table(large),
        "",
        f"{size.large:,} completions against {size.small:,}:",
        "",
        *report.growth_table(large, small),
    ]
    return "\n".join(lines) + "\n"


def _write_docs(text: str) -> None:
    begin, end = DOCS_MARKS
    before, _begin, rest = DOCS.read_text().partition(begin)
    _old, _end, after = rest.partition(end)
    DOCS.write_text(f"{before}{begin}\n{text}\n{end}{after}")


if __name__ == "__main__":
    sys.exit(main())
