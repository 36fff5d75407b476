"""A person's own data, as one document. Apps above add their part with `register_export`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.utils import timezone

from accounts.models import StudentProfile, TeacherProfile, User

_parts: dict[str, Callable[[User], Any]] = {}


def register_export(name: str, part: Callable[[User], Any]) -> None:
    """Add a part to every export: `part(user)` returns what JSON can hold, dates and UUIDs
    included.
    """
    if name in _parts:
        raise ValueError(f"There is a part named {name!r} already.")
    _parts[name] = part


def export_person(user: User) -> dict[str, Any]:
    """Return everything that the portal knows about a person, by part."""
    return {"exported_at": timezone.now()} | {name: part(user) for name, part in _parts.items()}


def _account(user: User) -> dict[str, Any]:
    return {
        "id": user.pk,
        "email": user.email,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "display_name": user.display_name,
        "role": user.role,
        "about_me": user.bio,
        "photo": user.avatar.url if user.avatar else None,
        "time_zone": user.timezone,
        "language": user.language,
        "profile_visible_to": user.visibility,
        "registered_at": user.date_joined,
        "last_login_at": user.last_login,
        "groups": list(user.groups.values_list("name", flat=True)),
    }


def _student_profile(user: User) -> dict[str, Any] | None:
    fields = ("education_level", "institution", "interests", "goals")
    return StudentProfile.objects.filter(user=user).values(*fields).first()


def _teacher_profile(user: User) -> dict[str, Any] | None:
    fields = ("headline", "biography", "expertise", "languages", "website", "is_public")
    return TeacherProfile.objects.filter(user=user).values(*fields).first()


def _email_addresses(user: User) -> list[dict[str, Any]]:
    return list(EmailAddress.objects.filter(user=user).values("email", "verified", "primary"))


def _sessions(user: User) -> list[dict[str, Any]]:
    return list(
        UserSession.objects.filter(user=user).values(
            "created_at", "last_seen_at", "ip", "user_agent"
        )
    )


def _second_factors(user: User) -> list[dict[str, Any]]:
    """The kinds only: an export must not be a copy of the keys."""
    return list(
        Authenticator.objects.filter(user=user).values("type", "created_at", "last_used_at")
    )


register_export("account", _account)
register_export("student_profile", _student_profile)
register_export("teacher_profile", _teacher_profile)
register_export("email_addresses", _email_addresses)
register_export("sessions", _sessions)
register_export("second_factors", _second_factors)
