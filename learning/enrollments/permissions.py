"""Who may enroll, and which enrollment opens its course."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.utils import timezone

from accounts.models import Role
from learning.enrollments.models import Enrollment

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

    Person = User | AnonymousUser


def opens_course(enrollment: Enrollment | None, *, at: datetime | None = None) -> bool:
    """Whether the enrollment opens its course: by its status and by the clock."""
    if enrollment is None or not enrollment.is_open:
        return False
    return enrollment.expires_at is None or enrollment.expires_at > (at or timezone.now())


def user_may_enroll_self(user: Person) -> bool:
    """Whether the person's role lets him take courses."""
    return user.is_authenticated and user.role in {Role.STUDENT, Role.TEACHER}


def user_may_enroll_others(user: Person) -> bool:
    """Whether the person may put others into a course."""
    return user.is_authenticated and user.role in {Role.MANAGER, Role.ADMIN}


def user_has_verified_email(user: User) -> bool:
    """Whether the person has shown that the account's address is his. Causes one query."""
    return EmailAddress.objects.filter(user=user, email__iexact=user.email, verified=True).exists()
