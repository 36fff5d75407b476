"""What of a finished attempt is shown, and to whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from learning.quizzes.graders import GRADERS
from learning.quizzes.models import Attempt, QuizPage, Response

Shown = QuizPage.Shown
When = QuizPage.ShownWhen
_LEVELS = [Shown.NOTHING, Shown.SCORE, Shown.RESPONSES, Shown.KEY, Shown.EXPLANATIONS]


@dataclass(frozen=True, slots=True)
class Visibility:
    """Which parts of a finished attempt somebody sees."""

    score: bool = False
    responses: bool = False
    key: bool = False
    explanations: bool = False


EVERYTHING = Visibility(score=True, responses=True, key=True, explanations=True)
NOTHING = Visibility()


def shows_score(policy: dict[str, Any]) -> bool:
    """Whether the score is shown; if so, as soon as there is one."""
    return policy["shown"] != Shown.NOTHING


def visibility(
    policy: dict[str, Any],
    *,
    has_passed: bool,
    may_try_again: bool,
    closes_at: datetime | None,
    now: datetime,
) -> Visibility:
    """Return what a learner sees of an own finished attempt.

    `has_passed` and `may_try_again` speak of the learner at this quiz, `closes_at` of the quiz as
    it is now: extending a quiz closes the answers again, because others are still sitting it.
    """
    level = _LEVELS.index(policy["shown"])
    opened = {
        When.AFTER_ATTEMPT: True,
        When.AFTER_PASS: has_passed or not may_try_again,
        When.AFTER_CLOSE: closes_at is not None and closes_at <= now,
        When.NEVER: False,
    }[policy["shown_when"]]
    return Visibility(
        score=level >= _LEVELS.index(Shown.SCORE),
        responses=opened and level >= _LEVELS.index(Shown.RESPONSES),
        key=opened and level >= _LEVELS.index(Shown.KEY),
        explanations=opened and level >= _LEVELS.index(Shown.EXPLANATIONS),
    )


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """One question of a finished attempt.

    What may not be seen is None, so no door can show it by mistake.
    """

    number: int
    question_id: str
    kind: str
    prompt_html: str
    points: Decimal
    options: list[dict[str, str]] | None
    answer: Any
    answer_lines: list[str]
    score: Decimal | None
    right_answer: Any
    key_lines: list[str] | None
    explanation: str | None
    feedback: list[str] | None

    @property
    def is_right(self) -> bool:
        return self.score == self.points

    @property
    def is_partly_right(self) -> bool:
        return bool(self.score) and not self.is_right


def review_items(attempt: Attempt, responses: list[Response], seen: Visibility) -> list[ReviewItem]:
    """Return the questions of an attempt with what `seen` allows; nothing at all without the
    responses."""
    if not seen.responses:
        return []
    by_question = {str(response.question_id): response for response in responses}
    return [
        _item(number, question, attempt.key[question["id"]], by_question.get(question["id"]), seen)
        for number, question in enumerate(attempt.paper["questions"], start=1)
    ]


def _item(
    number: int,
    question: dict[str, Any],
    key: dict[str, Any],
    response: Response | None,
    seen: Visibility,
) -> ReviewItem:
    grader = GRADERS[question["kind"]]
    answer = response.answer if response else None
    answered = answer is not None
    return ReviewItem(
        number=number,
        question_id=question["id"],
        kind=question["kind"],
        prompt_html=question["prompt"],
        points=Decimal(question["points"]),
        options=question.get("options"),
        answer=answer,
        answer_lines=grader.show_answer(question, answer) if answered else [],
        score=(response.score if response and response.score is not None else Decimal(0)),
        right_answer=grader.right_answer(key) if seen.key else None,
        key_lines=grader.show_key(question, key) if seen.key else None,
        explanation=key["explanation"] if seen.explanations else None,
        feedback=grader.feedback(key, answer) if seen.explanations and answered else None,
    )
