"""A learner's result in a course, computed from its grades."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from uuid import UUID

from courses.outline import course_outline
from learning.enrollments.models import Enrollment
from learning.grading.models import Grade, GradeItem

# Kinds of units that push a score. A lesson has none.
GRADED_KINDS = frozenset({"quiz"})
HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class ItemResult:
    """One graded unit of a course and what a learner has in it; None: nothing yet."""

    unit_uuid: UUID
    title: str
    url: str
    weight: Decimal
    percent: Decimal | None


@dataclass(frozen=True, slots=True)
class CourseResult:
    """The weighted result; None without anything to grade, or without any grade yet."""

    items: list[ItemResult]
    percent: Decimal | None
    is_passing: bool


def course_result(enrollment: Enrollment) -> CourseResult:
    """Return the result over the required, published, graded units, in few queries.

    While the learner is under way, items without a grade are left out: the result says how well it
    goes. Once the course is complete they count as zero. A course with nothing to grade is passed
    by completing it.
    """
    items = _items(enrollment)
    if not items:
        return CourseResult(items=[], percent=None, is_passing=True)
    percent = weighted_percent(items, missing_counts=enrollment.completed_at is not None)
    is_passing = percent is not None and percent >= enrollment.course.passing_grade
    return CourseResult(items=items, percent=percent, is_passing=is_passing)


def weighted_percent(items: list[ItemResult], *, missing_counts: bool) -> Decimal | None:
    """Return the weighted mean, cut to hundredths: no rounding lifts anybody over the line."""
    counted = [item for item in items if missing_counts or item.percent is not None]
    weights = sum((item.weight for item in counted), Decimal(0))
    if not weights:
        return None
    points = sum((item.weight * (item.percent or Decimal(0)) for item in counted), Decimal(0))
    return (points / weights).quantize(HUNDREDTH, rounding=ROUND_DOWN)


def _items(enrollment: Enrollment) -> list[ItemResult]:
    units = [
        unit
        for unit in course_outline(enrollment.course).required_units
        if unit.kind in GRADED_KINDS
    ]
    keys = [unit.uuid for unit in units]
    weights = dict(GradeItem.objects.filter(unit_key__in=keys).values_list("unit_key", "weight"))
    percents = dict(
        Grade.objects.filter(enrollment=enrollment, item__unit_key__in=keys).values_list(
            "item__unit_key", "percent"
        )
    )
    items = [
        ItemResult(
            unit_uuid=unit.uuid,
            title=unit.title,
            url=unit.url,
            weight=weights.get(unit.uuid, Decimal(1)),
            percent=percents.get(unit.uuid),
        )
        for unit in units
    ]
    # An item without weight is practice: it neither helps nor stands in the way.
    return [item for item in items if item.weight]
