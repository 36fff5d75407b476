"""People in Wagtail's admin: the role takes the place of "Administrator" and of the groups that
follow from it.
"""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django import forms
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import get_active_log_context
from wagtail.users.forms import UserCreationForm, UserEditForm

from accounts import services
from accounts.groups import DUTY_GROUPS
from accounts.models import Role, User


class PersonFormMixin(forms.Form):
    """Role and duties, written by the services."""

    field_order = ["email", "first_name", "last_name", "role", "duties", "is_active"]

    is_superuser = None
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    duties = forms.ModelMultipleChoiceField(
        label=_("Duties"),
        queryset=Group.objects.filter(name__in=DUTY_GROUPS).order_by("name"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Beside the role: editing pages, moderating, answering tickets."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance._state.adding:
            return
        self.fields["role"].initial = self.instance.role
        self.fields["duties"].initial = self.instance.groups.filter(name__in=DUTY_GROUPS)

    def save(self, commit: bool = True) -> User:
        user = super().save(commit=commit)
        actor = get_active_log_context().user
        if "role" in self.fields:
            services.set_role(user, self.cleaned_data["role"], actor=actor)
        services.set_duties(user, list(self.cleaned_data["duties"]), actor=actor)
        return user


class PersonCreationForm(PersonFormMixin, UserCreationForm):
    """A new person. An administrator vouches for the address."""

    class Meta:
        model = User
        fields = ["email", "first_name", "last_name"]

    def save(self, commit: bool = True) -> User:
        user = super().save(commit=commit)
        EmailAddress.objects.get_or_create(
            user=user, email=user.email, defaults={"verified": True, "primary": True}
        )
        return user


class PersonEditForm(PersonFormMixin, UserEditForm):
    """A person. Nobody changes his own role."""

    class Meta:
        model = User
        fields = ["email", "first_name", "last_name", "is_active"]

    def __init__(self, *args: Any, editing_self: bool = False, **kwargs: Any) -> None:
        # Wagtail's own handling of `editing_self` expects the field that the role replaces.
        super().__init__(*args, **kwargs)
        if editing_self:
            del self.fields["is_active"], self.fields["role"]

    def save(self, commit: bool = True) -> User:
        user = super().save(commit=commit)
        if "email" in self.changed_data:
            EmailAddress.objects.filter(user=user).delete()
            EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        return user
