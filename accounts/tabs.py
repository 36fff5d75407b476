"""The tabs of the profile."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Role, User


def profile_tabs(user: User, current: str) -> list[dict[str, Any]]:
    """Return the tabs that this person has, in the form of the tabs component."""
    tabs = [("about", _("About me"), "accounts:profile")]
    if user.role == Role.STUDENT:
        tabs.append(("learning", _("Learning"), "accounts:profile_learning"))
    if user.role == Role.TEACHER:
        tabs.append(("teaching", _("Teaching"), "accounts:profile_teaching"))
    tabs += [
        ("privacy", _("Privacy"), "accounts:profile_privacy"),
        ("account", _("Account"), "accounts:profile_account"),
        ("security", _("Security"), "accounts:profile_security"),
        ("data", _("Your data"), "accounts:profile_data"),
    ]
    return [
        {"title": title, "url": reverse(name), "is_current": key == current}
        for key, title, name in tabs
    ]
