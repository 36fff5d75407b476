"""Writing grades. Activities push their scores here; nothing here knows what a quiz is."""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from learning.enrollments.models import Enrollment
from learning.grading.models import CourseGrade, Grade, GradeItem
from learning.grading.selectors import HUNDREDTH, CourseResult, course_result
from learning.signals import course_grade_changed, send_on_commit


@transaction.atomic
def record_score(enrollment: Enrollment, *, unit: Page, percent: Decimal) -> Grade:
    """Store the learner's result in a unit and compute the course grade again.

    Safe to call twice and in parallel. `percent` is the score that counts, from 0 to 100; a later
    call replaces it.
    """
    percent = _checked(percent)
    _lock(enrollment)
    grade, _created = Grade.objects.update_or_create(
        enrollment=enrollment,
        item=_item_of(enrollment, unit),
        defaults={"percent": percent, "graded_at": timezone.now()},
    )
    _store(enrollment, course_result(enrollment))
    return grade


@transaction.atomic
def refresh_course_grade(enrollment: Enrollment) -> CourseResult:
    """Compute the course grade again, for example after a changed passing grade."""
    _lock(enrollment)
    result = course_result(enrollment)
    _store(enrollment, result)
    return result


def _checked(percent: Decimal) -> Decimal:
    percent = Decimal(percent)
    # NaN compares false with everything, so it must be looked for.
    if not percent.is_finite() or not 0 <= percent <= 100:
        raise ValueError(f"{percent} is not a percentage.")
    return percent.quantize(HUNDREDTH, rounding=ROUND_DOWN)


def _lock(enrollment: Enrollment) -> None:
    """Let one writer at a time compute the course grade: each must see the others' grades."""
    # NO KEY: rows that refer to the enrollment may be inserted meanwhile; a full lock could
    # deadlock
    # with two of them.
    Enrollment.objects.select_for_update(no_key=True).only("pk").get(pk=enrollment.pk)


def _item_of(enrollment: Enrollment, unit: Page) -> GradeItem:
    item, created = GradeItem.objects.get_or_create(
        unit_key=unit.translation_key,
        defaults={
            "course": enrollment.course,
            "course_key": enrollment.course_key,
            "unit_id": unit.pk,
            "title": unit.title,
        },
    )
    if not created and item.title != unit.title:
        item.title = unit.title
        item.save(update_fields=["title"])
    return item


def _store(enrollment: Enrollment, result: CourseResult) -> None:
    """Write the summary row; tell about it only when it says something else than before."""
    before = (
        CourseGrade.objects.filter(enrollment=enrollment)
        .values_list("percent", "is_passing")
        .first()
    )
    if result.percent is None:
        CourseGrade.objects.filter(enrollment=enrollment).delete()
        after = None
    else:
        after = (result.percent, result.is_passing)
        if after != before:
            CourseGrade.objects.update_or_create(
                enrollment=enrollment,
                defaults={"percent": result.percent, "is_passing": result.is_passing},
            )
    if after != before:
        send_on_commit(course_grade_changed, sender=CourseGrade, enrollment=enrollment)
