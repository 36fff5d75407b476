"""Questions of the content files, as the raw data of a quiz."""

from __future__ import annotations

import re
from typing import Any

from home.demo.rich_text import rich_text
from home.demo.streams import stable_id

FENCE = re.compile(r"^```(?P<language>\w*)\n(?P<code>.*?)^```\s*$", re.MULTILINE | re.DOTALL)


def questions(described: list[dict[str, Any]], *, place: str) -> list[dict[str, Any]]:
    """Return raw stream data for a quiz; ids depend on the place only."""
    return [
        {
            "type": question["kind"],
            "value": _value(question, f"{place}/{index}"),
            "id": stable_id(place, index),
        }
        for index, question in enumerate(described)
    ]


def _value(question: dict[str, Any], place: str) -> dict[str, Any]:
    prompt, language, code = split_code(question["prompt"])
    value: dict[str, Any] = {
        "prompt": rich_text(prompt),
        "code": code,
        "code_language": language,
        "points": str(question.get("points", 1)),
        "explanation": rich_text(question.get("explanation") or ""),
    }
    return value | _KINDS[question["kind"]](question, place)


def split_code(markdown: str) -> tuple[str, str, str]:
    """Return the text without its fenced code block, and the block's language and source."""
    match = FENCE.search(markdown)
    if match is None:
        return markdown, "python", ""
    text = f"{markdown[: match.start()].strip()}\n\n{markdown[match.end() :].strip()}"
    return text, match["language"] or "text", match["code"].rstrip("\n")


def _choices(question: dict[str, Any], place: str) -> dict[str, Any]:
    return {
        "choices": [
            {
                "type": "item",
                "id": stable_id(place, "choice", index),
                "value": {
                    "text": str(choice["text"]),
                    "is_correct": bool(choice.get("correct")),
                    "feedback": choice.get("feedback") or "",
                },
            }
            for index, choice in enumerate(question["choices"])
        ]
    }


def _several_choices(question: dict[str, Any], place: str) -> dict[str, Any]:
    return _choices(question, place) | {"partial_credit": question.get("partial_credit", True)}


def _true_false(question: dict[str, Any], place: str) -> dict[str, Any]:
    return {"answer": "true" if question["answer"] else "false"}


def _short_text(question: dict[str, Any], place: str) -> dict[str, Any]:
    return {
        "accepted": [str(text) for text in question["accepted"]],
        "case_sensitive": bool(question.get("case_sensitive")),
    }


def _numeric(question: dict[str, Any], place: str) -> dict[str, Any]:
    return {
        "answer": str(question["answer"]),
        "tolerance": str(question.get("tolerance") or 0),
        "unit": question.get("unit") or "",
    }


_KINDS = {
    "single_choice": _choices,
    "multiple_choice": _several_choices,
    "true_false": _true_false,
    "short_text": _short_text,
    "numeric": _numeric,
}
