"""The outline of a course: its modules and units in order, read in a constant number of narrow
queries.

`course_outline` reads it afresh, for whoever writes by it; `cached_outline` is for pages.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from uuid import UUID

from django.apps import apps
from django.db import connection
from wagtail.models import Page

from courses.models import CoursePage, ModulePage, UnitPage
from portal.common.stored_pages import current_generation

# What changes without Wagtail's signals (an import, a shell) shows within this time.
CACHED_SECONDS = 60.0
MAX_CACHED = 256

UNIT_FIELDS = (
    *(
        "pk",
        "path",
        "translation_key",
        "title",
        "url_path",
        "summary",
        "minutes",
        "is_preview",
        "is_optional",
    ),
    *("release_rule", "release_at", "release_days"),
)


@dataclass(frozen=True, slots=True)
class OutlineUnit:
    """What the outline says about a unit; all of it is public."""

    pk: int
    path: str
    uuid: UUID
    title: str
    url: str
    summary: str
    minutes: int
    is_preview: bool
    is_optional: bool
    release_rule: str
    release_at: datetime | None
    release_days: int | None
    kind: str
    module_title: str
    position: int


@dataclass(frozen=True, slots=True)
class OutlineModule:
    """A module with its published units."""

    pk: int
    title: str
    slug: str
    summary: str
    units: tuple[OutlineUnit, ...]

    @property
    def minutes(self) -> int:
        return sum(unit.minutes for unit in self.units)


@dataclass(frozen=True)
class Outline:
    """The published content of a course, in order."""

    course: CoursePage
    modules: list[OutlineModule]
    units: list[OutlineUnit] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(
            self, "units", [unit for module in self.modules for unit in module.units]
        )

    def find(self, uuid: UUID) -> OutlineUnit | None:
        return next((unit for unit in self.units if unit.uuid == uuid), None)

    def next_of(self, uuid: UUID) -> OutlineUnit | None:
        """Return the unit after the given one."""
        return self._neighbor(uuid, +1)

    def previous_of(self, uuid: UUID) -> OutlineUnit | None:
        """Return the unit before the given one."""
        return self._neighbor(uuid, -1)

    def _neighbor(self, uuid: UUID, step: int) -> OutlineUnit | None:
        unit = self.find(uuid)
        if unit is None:
            return None
        index = unit.position - 1 + step
        return self.units[index] if 0 <= index < len(self.units) else None

    @property
    def minutes(self) -> int:
        return sum(unit.minutes for unit in self.units)

    @property
    def required_units(self) -> list[OutlineUnit]:
        return [unit for unit in self.units if not unit.is_optional]


@cache
def unit_models() -> tuple[type[UnitPage], ...]:
    """Return the concrete unit types, also those of apps that this one does not know."""
    return tuple(
        model
        for model in apps.get_models()
        if issubclass(model, UnitPage) and not model._meta.abstract
    )


def course_outline(course: CoursePage) -> Outline:
    """Return the live modules and units: one query for the modules and one per unit type."""
    return Outline(course=course, modules=_read_modules(course, _url_prefix(course)))


def cached_outline(course: CoursePage) -> Outline:
    """Return the live modules and units as they were when something was last published: here at
    once, in other processes within a second.
    """
    if connection.in_atomic_block:
        # A transaction may see its own drafts, or less than has been published since it began.
        return course_outline(course)
    cached = _cached()
    prefix = _url_prefix(course)
    key = (course.pk, course.path, prefix)
    now = time.monotonic()
    read_at, modules = cached.get(key, (float("-inf"), ()))
    if now - read_at >= CACHED_SECONDS:
        modules = tuple(_read_modules(course, prefix))
        cached[key] = (now, modules)
    return Outline(course=course, modules=list(modules))


# Place of a course and its address -> (time of reading, modules); of one generation only.
_Cached = dict[tuple[int, str, tuple[str, str]], tuple[float, tuple[OutlineModule, ...]]]
_outlines: tuple[str, _Cached] = ("", {})


def _cached() -> _Cached:
    """Return what is remembered of the present generation.

    Threads that still read on for an older generation keep their own dictionary, so nothing of it
    comes into the new one.
    """
    global _outlines
    generation = current_generation()
    known_generation, cached = _outlines
    if generation != known_generation or len(cached) >= MAX_CACHED:
        cached = {}
        _outlines = (generation, cached)
    return cached


def _read_modules(course: CoursePage, prefix: tuple[str, str]) -> list[OutlineModule]:
    modules = (
        ModulePage.objects.live()
        .filter(path__startswith=course.path, depth=course.depth + 1)
        .order_by("path")
        .values_list("pk", "path", "title", "slug", "summary")
    )
    rows = sorted(_unit_rows(course), key=lambda row: row["path"])
    built: list[OutlineModule] = []
    position = 0
    for pk, path, title, slug, summary in modules:
        units = []
        for row in rows:
            if row["path"].startswith(path):
                position += 1
                units.append(_unit(row, prefix, module_title=title, position=position))
        built.append(
            OutlineModule(pk=pk, title=title, slug=slug, summary=summary, units=tuple(units))
        )
    return built


def _unit_rows(course: CoursePage) -> list[dict]:
    rows: list[dict] = []
    for model in unit_models():
        live = model.objects.live().filter(path__startswith=course.path, depth=course.depth + 2)
        rows += [row | {"kind": model.kind} for row in live.order_by().values(*UNIT_FIELDS)]
    return rows


def _unit(row: dict, prefix: tuple[str, str], *, module_title: str, position: int) -> OutlineUnit:
    url_path = row.pop("url_path")
    root, base = prefix
    return OutlineUnit(
        **{name: value for name, value in row.items() if name != "translation_key"},
        uuid=row["translation_key"],
        url=base + url_path.removeprefix(root),
        module_title=module_title,
        position=position,
    )


def _url_prefix(course: CoursePage) -> tuple[str, str]:
    """Return what to cut off a unit's `url_path`, and what to put in its place.

    All units of a course share the site, so its address is looked up once instead of once per unit.
    """
    url = course.url or "/"
    return course.url_path, url


def course_of(unit: Page) -> CoursePage:
    """Return the course of a unit. Causes one query."""
    return CoursePage.objects.ancestor_of(unit).get()
