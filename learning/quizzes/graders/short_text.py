"""A word or a short phrase."""

from __future__ import annotations

import random
import unicodedata
from decimal import Decimal
from typing import Any

from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from learning.quizzes.errors import InvalidAnswer
from learning.quizzes.graders.base import ZERO, Grader, Key, Question

MAX_LENGTH = 500
# What keyboards write for a straight apostrophe, quotation mark and hyphen.
_TYPOGRAPHY = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "‐": "-", "‑": "-", "–": "-"})


class ShortTextGrader(Grader):
    """The answer is a string, right when it equals one of the accepted answers after `fold`."""

    kind = "short_text"

    def split(self, value: Any, rng: random.Random | None) -> tuple[Question, Key]:
        accepted = [text.strip() for text in value["accepted"] if text.strip()]
        return {}, {"accepted": accepted, "case_sensitive": bool(value["case_sensitive"])}

    def validate(self, question: Question, answer: Any) -> str | None:
        if answer is None:
            return None
        if not isinstance(answer, str):
            raise InvalidAnswer(_("Answer with a text."))
        if len(answer) > MAX_LENGTH:
            raise InvalidAnswer(_("This answer is too long: write at most 500 characters."))
        text = " ".join(answer.split())
        if any(unicodedata.category(character) in {"Cc", "Cs"} for character in text):
            raise InvalidAnswer(_("This answer holds characters that cannot be read."))
        return text or None

    def share(self, question: Question, key: Key, answer: Any) -> Decimal:
        case_sensitive = key["case_sensitive"]
        given = fold(answer, case_sensitive=case_sensitive)
        accepted = {fold(text, case_sensitive=case_sensitive) for text in key["accepted"]}
        return Decimal(1) if given in accepted else ZERO

    def from_form(self, values: list[str]) -> str | None:
        return values[0] if values else None

    def show_answer(self, question: Question, answer: Any) -> list[str]:
        return [str(escape(answer))]

    def right_answer(self, key: Key) -> list[str]:
        return key["accepted"]

    def show_key(self, question: Question, key: Key) -> list[str]:
        return [str(escape(text)) for text in key["accepted"]]


def fold(text: str, *, case_sensitive: bool) -> str:
    """Return a text as it is compared.

    Compatible characters are made equal (NFKC), invisible ones are dropped, white space is
    collapsed, typographic quotes and hyphens become plain ones, and upper and lower case are made
    equal unless they matter.
    """
    text = unicodedata.normalize("NFKC", text).translate(_TYPOGRAPHY)
    text = "".join(character for character in text if unicodedata.category(character) != "Cf")
    if not case_sensitive:
        text = unicodedata.normalize("NFKC", text.casefold())
    return " ".join(text.split())
