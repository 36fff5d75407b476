"""Exactly one option is right."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from learning.quizzes.errors import InvalidAnswer
from learning.quizzes.graders.base import ZERO, ChoiceGrader, Key, Question


class SingleChoiceGrader(ChoiceGrader):
    """All points for the right option, none for another. The answer is an option's id."""

    kind = "single_choice"

    def validate(self, question: Question, answer: Any) -> str | None:
        if answer is None or answer == "":
            return None
        if not isinstance(answer, str) or answer not in self.option_ids(question):
            raise InvalidAnswer
        return answer

    def share(self, question: Question, key: Key, answer: Any) -> Decimal:
        return Decimal(1) if answer in key["right"] else ZERO

    def from_form(self, values: list[str]) -> str | None:
        return values[0] if values else None

    def show_answer(self, question: Question, answer: Any) -> list[str]:
        return self.show_options(question, [answer])

    def right_answer(self, key: Key) -> str | None:
        return next(iter(key["right"]), None)

    def feedback(self, key: Key, answer: Any) -> list[str]:
        return [key["feedback"][answer]] if answer in key["feedback"] else []
