"""What must hold when many do the same at the same moment, each with its lock off as a control that
fails.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from django.db import connections

from accounts.models import User
from courses.models import CoursePage, CourseStats, LessonPage
from learning.enrollments import selectors
from learning.enrollments import services as enrollments
from learning.enrollments.models import Enrollment, Entitlement
from learning.progress import services as progress
from learning.progress.models import Completion, CourseProgress
from portal.common.errors import DomainError
from tests.factories import UserFactory, build_course

pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE = 6


@pytest.fixture
def busy_course(db: Any) -> CoursePage:
    return build_course("Busy course")


def together(tasks: list[Callable[[], Any]]) -> list[BaseException]:
    """Run tasks in threads that start at the same moment.

    Return what they raised beside broken rules.
    """
    barrier = threading.Barrier(len(tasks))
    raised: list[BaseException] = []

    def run(task: Callable[[], Any]) -> None:
        try:
            barrier.wait(10)
            task()
        except DomainError:
            pass
        except Exception as error:  # noqa: BLE001  whatever it is, the test looks at it
            raised.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(task,)) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return raised


@contextmanager
def no_lock(course: CoursePage) -> Iterator[None]:
    """The control: neither a locked row nor a transaction that would serialize the writers."""
    CourseStats.objects.get_or_create(course=course)
    yield


def slowly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hold everybody between looking and writing until all have looked, so that a missing lock is
    sure to show.
    """
    gate = threading.Barrier(PEOPLE)
    original = enrollments._entitle

    def wait(*args: Any, **kwargs: Any) -> Entitlement:
        right = original(*args, **kwargs)
        with suppress(threading.BrokenBarrierError):
            gate.wait(1)
        return right

    monkeypatch.setattr(enrollments, "_entitle", wait)


def take_last_seat(course: CoursePage) -> list[BaseException]:
    CoursePage.objects.filter(pk=course.pk).update(capacity=1)
    course.refresh_from_db()
    people = [UserFactory() for _ in range(PEOPLE)]
    return together([lambda user=user: enrollments.enroll(user, course=course) for user in people])


def enroll_often(user: User, course: CoursePage) -> list[BaseException]:
    return together([lambda: enrollments.enroll(user, course=course) for _ in range(PEOPLE)])


class TestLastSeat:
    def test_one_gets_it(self, busy_course: CoursePage) -> None:
        assert take_last_seat(busy_course) == []
        assert Enrollment.objects.open().count() == 1
        assert CourseStats.objects.get(course=busy_course).enrolled_count == 1

    def test_control_without_the_lock_several_get_it(
        self, busy_course: CoursePage, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(enrollments, "lock_course", no_lock)
        slowly(monkeypatch)

        take_last_seat(busy_course)

        assert Enrollment.objects.open().count() > 1


class TestDoubleEnroll:
    def test_there_is_one_row_and_nobody_sees_an_error(self, busy_course: CoursePage) -> None:
        user = UserFactory()

        assert enroll_often(user, busy_course) == []
        assert Enrollment.objects.count() == Entitlement.objects.count() == 1
        assert CourseStats.objects.get(course=busy_course).enrolled_count == 1

    def test_control_without_the_lock_some_fail(
        self, busy_course: CoursePage, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(enrollments, "lock_course", no_lock)
        slowly(monkeypatch)
        user = UserFactory()
        Entitlement.objects.create(
            learner=user,
            course=busy_course,
            course_key=busy_course.translation_key,
            source=Entitlement.Source.FREE,
        )

        assert enroll_often(user, busy_course) != []
        assert Enrollment.objects.count() == 1  # the constraint of the database is the last line


class TestProgress:
    def test_completions_at_the_same_moment_are_all_counted(self, busy_course: CoursePage) -> None:
        user = UserFactory()
        enrollment = enrollments.enroll(user, course=busy_course)
        units = list(LessonPage.objects.descendant_of(busy_course))

        def complete(unit: LessonPage) -> None:
            own = selectors.enrollment_of(user, busy_course.translation_key)
            assert own is not None
            progress.complete_unit(own, unit=unit, source=Completion.Source.BUTTON)

        raised = together([lambda unit=unit: complete(unit) for unit in units * 2])

        assert raised == []
        assert Completion.objects.count() == 3
        assert CourseProgress.objects.get(enrollment=enrollment).done == 3

    def test_two_devices_lose_no_range(self, busy_course: CoursePage) -> None:
        user = UserFactory()
        enrollments.enroll(user, course=busy_course)
        unit = LessonPage.objects.descendant_of(busy_course).first()

        def save(number: int) -> None:
            own = selectors.enrollment_of(user, busy_course.translation_key)
            assert own is not None
            progress.record_activity(own, unit=unit, watched=[[number * 10, number * 10 + 5]])

        raised = together([lambda number=number: save(number) for number in range(PEOPLE)])

        assert raised == []
        row = Enrollment.objects.get().unit_progress.get()
        assert len(row.watched) == PEOPLE
