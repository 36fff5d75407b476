"""People of the demo content."""

from __future__ import annotations

import io
from typing import Any

from allauth.account.models import EmailAddress
from django.core.files.base import ContentFile

from accounts import services as accounts
from accounts.models import Role, StudentProfile, TeacherProfile, User
from home.demo.files import drawings

PASSWORD = "learning-is-fun"  # noqa: S105  printed for everybody to use
AVATAR_PIXELS = 512

TEACHER = "teacher@example.org"
LOGINS = [
    ("student@example.org", "Sam", "Student", Role.STUDENT),
    (TEACHER, "Tara", "Teacher", Role.TEACHER),
    ("manager@example.org", "Mona", "Manager", Role.MANAGER),
    ("admin@example.org", "Alex", "Admin", Role.ADMIN),
]


def load_logins() -> None:
    """Make one person per role, for whoever tries the portal."""
    for email, first_name, last_name, role in LOGINS:
        _person(email, role=role, first_name=first_name, last_name=last_name)
    TeacherProfile.objects.update_or_create(
        user=User.objects.get(email=TEACHER),
        defaults={
            "headline": "Answers questions in the Python course",
            "biography": "Tara reads every question twice and answers once.",
            "expertise": ["Python"],
            "languages": ["English"],
        },
    )


def load_teacher(described: dict[str, Any]) -> User:
    """Make a teacher with a public page."""
    user = _person(
        described["email"],
        role=Role.TEACHER,
        first_name=described["first_name"],
        last_name=described["last_name"],
        timezone=described.get("timezone", "UTC"),
    )
    if described.get("portrait") and not user.avatar:
        user.avatar.save("portrait.webp", _avatar(described["portrait"]))
    TeacherProfile.objects.update_or_create(
        user=user,
        defaults={
            "headline": described["headline"],
            "biography": described["biography"].strip(),
            "expertise": described["expertise"],
            "languages": described["languages"],
            "website": described.get("website") or "",
            "is_public": True,
        },
    )
    return user


def load_learner(described: dict[str, Any]) -> User:
    """Make a learner with a profile."""
    user = _person(
        described["email"],
        role=Role.STUDENT,
        first_name=described["first_name"],
        last_name=described["last_name"],
        timezone=described.get("timezone", "UTC"),
    )
    StudentProfile.objects.update_or_create(
        user=user,
        defaults={
            "education_level": described.get("education_level", ""),
            "institution": described.get("institution", ""),
            "interests": described.get("interests", []),
            "goals": described.get("goals", ""),
        },
    )
    return user


def _person(email: str, *, role: str, **fields: Any) -> User:
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User.objects.create_user(email, PASSWORD, **fields)
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
        accounts.set_role(user, role, actor=None)
    return user


def _avatar(key: str) -> ContentFile:
    buffer = io.BytesIO()
    picture = drawings()[key]().convert("RGB").resize((AVATAR_PIXELS, AVATAR_PIXELS))
    picture.save(buffer, "WEBP", quality=88)
    return ContentFile(buffer.getvalue())
