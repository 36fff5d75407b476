"""Forms about people: registration and the profile."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts import services
from accounts.fields import NameField, WordListField
from accounts.models import Role, StudentProfile, TeacherProfile, User
from portal.common.timezones import timezone_choices

REGISTRATION_ROLES = [
    (Role.STUDENT.value, _("I want to learn")),
    (Role.TEACHER.value, _("I want to teach")),
]


class SignupForm(forms.Form):
    """What is asked at registration besides address and password. allauth puts its own fields to
    these.
    """

    role = forms.ChoiceField(
        label=_("What brings you here?"),
        choices=REGISTRATION_ROLES,
        initial=Role.STUDENT,
        widget=forms.RadioSelect,
    )
    first_name = NameField(
        label=_("First name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    last_name = NameField(
        label=_("Last name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )
    timezone = forms.ChoiceField(
        label=_("Time zone"),
        choices=timezone_choices,
        initial="UTC",
        required=False,
        help_text=_("For deadlines and lessons held live."),
    )

    field_order = ["role", "first_name", "last_name", "email", "password1", "timezone"]

    def signup(self, request: HttpRequest, user: User) -> None:
        """Called by allauth once the account exists."""
        services.complete_registration(
            user, role=self.cleaned_data["role"], timezone=self.cleaned_data["timezone"] or "UTC"
        )


class AboutForm(forms.ModelForm):
    """Name and a few words."""

    first_name = NameField(label=_("First name"), max_length=150)
    last_name = NameField(label=_("Last name"), max_length=150)
    display_name = NameField(
        label=_("Display name"),
        max_length=80,
        required=False,
        help_text=_(
            "Shown to others instead of your full name. Certificates always carry your full name."
        ),
    )

    class Meta:
        model = User
        fields = ["first_name", "last_name", "display_name", "bio"]
        widgets = {"bio": forms.Textarea(attrs={"rows": 4})}


class PhotoForm(forms.Form):
    """A new photo. What it holds is judged by `avatars.square_avatar`."""

    photo = forms.FileField(
        label=_("New photo"),
        help_text=_("JPEG, PNG or WebP, at most 5 MB. It is cut to a square."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )


class StudentProfileForm(forms.ModelForm):
    """What a student tells teachers."""

    interests = WordListField(
        label=_("Interests"),
        required=False,
        help_text=_("With commas between them: astronomy, baking, statistics"),
    )

    class Meta:
        model = StudentProfile
        fields = ["education_level", "institution", "interests", "goals"]
        widgets = {"goals": forms.Textarea(attrs={"rows": 4})}


class TeacherProfileForm(forms.ModelForm):
    """The public page of a teacher."""

    headline = forms.CharField(
        label=_("Headline"),
        max_length=160,
        required=False,
        help_text=_("One line, for example: Baker and food chemist"),
    )
    expertise = WordListField(
        label=_("Expertise"),
        required=False,
        help_text=_("With commas between them: sourdough, fermentation"),
    )
    languages = WordListField(
        label=_("Languages you teach in"),
        required=False,
        help_text=_("With commas between them: English, Turkish"),
    )

    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")

    class Meta:
        model = TeacherProfile
        fields = ["headline", "biography", "expertise", "languages", "website"]
        widgets = {"biography": forms.Textarea(attrs={"rows": 10})}


class VisibilityForm(forms.ModelForm):
    """Who may see a profile."""

    class Meta:
        model = User
        fields = ["visibility"]
        widgets = {"visibility": forms.RadioSelect}


class TeacherVisibilityForm(forms.ModelForm):
    """Whether a teacher's page is public."""

    class Meta:
        model = TeacherProfile
        fields = ["is_public"]
        help_texts = {
            "is_public": _("Everybody may then read your headline, biography and courses.")
        }


class SettingsForm(forms.ModelForm):
    """How times and words are shown."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    class Meta:
        model = User
        fields = ["timezone", "language"]
        help_texts = {"timezone": _("Deadlines and dates are shown in this zone.")}


class CloseAccountForm(forms.Form):
    """Closing an account asks for the password once more."""

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    understood = forms.BooleanField(label=_("I understand that this cannot be undone."))

    def __init__(self, *args: Any, check_password: Any, **kwargs: Any) -> None:
        self._check_password = check_password
        super().__init__(*args, **kwargs)

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        if not self._check_password(password):
            raise forms.ValidationError(_("This is not your password."), code="wrong_password")
        return password
