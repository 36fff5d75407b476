"""What the player shows around a unit.

The outline with its states, the place in it, and how far the learner is.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.outline import OutlineUnit
from learning.access import Standing
from learning.progress import selectors
from learning.progress.rules import CompletionRule

if TYPE_CHECKING:
    from courses.models import CoursePage, UnitPage
    from learning.progress.models import UnitProgress


@dataclass(frozen=True, slots=True)
class UnitState:
    """A unit in an outline, as one person sees it."""

    unit: OutlineUnit
    state: str
    hint: str

    @property
    def kind(self) -> str:
        return "" if self.unit.kind == "lesson" else kind_label(self.unit.kind)

    @property
    def is_done(self) -> bool:
        return self.state == "done"


@dataclass(frozen=True, slots=True)
class ModuleState:
    """A module in an outline, as one person sees it."""

    title: str
    slug: str
    summary: str
    minutes: int
    units: list[UnitState]
    done: int | None
    is_open: bool

    @property
    def total(self) -> int:
        return len(self.units)


class Player:
    """One unit as one person meets it. Everything is loaded once, when a template asks for it."""

    def __init__(self, standing: Standing, unit: UnitPage) -> None:
        self.standing = standing
        self.unit = unit

    @property
    def course(self) -> CoursePage:
        return self.standing.course

    @property
    def is_learner(self) -> bool:
        """Whether progress is written down for this person."""
        return self.standing.open_enrollment is not None

    @property
    def is_visitor(self) -> bool:
        """Reads a free preview without belonging to the course."""
        return not self.is_learner and not self.standing.is_team and not self.standing.is_inspector

    @property
    def is_complete(self) -> bool:
        return self.unit.translation_key in self.standing.completed

    @cached_property
    def progress(self) -> UnitProgress | None:
        """Where the learner is inside the unit."""
        if self.standing.unit_progress is not None:
            return self.standing.unit_progress
        return selectors.unit_progress_of(self.standing.open_enrollment, self.unit.translation_key)

    @cached_property
    def rule(self) -> CompletionRule:
        return CompletionRule.of(self.unit)

    @property
    def allows_button(self) -> bool:
        return self.rule.allows_button(self.progress, now=timezone.now())

    @cached_property
    def modules(self) -> list[ModuleState]:
        return outline_states(self.standing, current=self.unit.translation_key)

    @cached_property
    def place(self) -> OutlineUnit | None:
        return self.standing.outline.find(self.unit.translation_key)

    @property
    def next(self) -> OutlineUnit | None:
        return self.standing.outline.next_of(self.unit.translation_key)

    @property
    def previous(self) -> OutlineUnit | None:
        return self.standing.outline.previous_of(self.unit.translation_key)

    @property
    def next_is_open(self) -> bool:
        """Whether the next unit can be opened now, so that the button is no promise that the server
        breaks.
        """
        return self.next is not None and self.standing.access(self.next).is_allowed

    @cached_property
    def done(self) -> int:
        required = self.standing.outline.required_units
        return sum(unit.uuid in self.standing.completed for unit in required)

    @property
    def required(self) -> int:
        return len(self.standing.outline.required_units)

    @property
    def percent(self) -> int:
        return 100 * self.done // self.required if self.required else 0

    @property
    def is_course_complete(self) -> bool:
        return (
            self.standing.enrollment is not None
            and self.standing.enrollment.completed_at is not None
        )

    def context(self) -> dict[str, Any]:
        """Return the names that `base_player.html` reads."""
        outline, following, before = self.standing.outline, self.next, self.previous
        return {
            "player": self,
            "course_title": self.course.title,
            "course_url": self.course.url or "",
            "progress_percent": self.percent,
            "unit_position": self.place.position if self.place else 1,
            "unit_total": len(outline.units) or 1,
            "previous_url": before.url if before else "",
            "previous_title": before.title if before else "",
            "next_url": following.url if following else "",
            "next_title": following.title if following else "",
            "unit_uuid": self.unit.translation_key,
        }


def player_for(request: HttpRequest, unit: UnitPage) -> Player:
    """Return the player of a unit for this request, made once.

    It goes on with what the gate has loaded.
    """
    existing = getattr(request, "player", None)
    if existing is not None and existing.unit.pk == unit.pk:
        return existing
    standing = getattr(request, "standing", None)
    if standing is None or standing.user != request.user:
        standing = Standing(request.user, unit.course)
    player = Player(standing, unit)
    request.player = player  # type: ignore[attr-defined]
    return player


def outline_states(standing: Standing, *, current: UUID | None = None) -> list[ModuleState]:
    """Return the outline of a course with the state of each unit for one person.

    No query per unit.
    """
    modules = []
    counts = standing.enrollment is not None
    for module in standing.outline.modules:
        units = [_unit_state(standing, unit, current) for unit in module.units]
        done = sum(unit.uuid in standing.completed for unit in module.units) if counts else None
        modules.append(
            ModuleState(
                title=module.title,
                slug=module.slug,
                summary=module.summary,
                minutes=module.minutes,
                units=units,
                done=done,
                is_open=any(unit.uuid == current for unit in module.units) if current else True,
            )
        )
    return modules


def resume_unit(standing: Standing) -> OutlineUnit | None:
    """Return where to go on: the place where the learner stopped, else the first open unit that is
    not done.

    When all is done or nothing is open, the last place or the first unit.
    """
    summary = getattr(standing.enrollment, "progress", None)
    units = standing.outline.units
    last = next((unit for unit in units if summary and unit.pk == summary.last_unit_id), None)
    if (
        last is not None
        and last.uuid not in standing.completed
        and standing.access(last).is_allowed
    ):
        return last
    start = last.position if last else 0
    # From the last place on, then from the beginning: who jumped ahead is not sent back at once.
    for unit in [*units[start:], *units[:start]]:
        if (
            not unit.is_optional
            and unit.uuid not in standing.completed
            and standing.access(unit).is_allowed
        ):
            return unit
    return last or (units[0] if units else None)


def resume_address(course_key: UUID) -> str:
    return reverse("learning:resume", args=[course_key])


def kind_label(kind: str) -> str:
    """Return the word for a kind of unit."""
    return {"quiz": _("Quiz"), "lesson": _("Lesson"), "assignment": _("Assignment")}.get(kind, kind)


def _unit_state(standing: Standing, unit: OutlineUnit, current: UUID | None) -> UnitState:
    if unit.uuid == current:
        return UnitState(unit, "current", _("Done") if unit.uuid in standing.completed else "")
    access = standing.access(unit)
    if not access.is_allowed:
        hint = access.message if access.reason in {"locked", "not_released"} else ""
        return UnitState(unit, "locked", hint)
    if unit.uuid in standing.completed:
        return UnitState(unit, "done", "")
    is_free_look = unit.is_preview and standing.open_enrollment is None
    return UnitState(unit, "open", _("Free preview") if is_free_look else "")
