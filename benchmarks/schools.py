"""Databases with a school, made once and copied for each run."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import redis

from benchmarks.machine import Portal, Services, say


class Schools:
    """Makes schools, or uses those that an earlier run has kept.

    A run works on a copy: what it completes and saves is there to be done in the next one.
    """

    def __init__(self, services: Services, folder: Path, courses: int) -> None:
        self.services, self.folder, self.courses = services, folder, courses
        self.made: list[str] = []

    def open(self, portal: Portal, *, completions: int) -> None:
        """Give the portal a school of its own and the plan of what to ask of it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        name = f"portal_benchmark_made_{completions}_{self.courses}"
        plan = self.folder / f"{name}.json"
        self.made.append(name)
        self._flush(portal)
        maker = replace(
            portal,
            environment=portal.environment | {"DATABASE_URL": self.services.database(name)},
        )
        if plan.exists() and self.services.has(name):
            say(f"The kept school with {completions:,} completions")
            maker.python("-m", "django", "migrate", "--no-input", "--verbosity", "0")
        else:
            say(f"A school with {completions:,} completions")
            self._make(maker, name, completions, plan)
        self._flush(portal)
        self.services.create(_database(portal), template=name)
        collect = ("collectstatic", "--no-input", "--verbosity", "0", "--ignore", "django_htmx")
        maker.python("-m", "django", *collect)
        portal.plan = json.loads(plan.read_text())

    def close(self, portals: list[Portal], *, keep: bool) -> None:
        """Drop the copies, and the schools unless they are to be kept."""
        for portal in portals:
            self._flush(portal)
            self.services.drop(_database(portal))
        for name in [] if keep else self.made:
            self.services.drop(name)

    def _make(self, maker: Portal, name: str, completions: int, plan: Path) -> None:
        self.services.create(name)
        maker.python("-m", "django", "migrate", "--no-input", "--verbosity", "0")
        maker.python(
            *("-m", "benchmarks.prepare", "--completions", str(completions)),
            *("--courses", str(self.courses), "--plan", str(plan)),
        )

    @staticmethod
    def _flush(portal: Portal) -> None:
        redis.Redis.from_url(portal.environment["REDIS_URL"]).flushdb()


def _database(portal: Portal) -> str:
    return urlsplit(portal.environment["DATABASE_URL"]).path.lstrip("/")
