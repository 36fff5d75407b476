"""Forms of the pages below /auth/ that differ from allauth's.

They live apart from `forms.py`, from which allauth takes the base of its own registration form.
"""

from __future__ import annotations

from typing import Any

from allauth.account import forms as allauth_forms
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

PASSWORD_HELP = _("Ten characters or more. A short sentence is safe and easy to keep in mind.")


class RegisterForm(allauth_forms.SignupForm):
    """Registration: all of an account or nothing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = PASSWORD_HELP

    def save(self, request: HttpRequest) -> AbstractBaseUser:
        with transaction.atomic():
            return super().save(request)

    def try_save(
        self, request: HttpRequest
    ) -> tuple[AbstractBaseUser | None, HttpResponseBase | None]:
        """Two registrations of one address at the same moment: the second is told what a later one
        is told.
        """
        try:
            return super().try_save(request)
        except IntegrityError:
            self.account_already_exists = True
            return super().try_save(request)


class ChangePasswordForm(allauth_forms.ChangePasswordForm):
    """A new password for who knows the old one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = PASSWORD_HELP


class NewPasswordForm(allauth_forms.ResetPasswordKeyForm):
    """A new password at the end of a reset."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = PASSWORD_HELP
