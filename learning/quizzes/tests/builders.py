"""Questions of every kind, with canaries where only the server may look, and ready-made sittings."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from courses.models import CoursePage
from learning.quizzes.models import Attempt, QuizPage
from tests.factories import make_quiz, publish

KEY_CANARY = "KEYCANARY"
EXPLANATION_CANARY = "EXPLANATIONCANARY"
FEEDBACK_CANARY = "FEEDBACKCANARY"


def question(
    kind: str, prompt: str = "What is it?", *, points: str = "1", **value: Any
) -> dict[str, Any]:
    """Return raw stream data of one question."""
    base = {
        "prompt": f"<p>{prompt}</p>",
        "points": points,
        "explanation": f"<p>{EXPLANATION_CANARY}</p>",
    }
    return {"type": kind, "value": base | value}


def choices(*options: tuple[str, bool]) -> list[dict[str, Any]]:
    return [
        {
            "type": "item",
            "id": str(uuid4()),
            "value": {"text": text, "is_correct": right, "feedback": f"{FEEDBACK_CANARY} {text}"},
        }
        for text, right in options
    ]


def single(**fields: Any) -> dict[str, Any]:
    return question(
        "single_choice",
        choices=choices(("Oslo", True), ("Bergen", False), ("Tromsø", False)),
        **fields,
    )


def multiple(*, partial_credit: bool = True, **fields: Any) -> dict[str, Any]:
    options = choices(("Two", True), ("Three", True), ("Four", False), ("Six", False))
    return question("multiple_choice", choices=options, partial_credit=partial_credit, **fields)


def truth(*, answer: str = "true", **fields: Any) -> dict[str, Any]:
    return question("true_false", answer=answer, **fields)


def text(*accepted: str, case_sensitive: bool = False, **fields: Any) -> dict[str, Any]:
    raw = [
        {"type": "item", "id": str(uuid4()), "value": word} for word in accepted or (KEY_CANARY,)
    ]
    return question("short_text", accepted=raw, case_sensitive=case_sensitive, **fields)


def number(
    answer: str = "3.14", tolerance: str = "0.01", unit: str = "", **fields: Any
) -> dict[str, Any]:
    return question("numeric", answer=answer, tolerance=tolerance, unit=unit, **fields)


def every_kind() -> list[dict[str, Any]]:
    return [
        single(points="1"),
        multiple(points="2"),
        truth(),
        text(),
        number("27182.818", "0.5", points="1.5"),
    ]


def quiz_of(course: CoursePage) -> QuizPage:
    """Return the quiz of a course of `build_course`."""
    return QuizPage.objects.descendant_of(course).get()


def set_up(course: CoursePage, *questions: dict[str, Any], **fields: Any) -> QuizPage:
    """Give the course's quiz other questions and rules, and publish it."""
    quiz = quiz_of(course)
    stream_block = QuizPage._meta.get_field("questions").stream_block
    quiz.questions = stream_block.to_python(list(questions) or [single(), truth()])
    for name, value in fields.items():
        setattr(quiz, name, value)
    publish(quiz)
    return QuizPage.objects.get(pk=quiz.pk)


def second_quiz(course: CoursePage, **fields: Any) -> QuizPage:
    return make_quiz(quiz_of(course).get_parent().specific, "Another quiz", **fields)


def questions_of(attempt: Attempt) -> list[dict[str, Any]]:
    return attempt.paper["questions"]


def right_answer(attempt: Attempt, question: dict[str, Any]) -> Any:
    """Return a right answer in the shape that the API takes."""
    key = attempt.key[question["id"]]
    return {
        "single_choice": lambda: key["right"][0],
        "multiple_choice": lambda: key["right"],
        "true_false": lambda: key["answer"],
        "short_text": lambda: key["accepted"][0],
        "numeric": lambda: key["answer"],
    }[question["kind"]]()


def wrong_answer(attempt: Attempt, question: dict[str, Any]) -> Any:
    key = attempt.key[question["id"]]
    wrong = [
        option["id"] for option in question.get("options", []) if option["id"] not in key["right"]
    ]
    return {
        "single_choice": lambda: wrong[0],
        "multiple_choice": lambda: wrong,
        "true_false": lambda: not key["answer"],
        "short_text": lambda: "certainly not this",
        "numeric": lambda: "-1",
    }[question["kind"]]()
