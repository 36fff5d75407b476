from __future__ import annotations

from decimal import Decimal
from uuid import uuid4

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import Page

from learning.grading import services as grading
from learning.grading.selectors import ItemResult, course_result, weighted_percent
from tests.factories import make_lesson, make_module, make_quiz


def item(percent: str | None, weight: str = "1") -> ItemResult:
    return ItemResult(
        unit_uuid=uuid4(),
        title="Quiz",
        url="/",
        weight=Decimal(weight),
        percent=Decimal(percent) if percent else None,
    )


percents = st.decimals(min_value=0, max_value=100, places=2)
weights = st.decimals(min_value="0.01", max_value=9999, places=2)


class TestWeightedPercent:
    @pytest.mark.parametrize(
        ("items", "missing_counts", "expected"),
        [
            ([item("80"), item("40")], False, "60.00"),
            ([item("80", "3"), item("40", "1")], False, "70.00"),
            ([item("80"), item(None)], False, "80.00"),
            ([item("80"), item(None)], True, "40.00"),
            ([item("59.99"), item("60"), item("59.99")], True, "59.99"),
            ([item("100"), item("100"), item("100", "0.33")], True, "100.00"),
        ],
        ids=[
            "mean",
            "weights",
            "missing left out",
            "missing is zero",
            "cut, not rounded",
            "full stays full",
        ],
    )
    def test_it_weighs(self, items: list[ItemResult], missing_counts: bool, expected: str) -> None:
        assert weighted_percent(items, missing_counts=missing_counts) == Decimal(expected)

    def test_nothing_graded_is_no_result(self) -> None:
        assert weighted_percent([item(None)], missing_counts=False) is None

    @given(st.lists(st.tuples(percents, weights), min_size=1, max_size=12))
    def test_it_lies_between_the_worst_and_the_best(
        self, pairs: list[tuple[Decimal, Decimal]]
    ) -> None:
        items = [
            item(str(percent) if percent else "0.00", str(weight)) for percent, weight in pairs
        ]

        result = weighted_percent(items, missing_counts=True)

        assert (
            min(percent for percent, _ in pairs) - Decimal("0.01")
            < result
            <= max(percent for percent, _ in pairs)
        )


@pytest.mark.django_db
class TestCourseResult:
    def test_a_course_with_nothing_to_grade_passes(self, enrolled) -> None:
        Page.objects.get(title="Final quiz").specific.unpublish()

        result = course_result(enrolled)

        assert (result.items, result.percent, result.is_passing) == ([], None, True)

    def test_an_ungraded_quiz_is_no_pass(self, enrolled) -> None:
        result = course_result(enrolled)

        assert (result.percent, result.is_passing) == (None, False)

    def test_optional_units_do_not_count(self, enrolled, course) -> None:
        module = course.get_children().first().specific
        extra = make_quiz(module, "Extra", is_optional=True)
        quiz = Page.objects.get(title="Final quiz").specific
        grading.record_score(enrolled, unit=quiz, percent=Decimal(70))
        grading.record_score(enrolled, unit=extra, percent=Decimal(0))

        assert course_result(enrolled).percent == Decimal("70.00")

    def test_after_completion_a_missing_grade_is_zero(self, enrolled, course) -> None:
        make_quiz(make_module(course, "Late"), "Second quiz")
        quiz = Page.objects.get(title="Final quiz").specific
        grading.record_score(enrolled, unit=quiz, percent=Decimal(100))
        assert course_result(enrolled).percent == Decimal("100.00")

        enrolled.completed_at = timezone.now()

        assert course_result(enrolled).percent == Decimal("50.00")
        assert not course_result(enrolled).is_passing

    def test_its_cost_does_not_grow(self, enrolled, course, django_assert_num_queries) -> None:
        enrolled.course.get_url()
        with django_assert_num_queries(5):
            course_result(enrolled)
        module = make_module(course, "More")
        for number in range(5):
            make_quiz(module, f"Quiz {number}")
            make_lesson(module, f"Lesson {number}")

        with django_assert_num_queries(5):
            course_result(enrolled)
