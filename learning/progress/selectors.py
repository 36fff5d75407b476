"""Reading progress."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from courses.models import CoursePage, LessonPage
from courses.outline import unit_models
from learning.enrollments.models import Enrollment
from learning.progress.models import Completion, UnitProgress

if TYPE_CHECKING:
    from courses.models import UnitPage


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


def find_unit(uuid: UUID) -> UnitPage | None:
    """Return the unit page with this public id, live or not; at most one query per unit type."""
    return _find(uuid, with_content=True)


def find_unit_head(uuid: UUID) -> UnitPage | None:
    """Return the unit page without reading its content, for writes that need only its rules."""
    return _find(uuid, with_content=False)


def _find(uuid: UUID, *, with_content: bool) -> UnitPage | None:
    for model in (LessonPage, *(model for model in unit_models() if model is not LessonPage)):
        rows = model.objects.filter(translation_key=uuid).order_by("pk")
        unit = (rows if with_content else rows.defer(*model.gated_fields)).first()
        if unit is not None:
            return unit
    return None


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
