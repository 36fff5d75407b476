"""What the quiz, attempt and result pages and the API show. Nothing here writes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils import timezone, translation

from learning.enrollments.permissions import opens_course
from learning.enrollments.selectors import enrollment_of
from learning.quizzes import paper as papers
from learning.quizzes import permissions
from learning.quizzes.errors import InvalidAnswer
from learning.quizzes.models import Attempt, QuizPage
from learning.quizzes.review import (
    EVERYTHING,
    ReviewItem,
    Visibility,
    review_items,
    shows_score,
    visibility,
)

if TYPE_CHECKING:
    from accounts.models import User

HISTORY_LENGTH = 20


@dataclass(frozen=True)
class Standing:
    """Where a person stands at a quiz: the attempts so far, newest first, and what is still
    possible."""

    user: User
    quiz: QuizPage
    attempts: list[Attempt]
    takes_previews: bool
    now: datetime
    is_learner: bool | None = None

    @cached_property
    def may_sit(self) -> bool:
        """Whether the person sits this quiz at all, as a learner or as the team; a query if that is
        not known yet."""
        if self.takes_previews or self.is_learner is not None:
            return self.takes_previews or bool(self.is_learner)
        return opens_course(enrollment_of(self.user, self.quiz.course.translation_key))

    @cached_property
    def counted(self) -> list[Attempt]:
        return [attempt for attempt in self.attempts if not attempt.is_preview]

    @cached_property
    def finished(self) -> list[Attempt]:
        """Finished attempts of the kind that the person makes now."""
        mine = self.attempts if self.takes_previews else self.counted
        return [attempt for attempt in mine if attempt.status in Attempt.FINAL_STATUSES]

    @cached_property
    def open_attempt(self) -> Attempt | None:
        return next(
            (attempt for attempt in self.attempts if attempt.status == Attempt.Status.IN_PROGRESS),
            None,
        )

    @property
    def used(self) -> int:
        return len(self.counted)

    @property
    def left(self) -> int | None:
        """How many more attempts may be started; None without a limit."""
        if self.takes_previews or self.quiz.max_attempts is None:
            return None
        return max(0, self.quiz.max_attempts - self.used)

    @property
    def is_closed(self) -> bool:
        closes_at = None if self.takes_previews else self.quiz.closes_at
        return closes_at is not None and closes_at <= self.now

    @property
    def may_start(self) -> bool:
        """Whether limit and closing date allow one more attempt."""
        return self.open_attempt is None and not self.is_closed and self.left != 0

    @property
    def may_try_again(self) -> bool:
        """Whether there may be a result after the present ones: an open attempt, or one that can be
        started."""
        return self.open_attempt is not None or self.may_start

    @cached_property
    def has_passed(self) -> bool:
        return any(attempt.passed for attempt in self.counted)

    @cached_property
    def best(self) -> Attempt | None:
        """The attempt with the best score among those whose score is shown."""
        shown = [
            attempt
            for attempt in self.finished
            if shows_score(attempt.policy) and attempt.score is not None
        ]
        return max(shown, key=_share, default=None)

    @property
    def history(self) -> list[Attempt]:
        return self.finished[:HISTORY_LENGTH]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One question as the attempt page shows it."""

    number: int
    question: dict[str, Any]
    answer: Any
    sequence: int
    error: str = ""
    typed: str = ""

    @property
    def uuid(self) -> str:
        return self.question["id"]

    @property
    def is_answered(self) -> bool:
        return self.answer is not None

    @property
    def template(self) -> str:
        return f"learning/_question_{self.question['kind']}.html"

    @property
    def text(self) -> str:
        """What stands in a text field: the refused text, so that nothing typed is lost, or the
        stored answer."""
        return self.typed or ("" if self.answer is None else str(self.answer))


@dataclass(frozen=True)
class Result:
    """A finished attempt as one viewer may see it."""

    attempt: Attempt
    seen: Visibility
    items: list[ReviewItem]
    is_own: bool

    @property
    def score(self) -> Decimal | None:
        return self.attempt.score if self.seen.score else None

    @property
    def percent(self) -> int | None:
        return self.attempt.percent if self.seen.score else None

    @property
    def passed(self) -> bool | None:
        return self.attempt.passed if self.seen.score else None

    @property
    def required_percent(self) -> int:
        return self.attempt.policy["passing_percent"]


def live_quiz(uuid: UUID) -> QuizPage | None:
    """Return the published quiz with this public id, in the present language if there are
    several."""
    quizzes = list(QuizPage.objects.live().filter(translation_key=uuid).select_related("locale"))
    language = translation.get_language()
    return next(
        (quiz for quiz in quizzes if quiz.locale.language_code == language),
        quizzes[0] if quizzes else None,
    )


def open_attempt_id(user: User, quiz: QuizPage) -> UUID | None:
    """Return the id of the person's open attempt at the quiz."""
    attempts = Attempt.objects.of(user).at_quiz(quiz.translation_key).in_progress()
    return attempts.values_list("pk", flat=True).first()


def attempt_for_sitting(user: User, uuid: UUID) -> Attempt | None:
    """Return the person's own attempt with what answering needs; one query.

    The questions are those of its paper; the quiz's own stay in the database.
    """
    attempts = Attempt.objects.of(user).filter(pk=uuid).select_related("quiz", "enrollment")
    return attempts.defer(*(f"quiz__{name}" for name in QuizPage.gated_fields)).first()


def attempt_for_answer(user: User, uuid: UUID) -> Attempt | None:
    """Return the person's own attempt with what storing one answer needs: neither the quiz nor the
    key; one query.
    """
    attempts = Attempt.objects.of(user).filter(pk=uuid).select_related("enrollment")
    return attempts.defer("key").first()


def attempt_for_review(user: User, uuid: UUID) -> Attempt | None:
    """Return an attempt whose result the person may see: the own one, or one of a course that he
    looks after."""
    attempt = (
        Attempt.objects.filter(pk=uuid).select_related("quiz", "enrollment", "learner").first()
    )
    return attempt if attempt is not None and permissions.user_can_review(user, attempt) else None


def standing(
    user: User,
    quiz: QuizPage,
    *,
    takes_previews: bool | None = None,
    is_learner: bool | None = None,
) -> Standing:
    """Return where the person stands at the quiz; the papers stay in the database.

    Who knows already whether the person belongs to the team or is a learner of the course saves the
    queries for it.
    """
    if takes_previews is None:
        takes_previews = permissions.user_takes_previews(user, quiz.course)
    attempts = Attempt.objects.of(user).at_quiz(quiz.translation_key).defer("paper", "key")
    return Standing(
        user=user,
        quiz=quiz,
        attempts=list(attempts),
        takes_previews=takes_previews,
        now=timezone.now(),
        is_learner=is_learner,
    )


def sheets(
    attempt: Attempt,
    *,
    errors: dict[str, InvalidAnswer] | None = None,
    typed: dict[str, str] | None = None,
) -> list[Sheet]:
    """Return the questions of an attempt with what has been answered; one query."""
    errors, typed = errors or {}, typed or {}
    stored = {str(response.question_id): response for response in attempt.responses.all()}
    found = []
    for number, question in enumerate(attempt.paper["questions"], start=1):
        response = stored.get(question["id"])
        error = errors.get(question["id"])
        found.append(
            Sheet(
                number=number,
                question=question,
                answer=response.answer if response else None,
                sequence=response.sequence if response else 0,
                error=str(error.message) if error else "",
                typed=typed.get(question["id"], "") if error else "",
            )
        )
    return found


def result_of(attempt: Attempt, *, viewer: User) -> Result:
    """Return a finished attempt as this person may see it."""
    is_own = attempt.learner_id == viewer.pk
    seen = _seen_by(viewer, attempt, is_own=is_own)
    responses = list(attempt.responses.all()) if seen.responses else []
    return Result(
        attempt=attempt, seen=seen, items=review_items(attempt, responses, seen), is_own=is_own
    )


def preview_items(quiz: QuizPage) -> list[ReviewItem]:
    """Return the questions of a quiz with their key, for an editor's preview of the page, drafts
    included."""
    paper, key = papers.make_paper(quiz)
    shown = Attempt(quiz=quiz, paper=paper, key=key)
    return review_items(shown, [], EVERYTHING)


def _share(attempt: Attempt) -> Decimal:
    return (attempt.score or Decimal(0)) / (attempt.max_score or Decimal(1))


def _seen_by(viewer: User, attempt: Attempt, *, is_own: bool) -> Visibility:
    if (not is_own or attempt.is_preview) and permissions.user_sees_key(viewer, attempt):
        return EVERYTHING
    stand = standing(attempt.learner, attempt.quiz, takes_previews=False)
    seen = visibility(
        attempt.policy,
        has_passed=stand.has_passed,
        may_try_again=stand.may_try_again,
        closes_at=attempt.quiz.closes_at,
        now=stand.now,
    )
    if is_own:
        return seen
    # Who inspects courses by office sees what the learner wrote, but the key only when the learner
    # may see it.
    return Visibility(score=True, responses=True, key=seen.key, explanations=seen.explanations)
