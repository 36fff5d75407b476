"""Who may do what with a certificate. Everybody who has its code may verify it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.models import Role
from courses.permissions import user_is_course_team, user_may_inspect_courses
from learning.certificates.models import Certificate

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

    Person = User | AnonymousUser


def user_owns_certificate(user: Person, certificate: Certificate) -> bool:
    """Whether the certificate was issued to this person."""
    return user.is_authenticated and certificate.learner_id == user.pk


def user_can_download_certificate(user: Person, certificate: Certificate) -> bool:
    """Whether the person may have the PDF: owner and team while it is valid, managers always."""
    if user_may_inspect_courses(user):
        return True
    if not certificate.is_valid:
        return False
    return user_owns_certificate(user, certificate) or user_is_course_team(user, certificate.course)


def user_can_revoke_certificates(user: Person) -> bool:
    """Whether the person may take certificates back."""
    return user.is_authenticated and user.is_active and user.role in {Role.MANAGER, Role.ADMIN}
