"""What is shown of a finished attempt, when, and to whom."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from courses.models import CoursePage
from learning.enrollments.models import Enrollment
from learning.quizzes import selectors, services
from learning.quizzes.models import Attempt, QuizPage
from learning.quizzes.review import EVERYTHING, Visibility, visibility
from learning.quizzes.tests import builders
from learning.quizzes.tests.test_services import sit

NOW = timezone.now()
PAST, FUTURE = NOW - timedelta(days=1), NOW + timedelta(days=1)


def seen(shown: str, when: str, **facts: Any) -> Visibility:
    known = {"has_passed": False, "may_try_again": True, "closes_at": None, "now": NOW} | facts
    return visibility({"shown": shown, "shown_when": when}, **known)


class TestVisibility:
    @pytest.mark.parametrize(
        ("shown", "parts"),
        [
            ("nothing", (False, False, False, False)),
            ("score", (True, False, False, False)),
            ("responses", (True, True, False, False)),
            ("key", (True, True, True, False)),
            ("explanations", (True, True, True, True)),
        ],
    )
    def test_each_level_shows_one_part_more(self, shown: str, parts: tuple[bool, ...]) -> None:
        assert seen(shown, "after_attempt") == Visibility(*parts)

    @pytest.mark.parametrize(
        ("when", "facts", "is_open"),
        [
            ("after_attempt", {}, True),
            ("never", {"has_passed": True}, False),
            ("after_pass", {}, False),
            ("after_pass", {"has_passed": True}, True),
            ("after_pass", {"may_try_again": False}, True),
            ("after_close", {"has_passed": True}, False),
            ("after_close", {"closes_at": FUTURE}, False),
            ("after_close", {"closes_at": PAST}, True),
        ],
    )
    def test_the_time_decides_over_all_but_the_score(
        self, when: str, facts: dict[str, Any], is_open: bool
    ) -> None:
        found = seen("explanations", when, **facts)
        assert found.score is True
        assert found.responses is found.key is found.explanations is is_open


@pytest.mark.django_db
class TestResult:
    def rules(self, course: CoursePage, **rules: Any) -> QuizPage:
        return builders.set_up(course, *builders.every_kind(), **rules)

    def test_the_key_stays_closed_while_another_attempt_is_possible(
        self, learner: User, course: CoursePage, enrolled: Enrollment
    ) -> None:
        quiz = self.rules(course, max_attempts=2)
        first = sit(learner, quiz, right=False)

        assert selectors.result_of(first, viewer=learner).items == []

    def test_the_key_stays_closed_while_the_last_attempt_is_open(
        self, learner: User, course: CoursePage, enrolled: Enrollment
    ) -> None:
        quiz = self.rules(course, max_attempts=2)
        first = sit(learner, quiz, right=False)
        services.start_attempt(learner, quiz=quiz)

        assert selectors.result_of(first, viewer=learner).items == []

    def test_the_key_opens_after_the_last_attempt(
        self, learner: User, course: CoursePage, enrolled: Enrollment
    ) -> None:
        quiz = self.rules(course, max_attempts=1)
        result = selectors.result_of(sit(learner, quiz, right=False), viewer=learner)

        assert len(result.items) == 5
        assert all(item.key_lines for item in result.items)
        assert builders.EXPLANATION_CANARY in result.items[0].explanation
        assert builders.FEEDBACK_CANARY in str(result.items[0].feedback) + str(
            result.items[1].feedback
        ) + "".join(str(item.feedback) for item in result.items)

    def test_extending_the_quiz_closes_the_answers_again(
        self, learner: User, course: CoursePage, enrolled: Enrollment
    ) -> None:
        quiz = self.rules(
            course, shown_when="after_close", closes_at=timezone.now() + timedelta(hours=1)
        )
        attempt = sit(learner, quiz, right=False)
        QuizPage.objects.update(closes_at=timezone.now())
        fresh = Attempt.objects.select_related("quiz").get(pk=attempt.pk)
        assert selectors.result_of(fresh, viewer=learner).seen.key

        QuizPage.objects.update(closes_at=timezone.now() + timedelta(hours=1))
        fresh = Attempt.objects.select_related("quiz").get(pk=attempt.pk)
        assert not selectors.result_of(fresh, viewer=learner).seen.key

    def test_the_responses_come_without_the_key_below_that_level(
        self, learner: User, course: CoursePage, enrolled: Enrollment
    ) -> None:
        quiz = self.rules(course, shown="responses", shown_when="after_attempt")
        result = selectors.result_of(sit(learner, quiz, right=False), viewer=learner)

        for item in result.items:
            assert item.answer_lines
            assert item.right_answer is item.key_lines is item.explanation is item.feedback is None

    def test_nothing_means_not_even_the_score(
        self, learner: User, course: CoursePage, enrolled: Enrollment
    ) -> None:
        quiz = self.rules(course, shown="nothing", shown_when="after_attempt")
        result = selectors.result_of(sit(learner, quiz, right=True), viewer=learner)

        assert (result.score, result.percent, result.passed, result.items) == (None, None, None, [])
        assert selectors.standing(learner, quiz).best is None

    def test_the_team_sees_everything_at_once(
        self, learner: User, instructor: User, course: CoursePage, enrolled: Enrollment
    ) -> None:
        quiz = self.rules(course, shown="nothing", shown_when="never")
        attempt = sit(learner, quiz, right=False)

        assert selectors.result_of(attempt, viewer=instructor).seen == EVERYTHING

    def test_a_manager_sees_answers_but_the_key_only_with_the_learner(
        self, learner: User, manager: User, course: CoursePage, enrolled: Enrollment
    ) -> None:
        quiz = self.rules(course)
        attempt = sit(learner, quiz, right=False)

        result = selectors.result_of(attempt, viewer=manager)
        assert result.items
        assert result.seen == Visibility(score=True, responses=True)

    def test_a_team_member_as_learner_follows_the_rules_for_own_attempts(
        self, learner: User, course: CoursePage, enrolled: Enrollment
    ) -> None:
        quiz = self.rules(course)
        attempt = sit(learner, quiz, right=False)
        course.team_members.create(user=learner)

        assert not selectors.result_of(attempt, viewer=learner).seen.key
