"""Check questions inside lessons: answered as often as one likes, never scored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from courses.models import UnitPage


@dataclass(frozen=True)
class CheckResult:
    """What the learner is told after choosing. The explanation comes with the right answer only."""

    is_answered: bool = False
    is_correct: bool = False
    answer: str = ""
    feedback: str = ""
    explanation: Any = None


def answer_check(unit: UnitPage, block_id: str, choice: int) -> CheckResult | None:
    """Return the result of a choice.

    None when the unit has no such question or the question no such choice.
    """
    block = next((block for block in getattr(unit, "body", ()) if block.id == block_id), None)
    if (
        block is None
        or block.block_type != "check_question"
        or choice >= len(block.value["choices"])
    ):
        return None
    chosen = block.value["choices"][choice]
    return CheckResult(
        is_answered=True,
        is_correct=bool(chosen["is_correct"]),
        answer=chosen["text"],
        feedback=chosen["feedback"],
        explanation=block.value["explanation"] if chosen["is_correct"] else None,
    )
