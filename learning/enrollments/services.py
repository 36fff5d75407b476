"""Putting learners into courses and taking them out.

An enrollment is never deleted, whatever happens to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import timezone

from courses.models import CoursePage, CourseStats
from learning.enrollments import permissions, selectors
from learning.enrollments.errors import (
    CourseFull,
    EmailNotVerified,
    EnrollmentClosed,
    EnrollmentSuspended,
    MayNotEnroll,
    PaymentRequired,
    PrerequisitesNotMet,
)
from learning.enrollments.models import Enrollment, EnrollmentEvent, Entitlement
from learning.signals import enrollment_created, send_on_commit

if TYPE_CHECKING:
    from accounts.models import User

Status = Enrollment.Status
Kind = EnrollmentEvent.Kind


def enroll(
    user: User,
    *,
    course: CoursePage,
    entitlement: Entitlement | None = None,
    actor: User | None = None,
) -> Enrollment:
    """Put a learner into a course, or open his withdrawn or expired enrollment again.

    Safe to call twice: an open enrollment is returned as it is. `actor` is who does it when it is
    not the learner; staff who put somebody into a course are not bound by window, prerequisites and
    price.
    """
    by_staff = actor is not None and actor.pk != user.pk
    _check_person(user, actor=actor if by_staff else None)
    with lock_course(course):
        enrollment = selectors.enrollment_of(user, course.translation_key)
        if permissions.opens_course(enrollment):
            return enrollment  # type: ignore[return-value]
        _check_course(user, course, enrollment, by_staff=by_staff)
        right = entitlement or _entitle(user, course, granted_by=actor if by_staff else None)
        if enrollment is None:
            return _create(user, course, right, actor=actor or user)
        return _resume(enrollment, course, right, actor=actor or user)


def withdraw(enrollment: Enrollment, *, actor: User, reason: str = "") -> Enrollment:
    """End a learner's access and free the seat.

    Every record stays; enrolling again goes on where it ended.
    """
    return _change(enrollment, to=Status.WITHDRAWN, kind=Kind.WITHDRAWN, actor=actor, reason=reason)


def suspend(enrollment: Enrollment, *, actor: User | None, reason: str = "") -> Enrollment:
    """Pause a learner's access, for example after a charge-back. Only `reinstate` lifts it."""
    return _change(enrollment, to=Status.SUSPENDED, kind=Kind.SUSPENDED, actor=actor, reason=reason)


@transaction.atomic
def reinstate(enrollment: Enrollment, *, actor: User | None, reason: str = "") -> Enrollment:
    """Lift a suspension."""
    changed = Enrollment.objects.filter(pk=enrollment.pk, status=Status.SUSPENDED).update(
        status=_open_status(enrollment)
    )
    if changed:
        _note(enrollment, Kind.REINSTATED, actor=actor, reason=reason)
        _count(enrollment, enrolled=+1)
    enrollment.refresh_from_db()
    return enrollment


def expire_past_access(now: datetime) -> int:
    """Close open enrollments whose access has run out; return how many."""
    expired = 0
    for enrollment in Enrollment.objects.past_access(at=now).iterator(chunk_size=500):
        _change(enrollment, to=Status.EXPIRED, kind=Kind.EXPIRED, actor=None)
        expired += enrollment.status == Status.EXPIRED
    return expired


@transaction.atomic
def mark_completed(enrollment: Enrollment, *, at: datetime) -> bool:
    """Write down that the course is complete.

    Return whether this call did it. It is never taken back.
    """
    changed = Enrollment.objects.filter(pk=enrollment.pk, completed_at__isnull=True).update(
        completed_at=at
    )
    if not changed:
        return False
    Enrollment.objects.filter(pk=enrollment.pk, status=Status.ACTIVE).update(
        status=Status.COMPLETED
    )
    enrollment.refresh_from_db(fields=["status", "completed_at"])
    _note(enrollment, Kind.COMPLETED, actor=None)
    _count(enrollment, completed=+1)
    return True


@transaction.atomic
def recount(course_key: UUID) -> None:
    """Count a course's learners again from the rows."""
    rows = Enrollment.objects.in_course(course_key)
    CourseStats.objects.filter(course__translation_key=course_key).update(
        enrolled_count=rows.taking_seats().count(),
        completed_count=rows.filter(completed_at__isnull=False).count(),
    )


@contextmanager
def lock_course(course: CoursePage) -> Iterator[None]:
    """Let one enrollment of a course happen at a time, so that two cannot take the last seat."""
    with transaction.atomic():
        CourseStats.objects.get_or_create(course=course)
        CourseStats.objects.select_for_update().get(course=course)
        yield


def _check_person(user: User, *, actor: User | None) -> None:
    if actor is not None:
        if not permissions.user_may_enroll_others(actor):
            raise MayNotEnroll
        return
    if not permissions.user_may_enroll_self(user):
        raise MayNotEnroll
    if not permissions.user_has_verified_email(user):
        raise EmailNotVerified


def _check_course(
    user: User, course: CoursePage, enrollment: Enrollment | None, *, by_staff: bool
) -> None:
    if enrollment is not None and enrollment.status == Status.SUSPENDED:
        raise EnrollmentSuspended
    if not by_staff:
        if not course.live or not course.is_open_for_enrollment:
            raise EnrollmentClosed
        missing = selectors.missing_prerequisites(user, course)
        if missing:
            raise PrerequisitesNotMet(
                missing=[
                    {"uuid": str(page.translation_key), "title": page.title} for page in missing
                ]
            )
    if course.capacity is not None and selectors.seats_taken(course) >= course.capacity:
        raise CourseFull


def _entitle(user: User, course: CoursePage, *, granted_by: User | None) -> Entitlement:
    """Return the right by which the learner takes the course; a free course and staff give one."""
    existing = selectors.live_entitlement(user, course.translation_key, at=timezone.now())
    if existing is not None:
        return existing
    if granted_by is None and not course.is_free:
        raise PaymentRequired
    source = Entitlement.Source.FREE if granted_by is None else Entitlement.Source.GRANT
    # One live right per source: one whose time is over makes room for the new one.
    now = timezone.now()
    Entitlement.objects.filter(
        learner=user,
        course_key=course.translation_key,
        source=source,
        revoked_at__isnull=True,
        expires_at__lte=now,
    ).update(revoked_at=now)
    return Entitlement.objects.create(
        learner=user,
        course=course,
        course_key=course.translation_key,
        source=source,
        granted_by=granted_by,
    )


def _create(user: User, course: CoursePage, right: Entitlement, *, actor: User) -> Enrollment:
    now = timezone.now()
    enrollment = Enrollment.objects.create(
        learner=user,
        course=course,
        course_key=course.translation_key,
        entitlement=right,
        enrolled_at=now,
        expires_at=_access_end(course, right, now),
    )
    _note(enrollment, Kind.ENROLLED, actor=actor)
    _count(enrollment, enrolled=+1)
    send_on_commit(enrollment_created, Enrollment, enrollment=enrollment)
    return enrollment


def _resume(
    enrollment: Enrollment, course: CoursePage, right: Entitlement, *, actor: User
) -> Enrollment:
    took_seat = (
        enrollment.is_open
    )  # by status; its access has run out and the sweep has not seen it yet
    enrollment.status = _open_status(enrollment)
    enrollment.entitlement = right
    enrollment.expires_at = _access_end(course, right, timezone.now())
    enrollment.withdrawn_at = None
    enrollment.save(update_fields=["status", "entitlement", "expires_at", "withdrawn_at"])
    _note(enrollment, Kind.RESUMED, actor=actor)
    if not took_seat:
        _count(enrollment, enrolled=+1)
    return enrollment


def _access_end(course: CoursePage, right: Entitlement, now: datetime) -> datetime | None:
    ends = [
        right.expires_at,
        now + timedelta(days=course.access_days) if course.access_days else None,
    ]
    return min((end for end in ends if end is not None), default=None)


def _open_status(enrollment: Enrollment) -> Status:
    return Status.COMPLETED if enrollment.completed_at else Status.ACTIVE


@transaction.atomic
def _change(
    enrollment: Enrollment, *, to: Status, kind: Kind, actor: User | None, reason: str = ""
) -> Enrollment:
    """Close an open enrollment.

    Compare-and-set: of two calls at the same time one does it, the other finds it done.
    """
    closing = Enrollment.objects.filter(pk=enrollment.pk, status__in=Enrollment.OPEN_STATUSES)
    fields = {"withdrawn_at": timezone.now()} if to == Status.WITHDRAWN else {}
    if closing.update(status=to, **fields):
        _note(enrollment, kind, actor=actor, reason=reason)
        _count(enrollment, enrolled=-1)
    enrollment.refresh_from_db(fields=["status", "withdrawn_at"])
    return enrollment


def _note(enrollment: Enrollment, kind: Kind, *, actor: User | None, reason: str = "") -> None:
    EnrollmentEvent.objects.create(
        enrollment=enrollment, kind=kind, actor=actor, reason=reason[:300]
    )


def _count(enrollment: Enrollment, *, enrolled: int = 0, completed: int = 0) -> None:
    CourseStats.objects.filter(course_id=enrollment.course_id).update(
        enrolled_count=Greatest(F("enrolled_count") + enrolled, 0),
        completed_count=Greatest(F("completed_count") + completed, 0),
    )
