"""Asking whether a certificate is genuine."""

from __future__ import annotations

import re
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

CODE = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}", re.IGNORECASE)


class VerifyForm(forms.Form):
    """The code of a certificate, or the whole address of its page: people paste what they have."""

    code = forms.CharField(
        label=_("Code or address of the certificate"),
        max_length=500,
        help_text=_("It stands below the QR code: 36 letters, digits and hyphens."),
        error_messages={"required": _("Enter the code of a certificate.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"}
        ),
    )

    def clean_code(self) -> UUID:
        match = CODE.search("".join(self.cleaned_data["code"].split()))
        if match is None:
            raise forms.ValidationError(
                _("This is not the code of a certificate. Check it, or scan the QR code.")
            )
        return UUID(match[0])
