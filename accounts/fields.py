"""Form fields for what people call themselves and list about themselves."""

from __future__ import annotations

import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Joiners are part of how some scripts spell names; every other invisible character only misleads.
_JOINERS = {"\u200c", "\u200d"}


def visible_text(text: str) -> str:
    """Return a line of text without control, direction and zero-width characters, and with single
    spaces.
    """
    kept = (
        " " if character.isspace() else character
        for character in unicodedata.normalize("NFC", text)
        if character.isspace() or character in _JOINERS or unicodedata.category(character)[0] != "C"
    )
    return " ".join("".join(kept).split())


class NameField(forms.CharField):
    """A name: any script, no invisible characters, no address smuggled into somebody's mail."""

    def to_python(self, value: Any) -> str:
        return visible_text(super().to_python(value) or "")

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and (
            "://" in value or "@" in value or not any(character.isalpha() for character in value)
        ):
            raise ValidationError(_("Enter a name."), code="no_name")


class WordListField(forms.CharField):
    """A list of short words, written with commas between them."""

    def __init__(self, *, max_words: int = 12, max_word_length: int = 40, **kwargs: Any) -> None:
        self.max_words = max_words
        self.max_word_length = max_word_length
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:
        words = (visible_text(word) for word in (super().to_python(value) or "").split(","))
        return list({word.casefold(): word for word in words if word}.values())

    def validate(self, value: list[str]) -> None:
        super().validate(value)
        if len(value) > self.max_words:
            raise ValidationError(
                _("Name at most %(count)d."), params={"count": self.max_words}, code="too_many"
            )
        if any(len(word) > self.max_word_length for word in value):
            raise ValidationError(
                _("Each may have at most %(count)d characters."),
                params={"count": self.max_word_length},
                code="too_long",
            )

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (initial or []) != self.to_python(data)

    def run_validators(self, value: list[str]) -> None:
        super().run_validators(", ".join(value))
