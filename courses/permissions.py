"""Who may do what with a course."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from accounts.models import Role
from courses.models import CoursePage, CourseTeamMember

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

    Person = User | AnonymousUser


def user_is_course_team(user: Person, course: CoursePage) -> bool:
    """Whether the person is the course's instructor or a member of its team. Causes at most one
    query.
    """
    if not user.is_authenticated:
        return False
    if course.instructor_id == user.pk:
        return True
    return CourseTeamMember.objects.filter(course=course, user=user).exists()


def user_can_edit_course(user: Person, course: CoursePage) -> bool:
    """Whether the person may change the course's content."""
    return user_is_administrator(user) or user_is_course_team(user, course)


def user_may_inspect_courses(user: Person) -> bool:
    """Whether the person may read gated content of every course (managers and administrators); it
    is written down.
    """
    return user.is_authenticated and user.role in {Role.MANAGER, Role.ADMIN}


def user_is_administrator(user: Person) -> bool:
    """Whether the person runs the portal."""
    return user.is_authenticated and user.role == Role.ADMIN


def courses_taught_by(user: Person) -> Any:
    """Return the courses whose team the person belongs to: the QuerySet twin of
    `user_is_course_team`.
    """
    return (
        CoursePage.objects.taught_by(user) if user.is_authenticated else CoursePage.objects.none()
    )
