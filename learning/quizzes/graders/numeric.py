"""A number, within a tolerance."""

from __future__ import annotations

import random
import re
from decimal import Decimal, localcontext
from typing import Any

from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from learning.quizzes.errors import InvalidAnswer
from learning.quizzes.graders.base import ZERO, Grader, Key, Question

MAX_LENGTH = 40
MAX_EXPONENT = 30
# Enough digits to subtract any two numbers of these bounds without rounding.
PRECISION = 2 * (MAX_LENGTH + MAX_EXPONENT)

_NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d{1,3})?", re.ASCII)
# Full-width forms, and the true minus sign. Nothing more: superscripts are no digits of the number
# before them.
_TO_ASCII = {0xFF10 + digit: str(digit) for digit in range(10)} | str.maketrans(
    "＋－．，−", "+-.,-"
)
_NOT_A_NUMBER = _(
    "Answer with a number, such as 12.5 or 12,5, without separators between thousands."
)


class NumericGrader(Grader):
    """The answer is a string or a JSON number; it is stored as a string and compared as a Decimal.

    A point or a comma separates decimals. Full-width digits are normalized; NaN, infinities, digits
    of other scripts, several separators and numbers with more than 30 places before or after the
    point are refused.
    """

    kind = "numeric"

    def split(self, value: Any, rng: random.Random | None) -> tuple[Question, Key]:
        tolerance = Decimal(value["tolerance"] or 0)
        return {"unit": value["unit"]}, {
            "answer": str(value["answer"]),
            "tolerance": str(tolerance),
        }

    def validate(self, question: Question, answer: Any) -> str | None:
        if answer is None:
            return None
        if isinstance(answer, bool) or not isinstance(answer, str | int | float):
            raise InvalidAnswer(_NOT_A_NUMBER)
        if isinstance(answer, int) and answer.bit_length() > 128:
            raise InvalidAnswer(_NOT_A_NUMBER)
        text = _plain(str(answer), unit=question.get("unit") or "")
        if not text:
            return None
        if len(text) > MAX_LENGTH or not _NUMBER.fullmatch(text):
            raise InvalidAnswer(_NOT_A_NUMBER)
        text = text.replace(",", ".")
        number = Decimal(text)
        if not -MAX_EXPONENT <= number.adjusted() <= MAX_EXPONENT:
            raise InvalidAnswer(_NOT_A_NUMBER)
        return text

    def share(self, question: Question, key: Key, answer: Any) -> Decimal:
        with localcontext() as context:
            context.prec = PRECISION
            distance = abs(Decimal(answer) - Decimal(key["answer"]))
        return Decimal(1) if distance <= Decimal(key["tolerance"]) else ZERO

    def from_form(self, values: list[str]) -> str | None:
        return values[0] if values else None

    def show_answer(self, question: Question, answer: Any) -> list[str]:
        return [str(escape(f"{answer} {question.get('unit') or ''}".strip()))]

    def right_answer(self, key: Key) -> dict[str, str]:
        return {"answer": key["answer"], "tolerance": key["tolerance"]}

    def show_key(self, question: Question, key: Key) -> list[str]:
        tolerance = Decimal(key["tolerance"])
        spread = f" ± {_shortest(tolerance)}" if tolerance else ""
        return self.show_answer(question, f"{_shortest(Decimal(key['answer']))}{spread}")


def _plain(text: str, *, unit: str) -> str:
    """Return a number's text in ASCII where that is possible, without its unit."""
    if len(text) > 4 * MAX_LENGTH:
        raise InvalidAnswer(_NOT_A_NUMBER)
    text = text.translate(_TO_ASCII).strip()
    return text.removesuffix(unit).rstrip() if unit else text


def _shortest(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
