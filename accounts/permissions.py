"""Who may do what with people."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser

from accounts.models import Role, User

_MANAGED_ROLES = {Role.STUDENT, Role.TEACHER}


def user_may_set_role(actor: User, user: User, role: str) -> bool:
    """Nobody changes his own role. Administrators give every role, managers switch students and
    teachers.
    """
    if not actor.is_active or actor.pk == user.pk or role not in Role.values:
        return False
    if actor.is_admin:
        return True
    return actor.is_manager and user.role in _MANAGED_ROLES and role in _MANAGED_ROLES


def user_may_see_teacher(visitor: User | AnonymousUser, teacher: User) -> bool:
    """A teacher's page is public while the teacher is active and shows it; the teacher always sees
    it.
    """
    if not (teacher.is_active and teacher.is_teacher):
        return False
    return visitor.pk == teacher.pk or _shows_page(teacher)


def _shows_page(teacher: Any) -> bool:
    return hasattr(teacher, "teacher_profile") and teacher.teacher_profile.is_public
