"""Many requests at once, each with the guard off as a control: without it the same assertion must
fail.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from typing import Any

import pytest
from django.db import IntegrityError, connection, connections

from accounts.models import User
from courses import versions
from courses.models import CoursePage
from learning.enrollments.models import Enrollment
from learning.progress.models import Completion
from learning.quizzes import endings, services
from learning.quizzes.errors import AttemptClosed, AttemptLimitReached
from learning.quizzes.models import Attempt, QuizPage, Response
from learning.quizzes.tests import builders
from learning.quizzes.tests.test_services import answer_all
from learning.signals import attempt_graded

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True)]

LIMIT = 2
STARTS = 50


def in_parallel(count: int, work: Callable[[int], Any]) -> list[Any]:
    """Run `work` in so many threads at the same moment; return results and errors."""
    barrier = threading.Barrier(count)
    results: list[Any] = [None] * count

    def run(number: int) -> None:
        try:
            barrier.wait(timeout=30)
            results[number] = work(number)
        except Exception as error:  # noqa: BLE001  handed to the test
            results[number] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return results


@pytest.fixture
def slow_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the moment between looking and writing long enough to be hit."""
    current_version = versions.current_version

    def slow(unit: Any) -> Any:
        time.sleep(0.05)
        return current_version(unit)

    monkeypatch.setattr(versions, "current_version", slow)


@pytest.fixture
def no_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endings, "one_at_a_time", lambda _enrollment: nullcontext())


@pytest.fixture
def no_constraints(transactional_db: None) -> Iterator[None]:
    names = {"one_open_attempt_per_quiz", "unique_attempt_number"}
    everything = Attempt._meta.constraints
    Attempt._meta.constraints = [item for item in everything if item.name not in names]
    _apply("remove", [item for item in everything if item.name in names])
    yield
    Response.objects.all().delete()
    Attempt.objects.all().delete()
    Attempt._meta.constraints = everything
    _apply("add", [item for item in everything if item.name in names])


def _apply(verb: str, constraints: list[Any]) -> None:
    with connection.schema_editor() as editor:
        if connection.vendor == "sqlite":
            # Constraints are part of the table there: it is made anew from the model as it is now.
            editor._remake_table(Attempt)
            return
        for constraint in constraints:
            getattr(editor, f"{verb}_constraint")(Attempt, constraint)


@pytest.fixture
def limited(course: CoursePage) -> QuizPage:
    return builders.set_up(course, max_attempts=LIMIT)


def start_and_hand_in_many_times(learner: User, quiz: QuizPage) -> list[Any]:
    def work(_number: int) -> Attempt:
        fresh = QuizPage.objects.get(pk=quiz.pk)
        return services.submit_attempt(services.start_attempt(learner, quiz=fresh))

    return in_parallel(STARTS, work)


class TestAttemptLimit:
    @pytest.mark.usefixtures("slow_start")
    def test_fifty_starts_at_once_stay_within_it(
        self, learner: User, limited: QuizPage, enrolled: Enrollment
    ) -> None:
        results = start_and_hand_in_many_times(learner, limited)

        assert Attempt.objects.count() == LIMIT
        assert {type(result) for result in results} <= {Attempt, AttemptLimitReached}

    @pytest.mark.usefixtures("slow_start", "no_constraints")
    def test_the_lock_alone_holds_it(
        self, learner: User, limited: QuizPage, enrolled: Enrollment
    ) -> None:
        start_and_hand_in_many_times(learner, limited)
        assert Attempt.objects.count() == LIMIT

    @pytest.mark.usefixtures("slow_start", "no_lock")
    def test_the_constraints_alone_hold_it(
        self, learner: User, limited: QuizPage, enrolled: Enrollment
    ) -> None:
        results = start_and_hand_in_many_times(learner, limited)

        assert Attempt.objects.count() == LIMIT
        assert {type(result) for result in results} <= {
            Attempt,
            AttemptLimitReached,
            IntegrityError,
        }

    @pytest.mark.usefixtures("slow_start", "no_lock", "no_constraints")
    def test_control_without_both_it_breaks(
        self, learner: User, limited: QuizPage, enrolled: Enrollment
    ) -> None:
        start_and_hand_in_many_times(learner, limited)
        assert Attempt.objects.count() > LIMIT


class TestOneOpenAttempt:
    @pytest.mark.usefixtures("slow_start")
    def test_parallel_starts_get_the_same(
        self, learner: User, limited: QuizPage, enrolled: Enrollment
    ) -> None:
        results = in_parallel(
            10, lambda _n: services.start_attempt(learner, quiz=QuizPage.objects.get(pk=limited.pk))
        )
        assert {result.pk for result in results} == {Attempt.objects.get().pk}

    @pytest.mark.usefixtures("slow_start")
    def test_previews_have_no_lock_but_constraints(
        self, instructor: User, limited: QuizPage
    ) -> None:
        results = in_parallel(
            10,
            lambda _n: services.start_attempt(instructor, quiz=QuizPage.objects.get(pk=limited.pk)),
        )
        assert {result.pk for result in results} == {Attempt.objects.get().pk}


@pytest.fixture
def graded() -> Iterator[list[Attempt]]:
    """Attempts whose grading was told to the apps above."""
    told: list[Attempt] = []

    def receiver(attempt: Attempt, **_kwargs: Any) -> None:
        told.append(attempt)

    attempt_graded.connect(receiver)
    yield told
    attempt_graded.disconnect(receiver)


@pytest.fixture
def answered(learner: User, course: CoursePage, enrolled: Enrollment) -> Attempt:
    attempt = services.start_attempt(learner, quiz=builders.set_up(course, *builders.every_kind()))
    answer_all(attempt)
    return attempt


def load(attempt: Attempt) -> Attempt:
    return Attempt.objects.select_related("quiz", "enrollment").get(pk=attempt.pk)


class TestDoubleSubmit:
    def hand_in(self, attempt: Attempt) -> list[Any]:
        copies = [load(attempt) for _number in range(8)]
        return in_parallel(8, lambda number: services.submit_attempt(copies[number]))

    def test_it_is_one_submission(self, answered: Attempt, graded: list[Attempt]) -> None:
        results = self.hand_in(answered)

        assert len(graded) == 1
        assert {(r.status, r.score, r.submitted_at) for r in results} == {
            ("graded", answered.max_score, load(answered).submitted_at)
        }
        assert Completion.objects.count() == 1

    def test_control_without_the_claim_it_is_many(
        self, answered: Attempt, graded: list[Attempt], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(endings, "claim", lambda _attempt, *, at: True)
        self.hand_in(answered)
        assert len(graded) > 1


class TestSavingWhileHandingIn:
    def race(self, attempt: Attempt) -> list[Any]:
        question = builders.questions_of(attempt)[3]["id"]
        copies = [load(attempt) for _number in range(8)]

        def work(number: int) -> Any:
            if number == 0:
                time.sleep(0.02)
                return services.submit_attempt(copies[0])
            for sequence in range(2, 12):
                services.save_response(
                    copies[number],
                    question_id=question,
                    answer=f"{number} {sequence}",
                    sequence=10 * sequence + number,
                )
                time.sleep(0.01)
            return None

        return in_parallel(8, work)

    def test_what_was_stored_was_graded(self, answered: Attempt) -> None:
        results = self.race(answered)

        attempt = load(answered)
        assert attempt.status == "graded"
        assert services.regrade(attempt) == attempt.score
        assert all(response.score is not None for response in attempt.responses.all())
        assert {type(result) for result in results} <= {Attempt, AttemptClosed, type(None)}

    def test_control_without_the_lock_answers_slip_in_after_grading(
        self, answered: Attempt, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(services, "_lock_open", lambda _attempt: None)
        self.race(answered)

        attempt = load(answered)
        text = next(q["id"] for q in builders.questions_of(attempt) if q["kind"] == "short_text")
        assert attempt.responses.get(question_id=text).sequence > 100

    def test_the_newest_answer_wins(self, answered: Attempt) -> None:
        question = builders.questions_of(answered)[3]["id"]
        copies = [load(answered) for _number in range(12)]
        in_parallel(
            12,
            lambda n: services.save_response(
                copies[n], question_id=question, answer=str(n), sequence=n + 2
            ),
        )
        assert Response.objects.get(question_id=question).answer == "11"
