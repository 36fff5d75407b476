"""Question blocks: how questions are written in the admin.

Each block's UUID is the question's identity: it survives editing, publishing and copying. What a
block means for a learner (its part of the paper, its key, its grading) is in
`learning.quizzes.graders`.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import BlockGroup, StructBlockValidationError
from wagtail.rich_text import expand_db_html

from portal.common.blocks import LANGUAGES, TEXT_FEATURES, highlight_code

MAX_CHOICES = 12


class ChoiceBlock(blocks.StructBlock):
    """One possible answer."""

    text = blocks.CharBlock(label=_("Answer"), max_length=300)
    is_correct = blocks.BooleanBlock(label=_("Right"), required=False)
    feedback = blocks.CharBlock(
        label=_("Feedback"),
        required=False,
        max_length=400,
        help_text=_("Shown afterwards to whoever chose it."),
    )

    class Meta:
        icon = "check"
        label = _("Answer")
        label_format = "{text}"


def layout(*names: str) -> BlockGroup:
    """Return the form of a question: what authors always need, the rest behind a button."""
    return BlockGroup(
        children=["prompt", *names, "points", "explanation"], settings=["code", "code_language"]
    )


class QuestionValue(blocks.StructValue):
    """A question that knows what the learner is shown."""

    @property
    def prompt_html(self) -> SafeString:
        """Return the prompt, and its source code colored for its language."""
        html = expand_db_html(self["prompt"].source)
        code = self.get("code")
        if code:
            source = highlight_code(code, self["code_language"])
            html += f'<pre class="code__source"><code>{source}</code></pre>'
        return mark_safe(html)  # the prompt is cleaned by the editor, the code escaped by Pygments


class QuestionBlock(blocks.StructBlock):
    """What all questions have."""

    prompt = blocks.RichTextBlock(label=_("Question"), features=[*TEXT_FEATURES, "image"])
    code = blocks.TextBlock(
        label=_("Source code"), required=False, rows=5, help_text=_("Shown below the question.")
    )
    code_language = blocks.ChoiceBlock(label=_("Language"), choices=LANGUAGES, default="python")
    points = blocks.DecimalBlock(
        label=_("Points"),
        default=Decimal(1),
        min_value=Decimal("0.25"),
        max_value=Decimal(100),
        decimal_places=2,
    )

    class Meta:
        icon = "help"
        label_format = "{prompt}"
        form_classname = "struct-block question-block"
        value_class = QuestionValue


def explanation_block() -> blocks.Block:
    return blocks.RichTextBlock(
        label=_("Explanation"),
        required=False,
        features=TEXT_FEATURES,
        help_text=_("Shown afterwards, as the review rules of the quiz allow."),
    )


class SingleChoiceBlock(QuestionBlock):
    """Exactly one answer is right."""

    choices = blocks.ListBlock(ChoiceBlock(), label=_("Answers"), min_num=2, max_num=MAX_CHOICES)
    explanation = explanation_block()

    class Meta:
        icon = "radio-full"
        label = _("Single choice")
        description = _("One right answer among several.")
        form_layout = layout("choices")

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        _require_right_answers(cleaned["choices"], exactly_one=True)
        return cleaned


class MultipleChoiceBlock(QuestionBlock):
    """Any number of answers may be right; partly right replies earn part of the points."""

    choices = blocks.ListBlock(ChoiceBlock(), label=_("Answers"), min_num=2, max_num=MAX_CHOICES)
    partial_credit = blocks.BooleanBlock(
        label=_("Partial credit"),
        default=True,
        required=False,
        help_text=_(
            "Each right answer earns its share, each wrong one takes one away; never below zero."
        ),
    )
    explanation = explanation_block()

    class Meta:
        icon = "list-ul"
        label = _("Multiple choice")
        description = _("Several answers may be right.")
        form_layout = layout("choices", "partial_credit")

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        _require_right_answers(cleaned["choices"], exactly_one=False)
        return cleaned


class TrueFalseBlock(QuestionBlock):
    """A statement that is true or false."""

    answer = blocks.ChoiceBlock(
        label=_("The statement is"), choices=[("true", _("True")), ("false", _("False"))]
    )
    explanation = explanation_block()

    class Meta:
        icon = "tick-inverse"
        label = _("True or false")
        description = _("A statement to judge.")
        form_layout = layout("answer")


class ShortTextBlock(QuestionBlock):
    """A word or a short phrase."""

    accepted = blocks.ListBlock(
        blocks.CharBlock(label=_("Accepted answer"), max_length=200),
        label=_("Accepted answers"),
        min_num=1,
    )
    case_sensitive = blocks.BooleanBlock(
        label=_("Upper and lower case matter"), default=False, required=False
    )
    explanation = explanation_block()

    class Meta:
        icon = "edit"
        label = _("Short text")
        description = _("A word or phrase, compared with accepted answers.")
        form_layout = layout("accepted", "case_sensitive")

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if not any(text.strip() for text in cleaned["accepted"]):
            raise StructBlockValidationError(
                non_block_errors=[ValidationError(_("Give at least one accepted answer."))]
            )
        return cleaned


class NumericBlock(QuestionBlock):
    """A number, within a tolerance."""

    answer = blocks.DecimalBlock(label=_("Right number"))
    tolerance = blocks.DecimalBlock(
        label=_("Tolerance"),
        default=Decimal(0),
        min_value=Decimal(0),
        help_text=_("How far off a reply may be."),
    )
    unit = blocks.CharBlock(label=_("Unit"), required=False, max_length=20)
    explanation = explanation_block()

    class Meta:
        icon = "decimal"
        label = _("Number")
        description = _("A number, right within a tolerance.")
        form_layout = layout("answer", "tolerance", "unit")


def _require_right_answers(choices: Any, *, exactly_one: bool) -> None:
    right = sum(bool(choice["is_correct"]) for choice in choices)
    if exactly_one and right != 1:
        raise StructBlockValidationError(
            non_block_errors=[ValidationError(_("Mark exactly one answer as right."))]
        )
    if not right:
        raise StructBlockValidationError(
            non_block_errors=[ValidationError(_("Mark at least one answer as right."))]
        )


def question_blocks() -> list[tuple[str, blocks.Block]]:
    """Return the question kinds; the names are those of `graders.GRADERS` and of the API."""
    return [
        ("single_choice", SingleChoiceBlock()),
        ("multiple_choice", MultipleChoiceBlock()),
        ("true_false", TrueFalseBlock()),
        ("short_text", ShortTextBlock()),
        ("numeric", NumericBlock()),
    ]
