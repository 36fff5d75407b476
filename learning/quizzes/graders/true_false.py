"""A statement to judge."""

from __future__ import annotations

import random
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from learning.quizzes.errors import InvalidAnswer
from learning.quizzes.graders.base import ZERO, Grader, Key, Question


class TrueFalseGrader(Grader):
    """The answer is a boolean."""

    kind = "true_false"

    def split(self, value: Any, rng: random.Random | None) -> tuple[Question, Key]:
        return {}, {"answer": value["answer"] == "true"}

    def validate(self, question: Question, answer: Any) -> bool | None:
        if answer is not None and not isinstance(answer, bool):
            raise InvalidAnswer
        return answer

    def share(self, question: Question, key: Key, answer: Any) -> Decimal:
        return Decimal(1) if answer is key["answer"] else ZERO

    def from_form(self, values: list[str]) -> bool | str | None:
        if not values:
            return None
        return {"true": True, "false": False}.get(values[0], values[0])

    def show_answer(self, question: Question, answer: Any) -> list[str]:
        return [_("True") if answer else _("False")]

    def right_answer(self, key: Key) -> bool:
        return key["answer"]

    def show_key(self, question: Question, key: Key) -> list[str]:
        return self.show_answer(question, key["answer"])
