"""Any number of options is right."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from learning.quizzes.errors import InvalidAnswer
from learning.quizzes.graders.base import ZERO, ChoiceGrader, Key, Question


class MultipleChoiceGrader(ChoiceGrader):
    """The answer is a list of option ids.

    Partial credit is "right minus wrong": each right option that was chosen earns 1/R of the
    points, where R counts the right options, each wrong one that was chosen takes 1/R away, and the
    result is never below zero. Choosing everything therefore does not pay. Without partial credit
    the choice must be exactly right.
    """

    kind = "multiple_choice"

    def split(self, value: Any, rng: Any) -> tuple[Question, Key]:
        question, key = super().split(value, rng)
        return question | {"partial_credit": bool(value["partial_credit"])}, key

    def validate(self, question: Question, answer: Any) -> list[str] | None:
        if answer is None:
            return None
        known = self.option_ids(question)
        if not isinstance(answer, list) or len(answer) > len(known):
            raise InvalidAnswer
        if not all(isinstance(option, str) and option in known for option in answer):
            raise InvalidAnswer
        return [option for option in known if option in answer] or None

    def share(self, question: Question, key: Key, answer: Any) -> Decimal:
        right = set(key["right"])
        chosen = set(answer)
        if not question["partial_credit"]:
            return Decimal(1) if chosen == right else ZERO
        return Decimal(len(chosen & right) - len(chosen - right)) / Decimal(len(right) or 1)

    def from_form(self, values: list[str]) -> list[str] | None:
        return list(dict.fromkeys(values)) or None

    def show_answer(self, question: Question, answer: Any) -> list[str]:
        return self.show_options(question, answer)

    def feedback(self, key: Key, answer: Any) -> list[str]:
        return [text for option, text in key["feedback"].items() if option in answer]
