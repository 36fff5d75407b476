"""Writing down what a learner has done."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Exists, F, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from courses.models import CoursePage, CourseStats
from courses.versions import current_version
from learning.enrollments import services as enrollments
from learning.enrollments.models import Enrollment
from learning.progress import selectors, watch
from learning.progress.errors import CompletionRuleNotMet
from learning.progress.models import Completion, CourseProgress, UnitProgress
from learning.progress.rules import CompletionRule
from learning.signals import course_completed, send_on_commit, unit_completed

if TYPE_CHECKING:
    from wagtail.models import Page

    from courses.models import UnitPage

# The summary's "last activity" is for people: a minute is exact enough, and saves a write per
# heartbeat.
ACTIVITY_RESOLUTION = timedelta(seconds=60)
BATCH = 1000


@transaction.atomic
def complete_unit(
    enrollment: Enrollment, *, unit: UnitPage, source: str, at: datetime | None = None
) -> Completion:
    """Write down that the learner has completed a unit, in the version that is published now.

    Safe to call twice.
    """
    _lock(enrollment)
    existing = Completion.objects.filter(
        enrollment=enrollment, unit_key=unit.translation_key
    ).first()
    if existing is not None:
        return existing
    completion = Completion.objects.create(
        enrollment=enrollment,
        unit_id=unit.pk,
        unit_key=unit.translation_key,
        version=current_version(unit),
        source=source,
        completed_at=at or timezone.now(),
    )
    _refresh_one(enrollment, unit)
    send_on_commit(unit_completed, Completion, completion=completion)
    return completion


def complete_by_learner(enrollment: Enrollment, *, unit: UnitPage) -> Completion:
    """Write down the learner's word that a unit is done, where its completion rule allows that."""
    rule = CompletionRule.of(unit)
    progress = selectors.unit_progress_of(enrollment, unit.translation_key)
    if not rule.allows_button(progress, now=timezone.now()):
        existing = Completion.objects.filter(
            enrollment=enrollment, unit_key=unit.translation_key
        ).first()
        if existing is not None:
            return existing
        raise CompletionRuleNotMet(rule.text, rule=rule.name)
    source = Completion.Source.RULE if rule.is_met(progress) else Completion.Source.BUTTON
    return complete_unit(enrollment, unit=unit, source=source)


def open_unit(enrollment: Enrollment, *, unit: UnitPage) -> UnitProgress:
    """Write down that the learner has opened a unit.

    A unit that counts as done by being opened is done then.
    """
    now = timezone.now()
    progress = selectors.unit_progress_of(enrollment, unit.translation_key)
    if progress is None:
        progress = UnitProgress(
            enrollment=enrollment, unit_id=unit.pk, unit_key=unit.translation_key, heartbeat_at=now
        )
        UnitProgress.objects.bulk_create([progress], ignore_conflicts=True)
        progress.opened_at = progress.opened_at or now
    elif progress.heartbeat_at is None or now - progress.heartbeat_at > timedelta(
        seconds=watch.GRACE_SECONDS
    ):
        # Time away from the page is no time of study: counting starts again with this opening.
        UnitProgress.objects.filter(pk=progress.pk).update(heartbeat_at=now)
        progress.heartbeat_at = now
    _touch(enrollment, unit.pk, now)
    if CompletionRule.of(unit).name == "opened":
        complete_unit(enrollment, unit=unit, source=Completion.Source.RULE)
    return progress


@transaction.atomic
def record_activity(
    enrollment: Enrollment,
    *,
    unit: UnitPage,
    position_seconds: float | None = None,
    duration_seconds: float | None = None,
    watched: Iterable[Sequence[float]] = (),
    active_seconds: int = 0,
) -> UnitProgress:
    """Merge what a device reports into what is stored, and complete the unit if its rule is met by
    that.

    The latest position wins, watched ranges are united, active time is bounded by the server's
    clock.
    """
    now = timezone.now()
    progress = _locked_progress(enrollment, unit, now)
    if position_seconds is not None:
        progress.position_seconds = position_seconds
    if duration_seconds is not None:
        progress.duration_seconds = max(progress.duration_seconds, duration_seconds)
    ranges = list(watched)
    if ranges:
        progress.watched = watch.merge(progress.watched, ranges)
    counted = watch.counted_seconds(active_seconds, last=progress.heartbeat_at, now=now)
    progress.active_seconds += counted
    if counted or progress.heartbeat_at is None:
        progress.heartbeat_at = now
    progress.updated_at = now
    UnitProgress.objects.filter(pk=progress.pk).update(
        position_seconds=progress.position_seconds,
        duration_seconds=progress.duration_seconds,
        watched=progress.watched,
        active_seconds=progress.active_seconds,
        heartbeat_at=progress.heartbeat_at,
        updated_at=now,
    )
    _touch(enrollment, unit.pk, now)
    rule = CompletionRule.of(unit)
    if rule.needs_seconds and not progress.is_completed and rule.is_met(progress):
        complete_unit(enrollment, unit=unit, source=Completion.Source.RULE)
        progress.is_completed = True
    return progress


def refresh_course(course_key: UUID) -> int:
    """Compute the progress of every learner of a course again from the completions; return how many
    rows there are.

    The number of queries depends on the number of batches only, never on learners or units. Who has
    everything done by that has completed the course; who had completed it before keeps that.
    """
    course = CoursePage.objects.filter(translation_key=course_key).order_by("pk").first()
    if course is None:
        return 0
    keys = selectors.required_keys(course)
    refreshed = 0
    for batch in _batches(course_key):
        refreshed += _refresh_batch(batch, keys)
    _complete_finished(course_key)
    return refreshed


def mark_stale(course_keys: Iterable[UUID]) -> int:
    """Remember that the structure of these courses has changed.

    The task that follows may get lost, the mark stays.
    """
    return CourseProgress.objects.filter(
        enrollment__course_key__in=list(course_keys), is_stale=False
    ).update(is_stale=True)


def refresh_stale() -> int:
    """Compute every course again that has a stale row; return how many courses."""
    keys = set(
        CourseProgress.objects.filter(is_stale=True)
        .values_list("enrollment__course_key", flat=True)
        .distinct()
    )
    for key in keys:
        refresh_course(key)
    return len(keys)


def _lock(enrollment: Enrollment) -> None:
    """Let one completion of a learner in a course happen at a time.

    Each counts what the one before has written.
    """
    # NO KEY: rows that refer to the enrollment may be inserted meanwhile; a full lock could
    # deadlock
    # with two of them.
    Enrollment.objects.select_for_update(no_key=True).only("pk").get(pk=enrollment.pk)


def _locked_progress(enrollment: Enrollment, unit: Page, now: datetime) -> UnitProgress:
    """Return the learner's row of a unit, made if there was none, with `is_completed`."""
    completed = Completion.objects.filter(enrollment=enrollment, unit_key=unit.translation_key)
    rows = (
        UnitProgress.objects.select_for_update()
        .filter(enrollment=enrollment, unit_key=unit.translation_key)
        .annotate(is_completed=Exists(completed))
    )
    progress = rows.first()
    if progress is None:
        fresh = UnitProgress(
            enrollment=enrollment, unit_id=unit.pk, unit_key=unit.translation_key, heartbeat_at=now
        )
        UnitProgress.objects.bulk_create([fresh], ignore_conflicts=True)
        progress = rows.get()
    return progress


def _touch(enrollment: Enrollment, unit_pk: int, now: datetime) -> None:
    """Remember the place to resume at."""
    summary = getattr(enrollment, "progress", None)
    if summary is None:
        CourseProgress.objects.bulk_create(
            [
                CourseProgress(
                    enrollment=enrollment,
                    required=_required_count(enrollment),
                    last_unit_id=unit_pk,
                    last_activity_at=now,
                )
            ],
            ignore_conflicts=True,
        )
        return
    last = summary.last_activity_at
    if summary.last_unit_id == unit_pk and last is not None and now - last < ACTIVITY_RESOLUTION:
        return
    CourseProgress.objects.filter(pk=enrollment.pk).update(
        last_unit_id=unit_pk, last_activity_at=now
    )
    summary.last_unit_id, summary.last_activity_at = unit_pk, now


def _required_count(enrollment: Enrollment) -> int:
    stats = CourseStats.objects.filter(course_id=enrollment.course_id).values_list(
        "required_units_count", flat=True
    )
    return stats.first() or 0


def _refresh_one(enrollment: Enrollment, unit: Page) -> None:
    """Compute one learner's summary again, and complete the course if that was the last unit."""
    now = timezone.now()
    course = (
        CoursePage.objects.filter(path=unit.path[: -2 * unit.steplen]).first() or enrollment.course
    )
    keys = selectors.required_keys(course)
    done = selectors.count_done(enrollment, keys)
    summary, _created = CourseProgress.objects.update_or_create(
        enrollment=enrollment,
        defaults={
            "done": done,
            "required": len(keys),
            "last_unit_id": unit.pk,
            "last_activity_at": now,
            "is_stale": False,
        },
    )
    enrollment.progress = summary
    if keys and done == len(keys) and enrollments.mark_completed(enrollment, at=now):
        send_on_commit(course_completed, Enrollment, enrollment=enrollment)


def _batches(course_key: UUID) -> Iterable[list[UUID]]:
    rows = Enrollment.objects.in_course(course_key).order_by("pk").values_list("pk", flat=True)
    last = None
    while True:
        batch = list((rows.filter(pk__gt=last) if last else rows)[:BATCH])
        if not batch:
            return
        yield batch
        last = batch[-1]


@transaction.atomic
def _refresh_batch(batch: list[UUID], keys: list[UUID]) -> int:
    CourseProgress.objects.bulk_create(
        [CourseProgress(enrollment_id=pk) for pk in batch], ignore_conflicts=True, batch_size=BATCH
    )
    done = (
        Completion.objects.filter(enrollment=OuterRef("enrollment_id"), unit_key__in=keys)
        .order_by()
        .values("enrollment")
        .annotate(n=Count("*"))
        .values("n")
    )
    return CourseProgress.objects.filter(enrollment__in=batch).update(
        done=Coalesce(Subquery(done, output_field=IntegerField()), 0),
        required=len(keys),
        is_stale=False,
    )


def _complete_finished(course_key: UUID) -> None:
    """Complete the course for learners who lacked nothing but a unit that is gone now."""
    finished = Enrollment.objects.in_course(course_key).filter(
        completed_at__isnull=True, progress__required__gt=0, progress__done=F("progress__required")
    )
    now = timezone.now()
    for enrollment in finished.iterator(chunk_size=500):
        if enrollments.mark_completed(enrollment, at=now):
            send_on_commit(course_completed, Enrollment, enrollment=enrollment)


def is_sane_second(value: float) -> bool:
    """Whether a number can be a place in a video."""
    return math.isfinite(value) and 0 <= value <= watch.MAX_SECONDS
