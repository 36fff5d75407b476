"""Writing down what a learner has done."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from courses.models import CoursePage, LessonPage, ModulePage, UnitVersion
from learning.enrollments import services as enrollments
from learning.enrollments.models import Enrollment
from learning.progress import services as progress
from learning.progress.errors import CompletionRuleNotMet
from learning.progress.models import Completion, CourseProgress, UnitProgress
from learning.progress.selectors import required_keys
from learning.quizzes.models import QuizPage
from learning.signals import course_completed, unit_completed
from tests.factories import UserFactory, make_course, make_lesson, make_module, publish

pytestmark = pytest.mark.django_db
BUTTON = Completion.Source.BUTTON


def units_of(course: CoursePage) -> list[Any]:
    lessons = list(LessonPage.objects.descendant_of(course).order_by("path"))
    return [*lessons, *QuizPage.objects.descendant_of(course)]


def summary(enrollment: Enrollment) -> tuple[int, int]:
    row = CourseProgress.objects.get(enrollment=enrollment)
    return row.done, row.required


def complete_all(enrollment: Enrollment, course: CoursePage) -> None:
    for unit in units_of(course):
        progress.complete_unit(enrollment, unit=unit, source=BUTTON)
    enrollment.refresh_from_db()


class TestCompleteUnit:
    def test_it_keeps_version_time_and_source(
        self, enrolled: Enrollment, course: CoursePage
    ) -> None:
        unit = units_of(course)[0]
        at = timezone.now() - timedelta(hours=2)

        completion = progress.complete_unit(
            enrolled, unit=unit, source=Completion.Source.OFFLINE, at=at
        )

        assert (
            completion.version == UnitVersion.objects.filter(unit_key=unit.translation_key).first()
        )
        assert (completion.source, completion.completed_at) == ("offline", at)
        assert summary(enrolled) == (1, 4)

    def test_twice_is_once(self, enrolled: Enrollment, course: CoursePage) -> None:
        unit = units_of(course)[0]
        first = progress.complete_unit(enrolled, unit=unit, source=BUTTON)

        assert progress.complete_unit(enrolled, unit=unit, source=BUTTON) == first
        assert summary(enrolled) == (1, 4)

    def test_the_last_unit_completes_the_course_once(
        self, enrolled: Enrollment, course: CoursePage, django_capture_on_commit_callbacks: Any
    ) -> None:
        heard: list[str] = []
        for signal, name in ((unit_completed, "unit"), (course_completed, "course")):
            signal.connect(
                lambda _name=name, **_kwargs: heard.append(_name),
                weak=False,
                dispatch_uid=f"probe-{name}",
            )
        with django_capture_on_commit_callbacks(execute=True):
            complete_all(enrolled, course)

        assert heard.count("unit") == 4
        assert heard.count("course") == 1
        assert enrolled.status == Enrollment.Status.COMPLETED
        for signal, name in ((unit_completed, "unit"), (course_completed, "course")):
            signal.disconnect(dispatch_uid=f"probe-{name}")

    def test_an_optional_unit_does_not_count(
        self, enrolled: Enrollment, course: CoursePage
    ) -> None:
        optional = units_of(course)[0]
        LessonPage.objects.filter(pk=optional.pk).update(is_optional=True)

        progress.complete_unit(enrolled, unit=optional, source=BUTTON)

        assert summary(enrolled) == (0, 3)

    def test_it_takes_few_queries_whatever_lies_in_the_table(
        self, enrolled: Enrollment, course: CoursePage, django_assert_max_num_queries: Any
    ) -> None:
        first, second, *_ = units_of(course)
        progress.complete_unit(enrolled, unit=first, source=BUTTON)

        with django_assert_max_num_queries(16):
            progress.complete_unit(enrolled, unit=second, source=BUTTON)


class TestContentChanges:
    @pytest.fixture
    def finished(self, enrolled: Enrollment, course: CoursePage) -> Enrollment:
        complete_all(enrolled, course)
        return enrolled

    def test_a_unit_added_later_never_undoes(
        self, finished: Enrollment, course: CoursePage, django_capture_on_commit_callbacks: Any
    ) -> None:
        completed_at = finished.completed_at
        with django_capture_on_commit_callbacks(execute=True):
            make_lesson(ModulePage.objects.child_of(course).first(), "Added later")

        finished.refresh_from_db()
        assert finished.completed_at == completed_at
        assert finished.status == Enrollment.Status.COMPLETED
        assert summary(finished) == (4, 5)
        assert CourseProgress.objects.get().percent == 80

    def test_unpublishing_takes_a_unit_out_and_may_complete(
        self, enrolled: Enrollment, course: CoursePage, django_capture_on_commit_callbacks: Any
    ) -> None:
        *done, last = units_of(course)
        for unit in done:
            progress.complete_unit(enrolled, unit=unit, source=BUTTON)
        with django_capture_on_commit_callbacks(execute=True):
            last.unpublish()

        enrolled.refresh_from_db()
        assert summary(enrolled) == (3, 3)
        assert enrolled.completed_at is not None

    def test_unpublishing_a_module_takes_its_units_out(
        self, enrolled: Enrollment, course: CoursePage, django_capture_on_commit_callbacks: Any
    ) -> None:
        progress.complete_unit(enrolled, unit=units_of(course)[0], source=BUTTON)
        with django_capture_on_commit_callbacks(execute=True):
            ModulePage.objects.child_of(course).last().unpublish()

        assert summary(enrolled) == (1, 2)

    def test_a_move_to_another_course_changes_both(
        self, enrolled: Enrollment, course: CoursePage, django_capture_on_commit_callbacks: Any
    ) -> None:
        other = make_course("Other")
        target = make_module(other)
        other_enrollment = enrollments.enroll(enrolled.learner, course=other)
        progress.refresh_course(other.translation_key)
        progress.complete_unit(enrolled, unit=units_of(course)[0], source=BUTTON)
        with django_capture_on_commit_callbacks(execute=True):
            LessonPage.objects.descendant_of(course).order_by("path").last().move(
                target, pos="last-child"
            )

        assert summary(enrolled) == (1, 3)
        assert summary(other_enrollment) == (0, 1)

    def test_a_deleted_unit_is_taken_out(
        self, enrolled: Enrollment, course: CoursePage, django_capture_on_commit_callbacks: Any
    ) -> None:
        first, second, *_ = units_of(course)
        progress.complete_unit(enrolled, unit=first, source=BUTTON)
        with django_capture_on_commit_callbacks(execute=True):
            second.delete()

        assert summary(enrolled) == (1, 3)

    def test_a_lost_message_is_repaired_by_the_sweep(
        self, enrolled: Enrollment, course: CoursePage
    ) -> None:
        progress.complete_unit(enrolled, unit=units_of(course)[0], source=BUTTON)
        publish(make_lesson(ModulePage.objects.child_of(course).first(), "Added", live=False))
        assert CourseProgress.objects.get().is_stale

        assert progress.refresh_stale() == 1
        assert summary(enrolled) == (1, 5)
        assert progress.refresh_stale() == 0


class TestRefreshCourse:
    def test_the_number_of_queries_does_not_depend_on_the_learners(
        self, course: CoursePage, django_assert_num_queries: Any, django_assert_max_num_queries: Any
    ) -> None:
        def enroll_some(number: int) -> None:
            for _ in range(number):
                enrollment = enrollments.enroll(UserFactory(), course=course)
                progress.complete_unit(enrollment, unit=units_of(course)[0], source=BUTTON)

        enroll_some(1)
        with django_assert_max_num_queries(16) as counted:
            progress.refresh_course(course.translation_key)
        enroll_some(12)
        with django_assert_num_queries(len(counted)):
            assert progress.refresh_course(course.translation_key) == 13

    def test_batches_cover_everybody(
        self, course: CoursePage, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(progress, "BATCH", 2)
        for _ in range(5):
            enrollments.enroll(UserFactory(), course=course)

        assert progress.refresh_course(course.translation_key) == 5
        assert CourseProgress.objects.filter(required=4).count() == 5

    @settings(
        max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    @given(done=st.sets(st.integers(0, 3)), optional=st.sets(st.integers(0, 2)))
    def test_the_summary_is_the_recomputation(
        self, done: set[int], optional: set[int], course: CoursePage, learner: User
    ) -> None:
        enrollment = enrollments.enroll(UserFactory(), course=course)
        lessons = LessonPage.objects.descendant_of(course)
        lessons.update(is_optional=False)
        lessons.filter(pk__in=[units_of(course)[index].pk for index in optional]).update(
            is_optional=True
        )
        units = units_of(course)
        for index in sorted(done):
            progress.complete_unit(enrollment, unit=units[index], source=BUTTON)
        progress.refresh_course(course.translation_key)

        row = CourseProgress.objects.get(enrollment=enrollment)
        assert row.required == len(required_keys(course)) == 4 - len(optional)
        assert row.done == len(done - optional)
        assert 0 <= row.percent <= 100
        assert (row.percent == 100) == (row.done == row.required)


class TestRules:
    def lesson(self, course: CoursePage, **fields: Any) -> LessonPage:
        return make_lesson(ModulePage.objects.child_of(course).first(), "With a rule", **fields)

    def test_opened(self, enrolled: Enrollment, course: CoursePage) -> None:
        lesson = self.lesson(course, completion_rule="opened")

        progress.open_unit(enrolled, unit=lesson)

        assert Completion.objects.get().source == Completion.Source.RULE

    def test_a_button_needs_the_learners_word(
        self, enrolled: Enrollment, course: CoursePage
    ) -> None:
        lesson = self.lesson(course)
        progress.open_unit(enrolled, unit=lesson)
        assert not Completion.objects.exists()

        assert progress.complete_by_learner(enrolled, unit=lesson).source == BUTTON

    def test_dwell_counts_the_servers_seconds(
        self, enrolled: Enrollment, course: CoursePage
    ) -> None:
        lesson = self.lesson(course, completion_rule="dwell", completion_seconds=30)
        start = datetime(2026, 3, 1, 12, tzinfo=timezone.get_current_timezone())
        with time_machine.travel(start, tick=False):
            progress.open_unit(enrolled, unit=lesson)
            progress.record_activity(enrolled, unit=lesson, active_seconds=500)
            assert UnitProgress.objects.get().active_seconds == 0
            with pytest.raises(CompletionRuleNotMet) as raised:
                progress.complete_by_learner(enrolled, unit=lesson)
        assert raised.value.extra == {"rule": "dwell"}
        with time_machine.travel(start + timedelta(seconds=15), tick=False):
            progress.record_activity(enrolled, unit=lesson, active_seconds=15)
        assert not Completion.objects.exists()
        with time_machine.travel(start + timedelta(seconds=30), tick=False):
            progress.record_activity(enrolled, unit=lesson, active_seconds=15)

        assert Completion.objects.get().source == Completion.Source.RULE

    def test_without_scripts_the_clock_lets_a_dwell_be_completed(
        self, enrolled: Enrollment, course: CoursePage
    ) -> None:
        lesson = self.lesson(course, completion_rule="dwell", completion_seconds=30)
        progress.open_unit(enrolled, unit=lesson)
        UnitProgress.objects.update(opened_at=timezone.now() - timedelta(seconds=31))

        assert progress.complete_by_learner(enrolled, unit=lesson).source == BUTTON

    def test_a_video_needs_its_share(self, enrolled: Enrollment, course: CoursePage) -> None:
        lesson = self.lesson(course)
        LessonPage.objects.filter(pk=lesson.pk).update(
            completion_rule="video", completion_percent=90
        )
        lesson.refresh_from_db()
        progress.record_activity(enrolled, unit=lesson, duration_seconds=100, watched=[[0, 50]])
        progress.record_activity(
            enrolled, unit=lesson, duration_seconds=100, watched=[[0, 50], [60, 70]]
        )
        assert not Completion.objects.exists()
        with pytest.raises(CompletionRuleNotMet):
            progress.complete_by_learner(enrolled, unit=lesson)

        progress.record_activity(enrolled, unit=lesson, duration_seconds=100, watched=[[49, 91]])

        assert Completion.objects.get().source == Completion.Source.RULE

    def test_a_quiz_is_completed_by_passing_it(
        self, enrolled: Enrollment, course: CoursePage
    ) -> None:
        with pytest.raises(CompletionRuleNotMet):
            progress.complete_by_learner(enrolled, unit=QuizPage.objects.get())


class TestActivity:
    def test_two_devices_merge(self, enrolled: Enrollment, course: CoursePage) -> None:
        lesson = units_of(course)[0]
        progress.record_activity(
            enrolled, unit=lesson, position_seconds=80, duration_seconds=120, watched=[[0, 80]]
        )
        progress.record_activity(
            enrolled,
            unit=lesson,
            position_seconds=30,
            duration_seconds=90,
            watched=[[10, 30], [90, 95]],
        )

        row = UnitProgress.objects.get()
        assert row.position_seconds == 30
        assert row.duration_seconds == 120
        assert row.watched == [[0.0, 80.0], [90.0, 95.0]]

    def test_it_remembers_the_place_to_resume_at(
        self, enrolled: Enrollment, course: CoursePage
    ) -> None:
        first, second, *_ = units_of(course)
        progress.open_unit(enrolled, unit=first)
        progress.record_activity(enrolled, unit=second, position_seconds=3)

        assert CourseProgress.objects.get().last_unit_id == second.pk

    def test_a_save_takes_few_queries(
        self, enrolled: Enrollment, course: CoursePage, django_assert_max_num_queries: Any
    ) -> None:
        lesson = units_of(course)[0]
        progress.record_activity(enrolled, unit=lesson, position_seconds=1)
        enrolled = Enrollment.objects.select_related("progress").get(pk=enrolled.pk)

        # Two of them are the savepoint that a test's transaction makes of the service's own.
        with django_assert_max_num_queries(4):
            progress.record_activity(
                enrolled, unit=lesson, position_seconds=2, watched=[[0, 2]], active_seconds=1
            )
