"""Putting learners into courses and taking them out."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from courses.models import CoursePage, CourseStats
from learning.enrollments import errors
from learning.enrollments import services as enrollments
from learning.enrollments.models import Enrollment, EnrollmentEvent, Entitlement
from learning.signals import enrollment_created
from tests.factories import UserFactory, make_course

pytestmark = pytest.mark.django_db


def figures(course: CoursePage) -> tuple[int, int]:
    stats = CourseStats.objects.get(course=course)
    return stats.enrolled_count, stats.completed_count


class TestEnroll:
    def test_a_free_course_gives_the_right_itself(self, learner: User, course: CoursePage) -> None:
        enrollment = enrollments.enroll(learner, course=course)

        assert enrollment.status == Enrollment.Status.ACTIVE
        assert enrollment.course_key == course.translation_key
        assert enrollment.entitlement is not None
        assert enrollment.entitlement.source == Entitlement.Source.FREE
        assert figures(course) == (1, 0)

    def test_twice_is_once(self, learner: User, course: CoursePage) -> None:
        first = enrollments.enroll(learner, course=course)

        assert enrollments.enroll(learner, course=course) == first
        assert EnrollmentEvent.objects.count() == Entitlement.objects.count() == 1
        assert figures(course) == (1, 0)

    def test_upper_apps_hear_of_it_after_the_commit(
        self, learner: User, course: CoursePage, django_capture_on_commit_callbacks: Any
    ) -> None:
        heard: list[Enrollment] = []
        receiver = lambda enrollment, **_: heard.append(enrollment)  # noqa: E731  a probe
        enrollment_created.connect(receiver)
        with django_capture_on_commit_callbacks(execute=True):
            enrollment = enrollments.enroll(learner, course=course)
            assert heard == []

        assert heard == [enrollment]
        enrollment_created.disconnect(receiver)

    @pytest.mark.parametrize(
        ("opens", "closes"),
        [
            (timedelta(days=1), None),
            (None, timedelta(days=-1)),
            (timedelta(days=1), timedelta(days=2)),
        ],
    )
    def test_it_keeps_to_the_window(
        self, learner: User, course: CoursePage, opens: timedelta | None, closes: timedelta | None
    ) -> None:
        now = timezone.now()
        course.enrollment_opens_at = now + opens if opens else None
        course.enrollment_closes_at = now + closes if closes else None

        with pytest.raises(errors.EnrollmentClosed):
            enrollments.enroll(learner, course=course)

    def test_a_draft_takes_nobody(self, learner: User) -> None:
        with pytest.raises(errors.EnrollmentClosed):
            enrollments.enroll(learner, course=make_course("Draft", live=False))

    def test_the_last_seat_is_taken_once(
        self, learner: User, outsider: User, course: CoursePage
    ) -> None:
        course.capacity = 1
        enrollments.enroll(learner, course=course)

        with pytest.raises(errors.CourseFull):
            enrollments.enroll(outsider, course=course)

    def test_a_withdrawal_frees_the_seat(
        self, learner: User, outsider: User, course: CoursePage
    ) -> None:
        course.capacity = 1
        enrollments.withdraw(enrollments.enroll(learner, course=course), actor=learner)

        assert enrollments.enroll(outsider, course=course).is_open

    def test_prerequisites_come_first_and_stay_met(self, learner: User, course: CoursePage) -> None:
        basics = make_course("Basics")
        course.prerequisites.add(basics)
        course.save()
        with pytest.raises(errors.PrerequisitesNotMet) as raised:
            enrollments.enroll(learner, course=course)
        assert raised.value.extra["missing"][0]["title"] == "Basics"

        done = enrollments.enroll(learner, course=basics)
        enrollments.mark_completed(done, at=timezone.now())
        enrollments.withdraw(done, actor=learner)

        assert enrollments.enroll(learner, course=course).is_open

    def test_a_paid_course_needs_a_live_right(self, learner: User, course: CoursePage) -> None:
        course.price = Decimal("49.00")
        with pytest.raises(errors.PaymentRequired):
            enrollments.enroll(learner, course=course)
        right = Entitlement.objects.create(
            learner=learner,
            course=course,
            course_key=course.translation_key,
            source=Entitlement.Source.ORDER,
        )
        Entitlement.objects.filter(pk=right.pk).update(revoked_at=timezone.now())
        with pytest.raises(errors.PaymentRequired):
            enrollments.enroll(learner, course=course)
        Entitlement.objects.filter(pk=right.pk).update(revoked_at=None)

        assert enrollments.enroll(learner, course=course).entitlement == right

    def test_the_address_must_be_confirmed(self, unverified: User, course: CoursePage) -> None:
        with pytest.raises(errors.EmailNotVerified):
            enrollments.enroll(unverified, course=course)

    @pytest.mark.parametrize("name", ["manager", "admin_user"])
    def test_managers_do_not_enroll_themselves(
        self, name: str, course: CoursePage, request: pytest.FixtureRequest
    ) -> None:
        with pytest.raises(errors.MayNotEnroll):
            enrollments.enroll(request.getfixturevalue(name), course=course)

    def test_a_manager_puts_somebody_into_a_paid_and_closed_course(
        self, learner: User, manager: User, course: CoursePage
    ) -> None:
        course.price, course.enrollment_closes_at = Decimal(10), timezone.now() - timedelta(days=1)

        enrollment = enrollments.enroll(learner, course=course, actor=manager)

        assert enrollment.entitlement is not None
        assert (enrollment.entitlement.source, enrollment.entitlement.granted_by) == (
            "grant",
            manager,
        )
        assert enrollment.events.get().actor == manager

    def test_nobody_else_puts_others_into_a_course(
        self, learner: User, outsider: User, course: CoursePage
    ) -> None:
        with pytest.raises(errors.MayNotEnroll):
            enrollments.enroll(learner, course=course, actor=outsider)

    def test_access_ends_after_the_days_of_the_course(
        self, learner: User, course: CoursePage
    ) -> None:
        course.access_days = 30

        enrollment = enrollments.enroll(learner, course=course)

        assert timedelta(days=29) < enrollment.expires_at - timezone.now() <= timedelta(days=30)


class TestAgain:
    def test_the_same_row_goes_on(self, learner: User, course: CoursePage) -> None:
        first = enrollments.enroll(learner, course=course)
        enrollments.withdraw(first, actor=learner, reason="no time")
        again = enrollments.enroll(learner, course=course)

        assert (again.pk, again.status, again.withdrawn_at) == (first.pk, "active", None)
        assert [event.kind for event in again.events.all()] == ["enrolled", "withdrawn", "resumed"]
        assert figures(course) == (1, 0)

    def test_who_had_completed_has_completed(self, learner: User, course: CoursePage) -> None:
        first = enrollments.enroll(learner, course=course)
        enrollments.mark_completed(first, at=timezone.now())
        enrollments.withdraw(first, actor=learner)

        again = enrollments.enroll(learner, course=course)

        assert again.status == "completed"
        assert again.completed_at == first.completed_at

    def test_an_expired_enrollment_opens_again(self, learner: User, course: CoursePage) -> None:
        enrollment = enrollments.enroll(learner, course=course)
        Enrollment.objects.update(expires_at=timezone.now() - timedelta(hours=1))
        assert enrollments.expire_past_access(timezone.now()) == 1
        assert enrollments.expire_past_access(timezone.now()) == 0
        assert figures(course) == (0, 0)

        assert enrollments.enroll(learner, course=course).pk == enrollment.pk
        assert figures(course) == (1, 0)

    def test_a_suspension_is_lifted_by_staff_only(
        self, learner: User, manager: User, course: CoursePage
    ) -> None:
        enrollment = enrollments.enroll(learner, course=course)
        enrollments.suspend(enrollment, actor=manager, reason="charge-back")
        with pytest.raises(errors.EnrollmentSuspended):
            enrollments.enroll(learner, course=course)

        assert enrollments.reinstate(enrollment, actor=manager).status == "active"
        assert enrollments.reinstate(enrollment, actor=manager).events.count() == 3
        assert figures(course) == (1, 0)


class TestWithdraw:
    def test_twice_is_once(self, learner: User, course: CoursePage) -> None:
        enrollment = enrollments.enroll(learner, course=course)
        enrollments.withdraw(enrollment, actor=learner)
        enrollments.withdraw(enrollment, actor=learner)

        assert enrollment.status == "withdrawn"
        assert enrollment.events.filter(kind="withdrawn").count() == 1
        assert figures(course) == (0, 0)


class TestFigures:
    def test_they_can_be_counted_again(self, course: CoursePage) -> None:
        for _ in range(3):
            enrollments.enroll(UserFactory(), course=course)
        CourseStats.objects.update(enrolled_count=99)

        enrollments.recount(course.translation_key)

        assert figures(course) == (3, 0)

    def test_completion_is_written_once(self, learner: User, course: CoursePage) -> None:
        enrollment = enrollments.enroll(learner, course=course)

        assert enrollments.mark_completed(enrollment, at=timezone.now())
        first = enrollment.completed_at
        assert not enrollments.mark_completed(enrollment, at=timezone.now())
        enrollment.refresh_from_db()
        assert enrollment.completed_at == first
        assert figures(course) == (1, 1)
