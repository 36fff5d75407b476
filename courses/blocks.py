"""Blocks of lessons."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from portal.common.blocks import (
    INLINE_FEATURES,
    TEACHING,
    TEXT_FEATURES,
    DownloadBlock,
    PdfBlock,
    SlidesBlock,
    VideoBlock,
    article_blocks,
)


class CheckChoiceBlock(blocks.StructBlock):
    """One possible answer to a check question."""

    text = blocks.CharBlock(label=_("Answer"), max_length=300)
    is_correct = blocks.BooleanBlock(label=_("This is right"), required=False)
    feedback = blocks.CharBlock(
        label=_("Feedback"),
        required=False,
        max_length=400,
        help_text=_("Shown to whoever chooses this answer."),
    )

    class Meta:
        icon = "check"
        label = _("Answer")
        label_format = "{text}"


class CheckQuestionBlock(blocks.StructBlock):
    """A question inside a lesson: not scored, answered as often as one likes."""

    question = blocks.RichTextBlock(label=_("Question"), features=INLINE_FEATURES)
    choices = blocks.ListBlock(CheckChoiceBlock(), label=_("Answers"), min_num=2, max_num=8)
    explanation = blocks.RichTextBlock(
        label=_("Explanation"), required=False, features=TEXT_FEATURES
    )

    class Meta:
        icon = "help"
        label = _("Check question")
        group = TEACHING
        template = "blocks/check_question_block.html"
        description = _("A quick question to think about; it does not count for the grade.")

    def get_api_representation(self, value: Any, context: Any = None) -> dict[str, Any]:
        """Leave out which answer is right: it is told to whoever has chosen one."""
        question = super().get_api_representation(value, context)["question"]
        choices = [{"text": choice["text"]} for choice in value["choices"]]
        return {"question": question, "choices": choices}

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if not any(choice["is_correct"] for choice in cleaned["choices"]):
            raise StructBlockValidationError(
                non_block_errors=[ValidationError(_("Mark at least one answer as right."))]
            )
        return cleaned


def lesson_blocks() -> list[tuple[str, blocks.Block]]:
    """Return the blocks of a lesson's body."""
    return [
        *article_blocks(),
        ("video", VideoBlock()),
        ("slides", SlidesBlock()),
        ("pdf", PdfBlock()),
        ("download", DownloadBlock()),
        ("check_question", CheckQuestionBlock()),
    ]
