"""The pages below /auth/ that differ from allauth's: registration, guarded codes, sessions one by
one.
"""

from __future__ import annotations

from typing import Any

from allauth.account import views as allauth_views
from allauth.account.adapter import get_adapter
from allauth.usersessions.internal.flows.sessions import end_sessions
from allauth.usersessions.models import UserSession
from allauth.usersessions.views import ListUserSessionsView
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import code_guard
from accounts.auth_forms import ChangePasswordForm, NewPasswordForm, RegisterForm


class RegisterView(allauth_views.SignupView):
    """Registration as student or teacher."""

    form_class = RegisterForm


class GuardedCodeMixin:
    """Lets five codes per mailbox be tried in ten minutes, however often the flow is begun anew."""

    code_purpose = ""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        email = self._process.state["email"]
        if "code" in request.POST and not code_guard.may_try_code(self.code_purpose, email):
            self._process.abort()
            adapter = get_adapter(request)
            adapter.add_message(
                request, messages.ERROR, message=adapter.error_messages["too_many_login_attempts"]
            )
            return HttpResponseRedirect(reverse("account_login"))
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        if "code" in self.request.POST:
            code_guard.forget_tries(self.code_purpose, self._process.state["email"])
        return super().form_valid(form)


class VerifyEmailView(GuardedCodeMixin, allauth_views.ConfirmEmailVerificationCodeView):
    """Where the code from the mail is entered."""

    code_purpose = "verify"


class ConfirmResetCodeView(GuardedCodeMixin, allauth_views.ConfirmPasswordResetCodeView):
    """Where the code of a password reset is entered."""

    code_purpose = "reset"


class NewPasswordView(allauth_views.CompletePasswordResetView):
    """Where a reset ends."""

    form_class = NewPasswordForm


class ChangePasswordView(allauth_views.PasswordChangeView):
    """A new password for who knows the old one."""

    form_class = ChangePasswordForm


class SessionsView(ListUserSessionsView):
    """Where a person is signed in: one session can be ended, or all others."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if "session" not in request.POST:
            return super().post(request, *args, **kwargs)
        chosen = request.POST["session"]
        is_number = chosen.isascii() and chosen.isdecimal() and len(chosen) < 19
        sessions = UserSession.objects.filter(user=request.user)
        session = get_object_or_404(sessions, pk=int(chosen) if is_number else 0)
        end_sessions(request, [session])
        messages.success(request, _("That session has ended."))
        return HttpResponseRedirect(reverse("usersessions_list"))
