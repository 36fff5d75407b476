"""The end of an attempt: it comes once, is graded, and is told to gradebook and progress."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from decimal import ROUND_DOWN, Decimal

from django.db import transaction

from learning.enrollments.models import Enrollment
from learning.grading import services as grading
from learning.progress import services as progress
from learning.progress.models import Completion
from learning.quizzes import paper as papers
from learning.quizzes.models import Attempt, Response
from learning.signals import attempt_graded, send_on_commit

# Answers that were on their way when the time ran out are still taken for so long; nothing is
# graded before.
ANSWER_GRACE = timedelta(seconds=5)


def time_is_over(attempt: Attempt, *, at: datetime) -> bool:
    """Whether no more answers are taken because of the clock."""
    return attempt.deadline is not None and attempt.deadline + ANSWER_GRACE <= at


@contextmanager
def one_at_a_time(enrollment: Enrollment | None) -> Iterator[None]:
    """Let one learner's starts and hand-ins in a course happen one after the other.

    Each is a transaction. The lock is always taken before any lock on an attempt, so that starting
    and handing in cannot block each other.
    """
    with transaction.atomic():
        if enrollment is not None:
            Enrollment.objects.select_for_update().only("pk").get(pk=enrollment.pk)
        yield


def finish(attempt: Attempt, *, status: Attempt.Status, at: datetime | None) -> None:
    """End an attempt exactly once: grade it and tell the gradebook and the progress."""
    with one_at_a_time(attempt.enrollment):
        if not claim(attempt, at=at):
            return
        _grade(attempt, status=status)
        if attempt.enrollment is None:
            return
        grading.record_score(attempt.enrollment, unit=attempt.quiz, percent=_best_percent(attempt))
        if attempt.passed:
            progress.complete_unit(
                attempt.enrollment, unit=attempt.quiz, source=Completion.Source.QUIZ, at=at
            )
        send_on_commit(attempt_graded, Attempt, attempt=attempt)


def claim(attempt: Attempt, *, at: datetime | None) -> bool:
    """Take the attempt from "in progress" to "submitted"; False if somebody else has done it."""
    open_attempt = Attempt.objects.filter(pk=attempt.pk, status=Attempt.Status.IN_PROGRESS)
    return bool(open_attempt.update(status=Attempt.Status.SUBMITTED, submitted_at=at))


def _grade(attempt: Attempt, *, status: Attempt.Status) -> None:
    responses = list(attempt.responses.all())
    answers = {str(response.question_id): response.answer for response in responses}
    scores = papers.grade_answers(attempt.paper, attempt.key, answers)
    for response in responses:
        response.score = scores[str(response.question_id)]
    Response.objects.bulk_update(responses, ["score"])
    attempt.score = sum(scores.values(), Decimal(0))
    attempt.passed = attempt.score * 100 >= attempt.max_score * attempt.policy["passing_percent"]
    attempt.status = status
    attempt.save(update_fields=["status", "score", "passed"])


def _best_percent(attempt: Attempt) -> Decimal:
    """Return the best result of the learner at this quiz, in percent."""
    counted = Attempt.objects.of(attempt.learner).at_quiz(attempt.quiz_key).counted().final()
    shares = [
        (score or Decimal(0)) / maximum
        for score, maximum in counted.values_list("score", "max_score")
        if maximum
    ]
    return (100 * max(shares, default=Decimal(0))).quantize(Decimal("0.01"), rounding=ROUND_DOWN)
