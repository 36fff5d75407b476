from __future__ import annotations

import threading
from decimal import Decimal

import pytest
from django.db import connection
from django.dispatch import Signal
from wagtail.models import Page

from learning.grading import services as grading
from learning.grading.models import CourseGrade, Grade, GradeItem
from learning.signals import course_grade_changed
from tests.factories import make_module, make_quiz


@pytest.fixture
def quiz(course) -> Page:
    return Page.objects.get(title="Final quiz").specific


@pytest.fixture
def heard() -> list:
    events: list = []

    def listen(sender: type, **kwargs: object) -> None:
        events.append(kwargs["enrollment"])

    signal: Signal = course_grade_changed
    signal.connect(listen)
    yield events
    signal.disconnect(listen)


@pytest.mark.django_db
class TestRecordScore:
    def test_it_stores_item_grade_and_course_grade(self, enrolled, quiz) -> None:
        grade = grading.record_score(enrolled, unit=quiz, percent=Decimal("83.339"))

        assert grade.percent == Decimal("83.33")
        assert (grade.item.unit_key, grade.item.course_key) == (
            quiz.translation_key,
            enrolled.course_key,
        )
        assert CourseGrade.objects.get().percent == Decimal("83.33")
        assert CourseGrade.objects.get().is_passing

    def test_a_second_call_replaces_the_score(self, enrolled, quiz) -> None:
        grading.record_score(enrolled, unit=quiz, percent=Decimal(20))
        grading.record_score(enrolled, unit=quiz, percent=Decimal(90))

        assert Grade.objects.get().percent == 90
        assert GradeItem.objects.count() == 1

    @pytest.mark.parametrize("percent", ["NaN", "sNaN", "Infinity", "-0.01", "100.01", "1e308"])
    def test_it_refuses_what_is_no_percentage(self, enrolled, quiz, percent: str) -> None:
        with pytest.raises(ValueError, match="percentage"):
            grading.record_score(enrolled, unit=quiz, percent=Decimal(percent))

        assert not Grade.objects.exists()

    def test_just_below_the_line_is_below_it(self, enrolled, quiz) -> None:
        grading.record_score(enrolled, unit=quiz, percent=Decimal("59.9999"))

        assert not CourseGrade.objects.get().is_passing

    def test_the_item_follows_the_title_of_its_unit(self, enrolled, quiz) -> None:
        grading.record_score(enrolled, unit=quiz, percent=Decimal(50))
        quiz.title = "Renamed"

        grading.record_score(enrolled, unit=quiz, percent=Decimal(50))

        assert GradeItem.objects.get().title == "Renamed"

    def test_it_tells_about_changes_only(
        self, enrolled, quiz, heard, django_capture_on_commit_callbacks
    ) -> None:
        for percent, told in [(50, 1), (50, 1), (70, 2), (70, 2)]:
            with django_capture_on_commit_callbacks(execute=True):
                grading.record_score(enrolled, unit=quiz, percent=Decimal(percent))
            assert len(heard) == told

    def test_refreshing_follows_a_changed_passing_grade(self, enrolled, quiz) -> None:
        grading.record_score(enrolled, unit=quiz, percent=Decimal(70))
        enrolled.course.passing_grade = 80

        result = grading.refresh_course_grade(enrolled)

        assert not result.is_passing
        assert not CourseGrade.objects.get().is_passing

    def test_a_course_that_lost_its_quizzes_has_no_grade(self, enrolled, quiz) -> None:
        grading.record_score(enrolled, unit=quiz, percent=Decimal(70))
        quiz.unpublish()

        assert grading.refresh_course_grade(enrolled).is_passing
        assert not CourseGrade.objects.exists()
        assert Grade.objects.count() == 1


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
class TestInParallel:
    def test_scores_of_several_units_all_reach_the_course_grade(self, enrolled, course) -> None:
        module = make_module(course, "Many")
        quizzes = [make_quiz(module, f"Quiz {number}") for number in range(5)]
        quizzes.append(Page.objects.get(title="Final quiz").specific)
        errors: list[Exception] = []

        def push(unit: Page) -> None:
            try:
                grading.record_score(enrolled, unit=unit, percent=Decimal(60))
                grading.record_score(enrolled, unit=unit, percent=Decimal(90))
            except Exception as error:  # noqa: BLE001  a thread has nobody else to tell
                errors.append(error)
            finally:
                connection.close()

        threads = [threading.Thread(target=push, args=[unit]) for unit in [*quizzes, *quizzes]]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert not errors
        assert Grade.objects.count() == len(quizzes)
        assert CourseGrade.objects.get().percent == 90
