"""Sitting a quiz: start, answer, hand in, run out of time. What the end does is in `endings`."""

from __future__ import annotations

import logging
import random
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Count, Max, Q
from django.utils import timezone

from courses import versions
from learning import access
from learning.enrollments import selectors as enrollments
from learning.enrollments.models import Enrollment
from learning.enrollments.permissions import opens_course
from learning.quizzes import endings, permissions, selectors
from learning.quizzes import paper as papers
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
from learning.quizzes.graders import GRADERS
from learning.quizzes.models import Attempt, QuizPage, Response

if TYPE_CHECKING:
    from accounts.models import User

logger = logging.getLogger(__name__)

MAX_TRIES = 3
EXPIRY_BATCH = 200
_REFUSALS = {"enroll": "not_enrolled", "inactive": "enrollment_ended", "login": "not_authenticated"}
_RESULT_FIELDS = ["status", "submitted_at", "score", "passed"]


def start_attempt(user: User, *, quiz: QuizPage) -> Attempt:
    """Start a sitting of the quiz, or return the one that is open.

    Safe to call from many places at once.
    """
    is_preview = permissions.user_takes_previews(user, quiz.course)
    enrollment = None if is_preview else _open_enrollment(user, quiz)
    for attempt_number in range(1, MAX_TRIES + 1):
        try:
            with endings.one_at_a_time(enrollment):
                return _resume(user, quiz, is_preview=is_preview) or _begin(user, quiz, enrollment)
        except IntegrityError:
            # Somebody was faster where no lock serves (previews): look again and return what he has
            # started.
            if attempt_number == MAX_TRIES:
                raise
    raise AssertionError("unreachable")


def save_response(attempt: Attempt, *, question_id: UUID, answer: Any, sequence: int) -> Response:
    """Store an answer, unless a newer one is there already; return what is stored now.

    `sequence` grows with each change on the learner's side, so that saves may arrive twice and in
    any order.
    """
    answer = _valid_answer(attempt, question_id, answer)
    _refuse_after_the_end(attempt)
    with transaction.atomic():
        _lock_open(attempt)
        response = Response.objects.filter(attempt=attempt, question_id=question_id).first()
        if response is None:
            return Response.objects.create(
                attempt=attempt, question_id=question_id, answer=answer, sequence=sequence
            )
        response.attempt = attempt
        newer = {"answer": answer, "sequence": sequence, "saved_at": timezone.now()}
        if Response.objects.filter(pk=response.pk, sequence__lt=sequence).update(**newer):
            for name, value in newer.items():
                setattr(response, name, value)
        return response


def save_answers(attempt: Attempt, *, answers: dict[str, Any]) -> dict[str, InvalidAnswer]:
    """Store the answers of a whole form, by question id; return what is wrong with those that were
    not stored."""
    valid: dict[str, Any] = {}
    errors: dict[str, InvalidAnswer] = {}
    for question_id, answer in answers.items():
        try:
            valid[question_id] = _valid_answer(attempt, question_id, answer)
        except InvalidAnswer as error:
            errors[question_id] = error
    _refuse_after_the_end(attempt)
    with transaction.atomic():
        _lock_open(attempt)
        _store_changed(attempt, valid)
    return errors


def submit_attempt(attempt: Attempt) -> Attempt:
    """Hand in and grade an attempt.

    Handing in again changes nothing and returns the same result.
    """
    now = timezone.now()
    if attempt.status == Attempt.Status.IN_PROGRESS:
        if endings.time_is_over(attempt, at=now):
            return settle(attempt)
        _refuse_without_enrollment(attempt)
        endings.finish(attempt, status=Attempt.Status.GRADED, at=now)
    attempt.refresh_from_db(fields=_RESULT_FIELDS)
    return attempt


def settle(attempt: Attempt, *, now: datetime | None = None) -> Attempt:
    """Grade the attempt if its time, with the grace for answers on their way, is over.

    Called before every read.
    """
    if attempt.status == Attempt.Status.IN_PROGRESS and endings.time_is_over(
        attempt, at=now or timezone.now()
    ):
        endings.finish(attempt, status=Attempt.Status.EXPIRED, at=attempt.deadline)
        attempt.refresh_from_db(fields=_RESULT_FIELDS)
    return attempt


def standing_of(user: User, quiz: QuizPage, **known: bool) -> selectors.Standing:
    """Return where the person stands at the quiz, after grading an attempt whose time is over."""
    standing = selectors.standing(user, quiz, **known)
    if standing.open_attempt is not None and endings.time_is_over(
        standing.open_attempt, at=timezone.now()
    ):
        settle(
            Attempt.objects.select_related("quiz", "enrollment").get(pk=standing.open_attempt.pk)
        )
        standing = selectors.standing(user, quiz, **known)
    return standing


def expire_overdue(now: datetime) -> int:
    """Grade attempts whose time is over; return how many. One that fails is logged and tried again
    next time."""
    overdue = Attempt.objects.overdue(at=now - endings.ANSWER_GRACE).select_related(
        "quiz", "enrollment"
    )
    count = 0
    for attempt in overdue.order_by("deadline")[:EXPIRY_BATCH]:
        try:
            settle(attempt, now=now)
            count += 1
        except Exception:
            logger.exception("Attempt %s could not be graded", attempt.pk)
    return count


def regrade(attempt: Attempt) -> Decimal:
    """Return the score that the attempt's paper, key and responses give; equal to the stored one,
    or something is wrong."""
    answers = {str(response.question_id): response.answer for response in attempt.responses.all()}
    return papers.total_score(attempt.paper, attempt.key, answers)


def refusal_code(reason: str) -> str:
    """Return the API's code for a reason of `learning.access`."""
    return _REFUSALS.get(reason, reason)


def _open_enrollment(user: User, quiz: QuizPage) -> Enrollment:
    allowed = access.unit_access(user, quiz)
    if not allowed.is_allowed:
        raise QuizNotOpen(str(allowed.message), code=refusal_code(allowed.reason))
    enrollment = enrollments.enrollment_of(user, quiz.course.translation_key)
    if enrollment is None or not opens_course(enrollment):
        raise QuizNotOpen
    return enrollment


def _resume(user: User, quiz: QuizPage, *, is_preview: bool) -> Attempt | None:
    """Return the open attempt.

    One whose time is over, or from before joining or leaving the team, is ended first.
    """
    attempts = Attempt.objects.of(user).at_quiz(quiz.translation_key).in_progress()
    attempt = attempts.select_related("enrollment", "quiz").first()
    if attempt is None or (attempt.is_preview == is_preview and not attempt.is_overdue):
        return attempt
    endings.finish(attempt, status=Attempt.Status.EXPIRED, at=attempt.deadline or timezone.now())
    return None


def _begin(user: User, quiz: QuizPage, enrollment: Enrollment | None) -> Attempt:
    now = timezone.now()
    # Limit and number come from one look: who looks too late gets a number that is taken, not one
    # attempt too many.
    so_far = (
        Attempt.objects.of(user)
        .at_quiz(quiz.translation_key)
        .aggregate(used=Count("pk", filter=Q(is_preview=False)), last=Max("number"))
    )
    if enrollment is not None:
        if quiz.closes_at is not None and quiz.closes_at <= now:
            raise QuizClosed
        if quiz.max_attempts is not None and so_far["used"] >= quiz.max_attempts:
            raise AttemptLimitReached
    paper, key = papers.make_paper(quiz, rng=random.SystemRandom())
    if not paper["questions"]:
        raise QuizEmpty
    return Attempt.objects.create(
        learner=user,
        enrollment=enrollment,
        quiz=quiz,
        quiz_key=quiz.translation_key,
        version=versions.current_version(quiz),
        number=(so_far["last"] or 0) + 1,
        is_preview=enrollment is None,
        paper=paper,
        key=key,
        policy=_policy(quiz),
        started_at=now,
        deadline=_deadline(quiz, now, is_preview=enrollment is None),
        max_score=papers.max_score(paper),
    )


def _policy(quiz: QuizPage) -> dict[str, Any]:
    return {
        "time_limit_minutes": quiz.time_limit_minutes,
        "max_attempts": quiz.max_attempts,
        "passing_percent": quiz.passing_percent,
        "shown": str(quiz.shown),
        "shown_when": str(quiz.shown_when),
    }


def _deadline(quiz: QuizPage, now: datetime, *, is_preview: bool) -> datetime | None:
    """Return the earlier of the end of the time limit and the closing of the quiz; a preview knows
    no closing."""
    ends = [quiz.closes_at] if quiz.closes_at and not is_preview else []
    if quiz.time_limit_minutes:
        ends.append(now + timedelta(minutes=quiz.time_limit_minutes))
    return min(ends, default=None)


def _valid_answer(attempt: Attempt, question_id: UUID | str, answer: Any) -> Any:
    question = papers.find_question(attempt.paper, question_id)
    if question is None:
        raise UnknownQuestion
    return GRADERS[question["kind"]].validate(question, answer)


def _refuse_after_the_end(attempt: Attempt) -> None:
    if attempt.status == Attempt.Status.IN_PROGRESS and not endings.time_is_over(
        attempt, at=timezone.now()
    ):
        _refuse_without_enrollment(attempt)
        return
    settle(attempt)
    raise AttemptClosed


def _refuse_without_enrollment(attempt: Attempt) -> None:
    if not attempt.is_preview and not opens_course(attempt.enrollment):
        raise EnrollmentEnded


def _lock_open(attempt: Attempt) -> None:
    """Hold back a hand-in until the answer is stored, or refuse the answer if the hand-in was
    first."""
    status = (
        Attempt.objects.select_for_update(no_key=True)
        .filter(pk=attempt.pk)
        .values_list("status", flat=True)
        .get()
    )
    if status != Attempt.Status.IN_PROGRESS:
        raise AttemptClosed


def _store_changed(attempt: Attempt, answers: dict[str, Any]) -> None:
    now = timezone.now()
    sequence = int(now.timestamp() * 1000)
    stored = {str(response.question_id): response for response in attempt.responses.all()}
    changed = [
        response
        for question_id, response in stored.items()
        if answers.get(question_id, response.answer) != response.answer
    ]
    for response in changed:
        response.answer = answers[str(response.question_id)]
        response.sequence = max(sequence, response.sequence + 1)
        response.saved_at = now
    Response.objects.bulk_update(changed, ["answer", "sequence", "saved_at"])
    Response.objects.bulk_create(
        Response(attempt=attempt, question_id=question_id, answer=answer, sequence=sequence)
        for question_id, answer in answers.items()
        if question_id not in stored and answer is not None
    )
