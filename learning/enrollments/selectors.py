"""Reading enrollments."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from courses.models import CoursePage
from learning.enrollments.models import Enrollment, Entitlement

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from wagtail.models import Page

    from accounts.models import User
    from learning.enrollments.querysets import EnrollmentQuerySet

    Person = User | AnonymousUser


def enrollment_of(user: Person, course_key: UUID) -> Enrollment | None:
    """Return the person's enrollment in a course, whatever its status, with its progress.

    One query.
    """
    if not user.is_authenticated:
        return None
    return Enrollment.objects.of(user).in_course(course_key).select_related("progress").first()


def open_enrollments_for(user: Person, unit: Page) -> EnrollmentQuerySet:
    """Return the person's enrollment that opens the course of a unit, with its progress; at most
    one row.

    The course is found by the unit's place in the tree: a unit lies in a module, a module in a
    course.
    """
    if not user.is_authenticated:
        return Enrollment.objects.none()
    course_path = unit.path[: -2 * unit.steplen]
    keys = CoursePage.objects.filter(path=course_path).values("translation_key")
    opening = Enrollment.objects.of(user).opening(at=timezone.now())
    return opening.filter(course_key__in=keys).select_related("progress")


def live_entitlement(user: User, course_key: UUID, *, at: datetime) -> Entitlement | None:
    """Return a right to the course that is neither revoked nor run out."""
    return (
        Entitlement.objects.filter(learner=user, course_key=course_key, revoked_at__isnull=True)
        .filter(Q(expires_at__isnull=True) | Q(expires_at__gt=at))
        .order_by("created_at")
        .first()
    )


def missing_prerequisites(user: Person, course: CoursePage) -> list[CoursePage]:
    """Return the published courses that must be completed first.

    A met prerequisite stays met, also after withdrawing.
    """
    # A draft in preview holds its relations in memory, where querysets can do less.
    wanted = [other for other in course.prerequisites.all() if other.live]
    if not wanted or not user.is_authenticated:
        return wanted
    met = set(
        Enrollment.objects.of(user)
        .filter(
            course_key__in=[page.translation_key for page in wanted], completed_at__isnull=False
        )
        .values_list("course_key", flat=True)
    )
    return [page for page in wanted if page.translation_key not in met]


def seats_taken(course: CoursePage) -> int:
    """Count the seats from the rows, not from the figure.

    A wrong figure may mislead nobody about the last seat.
    """
    return Enrollment.objects.in_course(course.translation_key).opening(at=timezone.now()).count()
