"""Reading progress."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Exists, OuterRef

from courses.models import CoursePage, LessonPage
from courses.outline import unit_models
from learning.enrollments.models import Enrollment
from learning.enrollments.selectors import open_enrollments_for
from learning.progress.models import Completion, UnitProgress

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User
    from courses.models import UnitPage

    Person = User | AnonymousUser

# What writing progress asks of a unit: its place, its release and its completion rule.
HEAD_FIELDS = (
    *("path", "depth", "translation_key", "locale_id", "live", "title", "url_path"),
    *("is_preview", "is_optional", "release_rule", "release_at", "release_days"),
    *("completion_rule", "completion_seconds", "completion_percent"),
)


@dataclass(frozen=True, slots=True)
class Writer:
    """A learner at a unit of a course that is open to him."""

    enrollment: Enrollment
    has_opened: bool


def completed_keys(enrollment: Enrollment | None) -> frozenset[UUID]:
    """Return the public ids of all units that the learner has completed, of whatever state today;
    one query.
    """
    if enrollment is None:
        return frozenset()
    return frozenset(
        Completion.objects.filter(enrollment=enrollment).values_list("unit_key", flat=True)
    )


def unit_progress_of(enrollment: Enrollment | None, unit_key: UUID) -> UnitProgress | None:
    """Return where the learner is inside a unit; one query."""
    if enrollment is None:
        return None
    return UnitProgress.objects.filter(enrollment=enrollment, unit_key=unit_key).first()


def writer_of(user: Person, unit: UnitPage) -> Writer | None:
    """Return the learner's enrollment that opens the unit's course, and whether he has opened the
    unit before; one query.
    """
    opened = UnitProgress.objects.filter(enrollment=OuterRef("pk"), unit_key=unit.translation_key)
    enrollment = open_enrollments_for(user, unit).annotate(has_opened=Exists(opened)).first()
    return Writer(enrollment, enrollment.has_opened) if enrollment else None


def find_unit(uuid: UUID) -> UnitPage | None:
    """Return the unit page with this public id, live or not; at most one query per unit type."""
    return _find(uuid, with_content=True)


def find_unit_head(uuid: UUID) -> UnitPage | None:
    """Return the unit page without reading its content, for writes that need only its rules."""
    return _find(uuid, with_content=False)


def _find(uuid: UUID, *, with_content: bool) -> UnitPage | None:
    for model in (LessonPage, *(model for model in unit_models() if model is not LessonPage)):
        rows = model.objects.filter(translation_key=uuid).order_by("pk")
        unit = (rows if with_content else rows.only(*_head_fields(model))).first()
        if unit is not None:
            return unit
    return None


@cache
def _head_fields(model: type[UnitPage]) -> tuple[str, ...]:
    own = {field.attname for field in model._meta.concrete_fields}
    return tuple(name for name in HEAD_FIELDS if name in own)


def required_keys(course: CoursePage) -> list[UUID]:
    """Return the public ids of the units that count.

    Published, below published modules, not optional.
    """
    dead = (
        course.get_descendants().filter(live=False, numchild__gt=0).values_list("path", flat=True)
    )
    dead_paths = tuple(dead)
    keys: list[UUID] = []
    for model in unit_models():
        live = model.objects.filter(
            path__startswith=course.path, depth=course.depth + 2, live=True, is_optional=False
        )
        rows = live.order_by().values_list("path", "translation_key")
        keys += [key for path, key in rows if not (dead_paths and path.startswith(dead_paths))]
    return keys


def count_done(enrollment: Enrollment, keys: Iterable[UUID]) -> int:
    """Count the completed ones among the given units; one query."""
    return Completion.objects.filter(enrollment=enrollment, unit_key__in=list(keys)).count()
