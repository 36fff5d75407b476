"""Starting, answering, handing in, running out of time."""

from __future__ import annotations

import uuid
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from courses.models import CoursePage
from learning.enrollments.models import Enrollment
from learning.grading.models import Grade
from learning.progress.models import Completion
from learning.quizzes import services
from learning.quizzes.errors import (
    AttemptClosed,
    AttemptLimitReached,
    EnrollmentEnded,
    InvalidAnswer,
    QuizClosed,
    QuizEmpty,
    QuizNotOpen,
    UnknownQuestion,
)
from learning.quizzes.models import Attempt, QuizPage, Response
from learning.quizzes.tasks import expire_attempts
from learning.quizzes.tests import builders
from learning.signals import attempt_graded
from tests.factories import publish

pytestmark = pytest.mark.django_db


def answer_all(attempt: Attempt, *, right: bool = True) -> None:
    pick = builders.right_answer if right else builders.wrong_answer
    for question in builders.questions_of(attempt):
        services.save_response(
            attempt,
            question_id=uuid.UUID(question["id"]),
            answer=pick(attempt, question),
            sequence=1,
        )


def sit(user: User, quiz: QuizPage, *, right: bool) -> Attempt:
    attempt = services.start_attempt(user, quiz=quiz)
    answer_all(attempt, right=right)
    return services.submit_attempt(attempt)


class TestStartAttempt:
    def test_it_freezes_paper_key_rules_and_version(
        self, learner: User, quiz: QuizPage, enrolled: Enrollment
    ) -> None:
        attempt = services.start_attempt(learner, quiz=quiz)
        before = (attempt.paper, attempt.key, attempt.policy, attempt.version_id)

        builders.set_up(quiz.course, builders.truth(), passing_percent=1, shown="nothing")

        again = Attempt.objects.get(pk=attempt.pk)
        assert (again.paper, again.key, again.policy, again.version_id) == before
        assert attempt.max_score == Decimal("6.50")
        assert attempt.enrollment == enrolled
        assert attempt.number == 1

    def test_the_open_attempt_is_returned_again(self, learner: User, attempt: Attempt) -> None:
        assert services.start_attempt(learner, quiz=attempt.quiz) == attempt
        assert Attempt.objects.count() == 1

    def test_the_limit_holds(self, learner: User, course: CoursePage, enrolled: Enrollment) -> None:
        quiz = builders.set_up(course, max_attempts=2)
        for _number in range(2):
            sit(learner, quiz, right=False)

        with pytest.raises(AttemptLimitReached):
            services.start_attempt(learner, quiz=quiz)

    def test_a_closed_quiz_takes_no_more(
        self, learner: User, course: CoursePage, enrolled: Enrollment
    ) -> None:
        quiz = builders.set_up(course, closes_at=timezone.now() - timedelta(seconds=1))
        with pytest.raises(QuizClosed):
            services.start_attempt(learner, quiz=quiz)

    def test_a_quiz_without_questions_cannot_be_sat(
        self, learner: User, course: CoursePage, enrolled: Enrollment
    ) -> None:
        quiz = builders.quiz_of(course)
        quiz.questions = []
        publish(quiz)
        with pytest.raises(QuizEmpty):
            services.start_attempt(learner, quiz=QuizPage.objects.get(pk=quiz.pk))

    def test_who_is_not_enrolled_cannot_start(self, outsider: User, quiz: QuizPage) -> None:
        with pytest.raises(QuizNotOpen) as refused:
            services.start_attempt(outsider, quiz=quiz)
        assert refused.value.code == "not_enrolled"

    def test_who_has_withdrawn_cannot_start(
        self, learner: User, quiz: QuizPage, enrolled: Enrollment
    ) -> None:
        Enrollment.objects.update(status=Enrollment.Status.WITHDRAWN)
        with pytest.raises(QuizNotOpen):
            services.start_attempt(learner, quiz=quiz)

    def test_in_a_sequential_course_the_steps_before_come_first(
        self, learner: User, quiz: QuizPage, enrolled: Enrollment
    ) -> None:
        course = quiz.course
        course.order = CoursePage.Order.SEQUENTIAL
        publish(course)
        with pytest.raises(QuizNotOpen) as refused:
            services.start_attempt(learner, quiz=QuizPage.objects.get(pk=quiz.pk))
        assert refused.value.code == "locked"

    def test_a_manager_reads_courses_but_takes_no_quiz(self, manager: User, quiz: QuizPage) -> None:
        with pytest.raises(QuizNotOpen):
            services.start_attempt(manager, quiz=quiz)

    def test_the_team_makes_previews_without_limit(
        self, instructor: User, course: CoursePage
    ) -> None:
        quiz = builders.set_up(course, max_attempts=1, closes_at=timezone.now() - timedelta(days=1))
        for _number in range(3):
            attempt = sit(instructor, quiz, right=True)

        assert attempt.is_preview
        assert attempt.enrollment is None
        assert attempt.passed
        assert not Grade.objects.exists()
        assert not Completion.objects.exists()

    def test_the_deadline_is_the_earlier_of_limit_and_closing(
        self, learner: User, course: CoursePage, enrolled: Enrollment
    ) -> None:
        closes_at = timezone.now() + timedelta(minutes=10)
        quiz = builders.set_up(course, time_limit_minutes=30, closes_at=closes_at)
        assert services.start_attempt(learner, quiz=quiz).deadline == closes_at

    def test_an_expired_open_attempt_is_graded_first(
        self, learner: User, course: CoursePage, enrolled: Enrollment
    ) -> None:
        quiz = builders.set_up(course, time_limit_minutes=30)
        first = services.start_attempt(learner, quiz=quiz)
        with time_machine.travel(first.deadline + timedelta(seconds=1), tick=False):
            second = services.start_attempt(learner, quiz=quiz)

        first.refresh_from_db()
        assert first.status == Attempt.Status.EXPIRED
        assert first.score == 0
        assert second.number == 2

    def test_a_preview_ends_when_its_author_becomes_a_learner(
        self, course: CoursePage, co_instructor: User
    ) -> None:
        quiz = builders.set_up(course)
        preview = services.start_attempt(co_instructor, quiz=quiz)
        course.team_members.all().delete()
        Enrollment.objects.create(
            learner=co_instructor,
            course=course,
            course_key=course.translation_key,
            enrolled_at=timezone.now(),
        )

        attempt = services.start_attempt(co_instructor, quiz=quiz)

        preview.refresh_from_db()
        assert preview.status == Attempt.Status.EXPIRED
        assert not attempt.is_preview


class TestSaveResponse:
    def save(
        self, attempt: Attempt, answer: Any, sequence: int, *, kind: str = "short_text"
    ) -> Response:
        question = next(q for q in builders.questions_of(attempt) if q["kind"] == kind)
        return services.save_response(
            attempt, question_id=uuid.UUID(question["id"]), answer=answer, sequence=sequence
        )

    def test_it_stores_the_answer(self, attempt: Attempt) -> None:
        self.save(attempt, "first", 1)
        assert Response.objects.get().answer == "first"

    def test_a_newer_answer_overwrites(self, attempt: Attempt) -> None:
        self.save(attempt, "first", 1)
        self.save(attempt, "second", 2)
        assert Response.objects.get().answer == "second"

    def test_an_older_answer_never_overwrites(self, attempt: Attempt) -> None:
        self.save(attempt, "second", 2)
        stored = self.save(attempt, "first", 1)

        assert (stored.answer, stored.sequence) == ("second", 2)
        assert Response.objects.get().answer == "second"

    def test_saving_twice_is_saving_once(self, attempt: Attempt) -> None:
        first = self.save(attempt, "same", 1)
        assert self.save(attempt, "same", 1).pk == first.pk
        assert Response.objects.count() == 1

    def test_an_answer_can_be_taken_back(self, attempt: Attempt) -> None:
        self.save(attempt, "first", 1)
        self.save(attempt, None, 2)
        assert Response.objects.get().answer is None
        assert services.submit_attempt(attempt).score == 0

    @given(order=st.permutations(range(5)))
    @settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_the_order_of_arrival_does_not_matter(self, attempt: Attempt, order: list[int]) -> None:
        Response.objects.all().delete()
        for sequence in order:
            self.save(attempt, f"answer {sequence}", sequence)
        assert Response.objects.get().answer == "answer 4"

    def test_a_question_of_another_attempt_is_refused(self, attempt: Attempt) -> None:
        with pytest.raises(UnknownQuestion):
            services.save_response(attempt, question_id=uuid.uuid4(), answer="x", sequence=1)

    def test_an_option_of_another_paper_is_refused(self, classmate: User, attempt: Attempt) -> None:
        other = services.start_attempt(classmate, quiz=attempt.quiz)
        foreign = next(q for q in builders.questions_of(other) if q["kind"] == "single_choice")[
            "options"
        ][0]["id"]
        with pytest.raises(InvalidAnswer):
            self.save(attempt, foreign, 1, kind="single_choice")

    def test_nothing_is_stored_after_handing_in(self, attempt: Attempt) -> None:
        stale = Attempt.objects.select_related("quiz", "enrollment").get(pk=attempt.pk)
        services.submit_attempt(attempt)
        for copy in (attempt, stale):
            with pytest.raises(AttemptClosed):
                self.save(copy, "late", 1)
        assert not Response.objects.exists()

    def test_answers_on_their_way_at_the_deadline_are_taken(
        self, learner: User, course: CoursePage, enrolled: Enrollment
    ) -> None:
        quiz = builders.set_up(course, *builders.every_kind(), time_limit_minutes=5)
        attempt = services.start_attempt(learner, quiz=quiz)
        with time_machine.travel(attempt.deadline + timedelta(seconds=3), tick=False):
            self.save(attempt, "just in time", 1)
        with (
            time_machine.travel(attempt.deadline + timedelta(seconds=6), tick=False),
            pytest.raises(AttemptClosed),
        ):
            self.save(attempt, "too late", 2)

        attempt.refresh_from_db()
        assert attempt.status == Attempt.Status.EXPIRED
        assert Response.objects.get().answer == "just in time"

    def test_who_has_left_the_course_cannot_answer(self, attempt: Attempt) -> None:
        Enrollment.objects.update(status=Enrollment.Status.WITHDRAWN)
        fresh = Attempt.objects.select_related("quiz", "enrollment").get(pk=attempt.pk)
        with pytest.raises(EnrollmentEnded):
            self.save(fresh, "x", 1)
        with pytest.raises(EnrollmentEnded):
            services.submit_attempt(fresh)

    def test_an_open_attempt_outlives_its_page(self, attempt: Attempt) -> None:
        QuizPage.objects.get(pk=attempt.quiz_id).unpublish()
        self.save(attempt, "still here", 1)
        assert services.submit_attempt(attempt).status == Attempt.Status.GRADED


class TestSaveAnswers:
    def test_it_stores_what_is_valid_and_says_what_is_not(self, attempt: Attempt) -> None:
        by_kind = {question["kind"]: question["id"] for question in builders.questions_of(attempt)}
        answers = {
            by_kind["short_text"]: "word",
            by_kind["numeric"]: "many",
            by_kind["true_false"]: None,
        }

        errors = services.save_answers(attempt, answers=answers)

        assert list(errors) == [by_kind["numeric"]]
        assert Response.objects.get().answer == "word"

    def test_it_changes_and_clears(
        self, attempt: Attempt, django_assert_max_num_queries: Any
    ) -> None:
        by_kind = {question["kind"]: question["id"] for question in builders.questions_of(attempt)}
        first = {by_kind["short_text"]: "word", by_kind["true_false"]: True}
        services.save_answers(attempt, answers=first)
        with django_assert_max_num_queries(8):
            services.save_answers(
                attempt, answers={by_kind["short_text"]: "other", by_kind["true_false"]: None}
            )

        assert {r.answer for r in Response.objects.all()} == {"other", None}


class TestSubmitAttempt:
    def test_it_grades(self, attempt: Attempt) -> None:
        answer_all(attempt)
        services.submit_attempt(attempt)

        attempt.refresh_from_db()
        assert attempt.status == Attempt.Status.GRADED
        assert attempt.score == attempt.max_score
        assert attempt.passed
        assert attempt.percent == 100
        assert sum(response.score for response in attempt.responses.all()) == attempt.score

    def test_passing_completes_the_unit_and_tells_the_gradebook(self, attempt: Attempt) -> None:
        answer_all(attempt)
        services.submit_attempt(attempt)

        assert Grade.objects.get().percent == 100
        completion = Completion.objects.get()
        assert completion.unit_key == attempt.quiz_key
        assert completion.source == Completion.Source.QUIZ

    def test_failing_does_not_complete(self, attempt: Attempt) -> None:
        answer_all(attempt, right=False)
        services.submit_attempt(attempt)

        assert attempt.passed is False
        assert Grade.objects.get().percent == 0
        assert not Completion.objects.exists()

    def test_the_best_attempt_counts(
        self, learner: User, quiz: QuizPage, enrolled: Enrollment
    ) -> None:
        sit(learner, quiz, right=True)
        sit(learner, quiz, right=False)
        assert Grade.objects.get().percent == 100

    @pytest.mark.parametrize(("passing", "passed"), [(33, True), (34, False)])
    def test_the_limit_is_compared_exactly(
        self, learner: User, course: CoursePage, enrolled: Enrollment, passing: int, passed: bool
    ) -> None:
        questions = [
            builders.truth(),
            builders.truth(answer="false"),
            builders.truth(answer="false"),
        ]
        quiz = builders.set_up(course, *questions, passing_percent=passing)
        attempt = services.start_attempt(learner, quiz=quiz)
        for question in builders.questions_of(attempt):
            services.save_response(attempt, question_id=question["id"], answer=True, sequence=1)

        services.submit_attempt(attempt)

        assert attempt.percent == 33
        assert attempt.passed is passed

    def test_handing_in_again_changes_nothing(
        self, attempt: Attempt, django_capture_on_commit_callbacks: Any
    ) -> None:
        sent: list[Any] = []
        attempt_graded.connect(
            receiver := lambda **kwargs: sent.append(kwargs["attempt"]), weak=False
        )
        stale = Attempt.objects.select_related("quiz", "enrollment").get(pk=attempt.pk)
        answer_all(attempt)

        with django_capture_on_commit_callbacks(execute=True):
            first = services.submit_attempt(attempt)
            again = services.submit_attempt(stale)

        attempt_graded.disconnect(receiver)
        assert again.score == first.score
        assert again.submitted_at == first.submitted_at
        assert len(sent) == 1

    def test_the_stored_score_is_what_regrading_gives(self, attempt: Attempt) -> None:
        for number, question in enumerate(builders.questions_of(attempt)):
            pick = builders.right_answer if number % 2 else builders.wrong_answer
            services.save_response(
                attempt, question_id=question["id"], answer=pick(attempt, question), sequence=1
            )
        services.submit_attempt(attempt)

        assert services.regrade(attempt) == attempt.score
        assert services.regrade(attempt) == services.regrade(attempt)
        assert 0 < attempt.score < attempt.max_score


class TestExpiry:
    def test_the_sweep_grades_what_was_saved(
        self, learner: User, course: CoursePage, enrolled: Enrollment
    ) -> None:
        quiz = builders.set_up(course, *builders.every_kind(), time_limit_minutes=5)
        attempt = services.start_attempt(learner, quiz=quiz)
        answer_all(attempt)

        with time_machine.travel(attempt.deadline + timedelta(seconds=4), tick=False):
            assert services.expire_overdue(timezone.now()) == 0
        with time_machine.travel(attempt.deadline + timedelta(seconds=6), tick=False):
            assert expire_attempts() == "1 attempts graded"
            assert expire_attempts() == "0 attempts graded"

        attempt.refresh_from_db()
        assert attempt.status == Attempt.Status.EXPIRED
        assert attempt.submitted_at == attempt.deadline
        assert attempt.score == attempt.max_score

    def test_one_that_fails_does_not_stop_the_others(
        self, learner: User, classmate: User, course: CoursePage, enrolled: Enrollment, caplog: Any
    ) -> None:
        quiz = builders.set_up(course, time_limit_minutes=5)
        broken = services.start_attempt(learner, quiz=quiz)
        services.save_response(
            broken, question_id=builders.questions_of(broken)[0]["id"],
            answer=builders.right_answer(broken, builders.questions_of(broken)[0]), sequence=1,
        )  # fmt: skip
        healthy = services.start_attempt(classmate, quiz=quiz)
        Attempt.objects.filter(pk=broken.pk).update(key={})

        assert services.expire_overdue(timezone.now() + timedelta(hours=1)) == 1

        healthy.refresh_from_db()
        assert healthy.status == Attempt.Status.EXPIRED
        assert "could not be graded" in caplog.text

    def test_reading_grades_what_is_overdue(
        self, learner: User, course: CoursePage, enrolled: Enrollment
    ) -> None:
        quiz = builders.set_up(course, time_limit_minutes=5)
        attempt = services.start_attempt(learner, quiz=quiz)
        with time_machine.travel(attempt.deadline + timedelta(minutes=1), tick=False):
            standing = services.standing_of(learner, quiz)

        assert standing.open_attempt is None
        assert [a.status for a in standing.attempts] == [Attempt.Status.EXPIRED]

    def test_without_a_limit_nothing_expires(self, attempt: Attempt) -> None:
        assert attempt.deadline is None
        assert services.expire_overdue(timezone.now() + timedelta(days=4000)) == 0
