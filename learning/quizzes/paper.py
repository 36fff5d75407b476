"""The paper of an attempt: made once at its start, graded by pure functions.

A paper is what the learner may see, `{"questions": [...]}`; its key maps question ids to what only
the server knows. Later edits of the quiz change neither.
"""

from __future__ import annotations

import random
from decimal import Decimal
from typing import Any
from uuid import UUID

from learning.quizzes.graders import GRADERS
from learning.quizzes.graders.base import ZERO, Question
from learning.quizzes.models import QuizPage

Paper = dict[str, Any]
PaperKey = dict[str, Any]


def make_paper(quiz: QuizPage, *, rng: random.Random | None = None) -> tuple[Paper, PaperKey]:
    """Return a fresh paper and its key. Without `rng` everything keeps the author's order."""
    blocks = list(quiz.questions)
    if rng is not None and quiz.shuffle_questions:
        rng.shuffle(blocks)
    option_rng = rng if quiz.shuffle_options else None
    questions: list[Question] = []
    key: PaperKey = {}
    for block in blocks:
        public, secret = GRADERS[block.block_type].to_paper(block.value, option_rng)
        questions.append({"id": str(block.id), **public})
        key[str(block.id)] = secret
    return {"questions": questions}, key


def max_score(paper: Paper) -> Decimal:
    """Return the points of all questions together."""
    return sum((Decimal(question["points"]) for question in paper["questions"]), ZERO)


def find_question(paper: Paper, question_id: UUID | str) -> Question | None:
    """Return one question of a paper."""
    wanted = str(question_id)
    return next((question for question in paper["questions"] if question["id"] == wanted), None)


def grade_answers(paper: Paper, key: PaperKey, answers: dict[str, Any]) -> dict[str, Decimal]:
    """Return the points of each answered question, by question id."""
    return {
        question["id"]: GRADERS[question["kind"]].grade(
            question, key[question["id"]], answers[question["id"]]
        )
        for question in paper["questions"]
        if question["id"] in answers
    }


def total_score(paper: Paper, key: PaperKey, answers: dict[str, Any]) -> Decimal:
    """Return the score of a whole sitting. Pure: the same arguments always give the same score."""
    return sum(grade_answers(paper, key, answers).values(), ZERO)
