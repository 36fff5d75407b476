"""Forms of the player."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from learning.progress.serializers import ActivitySerializer


class CheckAnswerForm(forms.Form):
    """The choice at a check question: its place in the list."""

    choice = forms.IntegerField(min_value=0, max_value=50)


class BeaconForm(forms.Form):
    """The last report of a page that is being left. Beacons can carry a form and no header."""

    report = forms.CharField(max_length=20_000)

    def clean_report(self) -> dict[str, Any]:
        try:
            data = json.loads(self.cleaned_data["report"], parse_constant=_refuse)
        except (ValueError, RecursionError) as error:
            raise ValidationError("not JSON") from error
        body = ActivitySerializer(data=data)
        if not body.is_valid():
            raise ValidationError("not a report")
        return body.validated_data


def _refuse(name: str) -> None:
    raise ValueError(name)
