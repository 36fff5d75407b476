"""What every kind of question can do."""

from __future__ import annotations

import random
import uuid
from abc import ABC, abstractmethod
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.html import escape
from wagtail.rich_text import expand_db_html

Question = dict[str, Any]
Key = dict[str, Any]

ZERO = Decimal(0)
CENT = Decimal("0.01")


class Grader(ABC):
    """One kind of question: how it gets onto a paper, which answers fit it, and what an answer is
    worth.

    A paper's question is what the learner's browser may know, a key is what only the server knows;
    both are JSON. Grading is pure: the same question, key and answer always give the same points.
    """

    kind: str

    def to_paper(self, value: Any, rng: random.Random | None) -> tuple[Question, Key]:
        """Return the public part and the key of an authored question.

        `rng` shuffles its options; None keeps them.
        """
        question = {
            "kind": self.kind,
            "prompt": str(value.prompt_html),
            "points": str(Decimal(value["points"]).quantize(CENT)),
        }
        key = {
            "explanation": expand_db_html(value["explanation"].source)
            if value["explanation"]
            else ""
        }
        public, secret = self.split(value, rng)
        return question | public, key | secret

    @abstractmethod
    def split(self, value: Any, rng: random.Random | None) -> tuple[Question, Key]:
        """Return what is special to this kind: its public part and its key."""

    @abstractmethod
    def validate(self, question: Question, answer: Any) -> Any:
        """Return the answer as it is stored; None for an empty one. Raises InvalidAnswer when it
        does not fit."""

    @abstractmethod
    def share(self, question: Question, key: Key, answer: Any) -> Decimal:
        """Return which share of the points, from 0 to 1, a valid answer earns."""

    @abstractmethod
    def from_form(self, values: list[str]) -> Any:
        """Return the answer that a browser's form sent for one question."""

    @abstractmethod
    def show_answer(self, question: Question, answer: Any) -> list[str]:
        """Return an answer in words, one line for each part."""

    @abstractmethod
    def right_answer(self, key: Key) -> Any:
        """Return the key for a client that may see it, in the shape of an answer where there is
        only one."""

    @abstractmethod
    def show_key(self, question: Question, key: Key) -> list[str]:
        """Return the right answer in words, one line for each part."""

    def grade(self, question: Question, key: Key, answer: Any) -> Decimal:
        """Return the points that an answer earns, from 0 to the question's points, in
        hundredths."""
        if answer is None:
            return ZERO
        points = Decimal(question["points"])
        share = min(max(self.share(question, key, answer), ZERO), Decimal(1))
        return (points * share).quantize(CENT, rounding=ROUND_HALF_UP)

    def feedback(self, key: Key, answer: Any) -> list[str]:
        """Return the author's remarks on this answer."""
        return []


class ChoiceGrader(Grader):
    """A question with options.

    Their ids are made anew for each paper and say nothing about the key.
    """

    def split(self, value: Any, rng: random.Random | None) -> tuple[Question, Key]:
        choices = list(value["choices"])
        if rng is not None:
            rng.shuffle(choices)
        ids = [str(uuid.uuid4()) for _choice in choices]
        pairs = list(zip(ids, choices, strict=True))
        question = {
            "options": [
                {"id": option, "html": str(escape(choice["text"]))} for option, choice in pairs
            ]
        }
        key = {
            "right": [option for option, choice in pairs if choice["is_correct"]],
            "feedback": {
                option: choice["feedback"] for option, choice in pairs if choice["feedback"]
            },
        }
        return question, key

    def option_ids(self, question: Question) -> list[str]:
        """Return the option ids of a paper's question, in its order."""
        return [option["id"] for option in question["options"]]

    def show_options(self, question: Question, chosen: list[str]) -> list[str]:
        """Return the texts of the chosen options, as HTML, in the paper's order."""
        return [option["html"] for option in question["options"] if option["id"] in chosen]

    def right_answer(self, key: Key) -> Any:
        return key["right"]

    def show_key(self, question: Question, key: Key) -> list[str]:
        return self.show_options(question, key["right"])
