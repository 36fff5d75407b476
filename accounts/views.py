"""The profile, tab by tab, and the public pages of teachers."""

from __future__ import annotations

import uuid
from functools import partial
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.paginator import Paginator
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.generic import FormView, TemplateView, UpdateView

from accounts import forms, selectors, services
from accounts.export import export_person
from accounts.models import StudentProfile, TeacherProfile, User
from portal.common.errors import DomainError

TEACHERS_PER_PAGE = 24


class PersonalRequest(HttpRequest):
    """A request of somebody who is signed in."""

    user: User


class ProfileFormView(LoginRequiredMixin, UpdateView):
    """A tab with one form about whoever is signed in. `tab` names the tab to the template."""

    request: PersonalRequest
    tab = ""

    def get_object(self, queryset: Any = None) -> Any:
        # Not request.user itself: a refused form must not show its values in the page's header.
        return User.objects.get(pk=self.request.user.pk)

    def get_success_url(self) -> str:
        return self.request.path

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        messages.success(self.request, _("Your changes are saved."))
        return response


class AboutView(ProfileFormView):
    """Name, photo and a few words."""

    tab = "about"
    form_class = forms.AboutForm
    template_name = "accounts/profile_about.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("photo_form", forms.PhotoForm())
        return super().get_context_data(**kwargs)


class PhotoView(LoginRequiredMixin, FormView):
    """Takes a new photo."""

    request: PersonalRequest
    tab = "about"
    http_method_names = ["post"]
    form_class = forms.PhotoForm
    template_name = "accounts/profile_about.html"

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            services.set_avatar(self.request.user, form.cleaned_data["photo"])
        except DomainError as error:
            form.add_error("photo", str(error.message))
            return self.form_invalid(form)
        messages.success(self.request, _("Your new photo is in place."))
        return redirect("accounts:profile")

    def form_invalid(self, form: Any) -> HttpResponse:
        about = forms.AboutForm(instance=self.request.user)
        return self.render_to_response(
            self.get_context_data(form=about, photo_form=form), status=422
        )


class LearningProfileView(ProfileFormView):
    """What a student tells teachers."""

    tab = "learning"
    form_class = forms.StudentProfileForm
    template_name = "accounts/profile_learning.html"

    def get_object(self, queryset: Any = None) -> StudentProfile:
        if self.request.user.role != "student":
            raise Http404
        profile = StudentProfile.objects.filter(user=self.request.user).first()
        return profile or StudentProfile(user=self.request.user)


class TeachingProfileView(ProfileFormView):
    """The public page of a teacher."""

    tab = "teaching"
    form_class = forms.TeacherProfileForm
    template_name = "accounts/profile_teaching.html"

    def get_object(self, queryset: Any = None) -> TeacherProfile:
        return _own_teacher_profile(self.request)


class PrivacyView(ProfileFormView):
    """Who may see a profile."""

    tab = "privacy"
    template_name = "accounts/profile_privacy.html"

    def get_form_class(self) -> type[BaseForm]:
        return forms.TeacherVisibilityForm if self.request.user.is_teacher else forms.VisibilityForm

    def get_object(self, queryset: Any = None) -> Any:
        return (
            _own_teacher_profile(self.request)
            if self.request.user.is_teacher
            else super().get_object(queryset)
        )


class SettingsView(ProfileFormView):
    """Address, time zone and language."""

    tab = "account"
    form_class = forms.SettingsForm
    template_name = "accounts/profile_account.html"


class SecurityView(LoginRequiredMixin, TemplateView):
    """The ways to password, second factor and sessions, with their state."""

    request: PersonalRequest
    tab = "security"
    template_name = "accounts/profile_security.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        return super().get_context_data(
            has_second_factor=is_mfa_enabled(user),
            session_count=UserSession.objects.filter(user=user).count(),
            has_pending_address=EmailAddress.objects.filter(user=user, verified=False).exists(),
            **kwargs,
        )


class DataView(LoginRequiredMixin, FormView):
    """Take your data with you, or leave."""

    request: PersonalRequest
    tab = "data"
    form_class = forms.CloseAccountForm
    template_name = "accounts/profile_data.html"
    success_url = reverse_lazy("account_login")

    def get_form_kwargs(self) -> dict[str, Any]:
        check = partial(get_adapter(self.request).reauthenticate, self.request.user)
        return super().get_form_kwargs() | {"check_password": check}

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            services.close_account(self.request.user)
        except DomainError as error:
            form.add_error(None, str(error.message))
            return self.form_invalid(form)
        get_adapter(self.request).logout(self.request)
        messages.success(self.request, _("Your account is closed. Goodbye!"))
        return super().form_valid(form)


@login_required
@require_POST
def remove_photo(request: PersonalRequest) -> HttpResponse:
    services.remove_avatar(request.user)
    messages.success(request, _("Your photo is removed."))
    return redirect("accounts:profile")


@login_required
def export_data(request: PersonalRequest) -> JsonResponse:
    """Everything that the portal knows about the person who asks, as a file."""
    response = JsonResponse(
        export_person(request.user), json_dumps_params={"indent": 2, "ensure_ascii": False}
    )
    response["Content-Disposition"] = 'attachment; filename="my-data.json"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def teacher(request: HttpRequest, teacher_id: uuid.UUID) -> HttpResponse:
    page = selectors.teacher_page(request.user, teacher_id)
    if page is None:
        raise Http404
    crumbs = [
        {"title": _("Teachers"), "url": reverse("accounts:teachers")},
        {"title": page.teacher.name},
    ]
    return render(request, "accounts/teacher.html", {"teacher_page": page, "crumbs": crumbs})


def teachers(request: HttpRequest) -> HttpResponse:
    page = Paginator(selectors.public_teachers(), TEACHERS_PER_PAGE).get_page(
        request.GET.get("page")
    )
    return render(request, "accounts/teachers.html", {"teachers": page})


def _own_teacher_profile(request: PersonalRequest) -> TeacherProfile:
    if not request.user.is_teacher:
        raise Http404
    return TeacherProfile.objects.get_or_create(user=request.user)[0]
