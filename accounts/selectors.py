"""Reads about people for the pages that show them."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q, QuerySet

from accounts.models import Role, TeacherProfile, User
from accounts.permissions import user_may_see_teacher
from portal.common.text import markdown_to_html


@dataclass(frozen=True)
class TeacherPage:
    """What everybody may read about a teacher. It holds no address and no setting of the person."""

    teacher: User
    profile: TeacherProfile
    biography: str
    courses: list[Any]
    is_public: bool


def teacher_page(visitor: User | AnonymousUser, teacher_id: uuid.UUID) -> TeacherPage | None:
    """Return a teacher's page, or None where the visitor shall not learn that there is such a
    person.
    """
    teacher = User.objects.select_related("teacher_profile").filter(pk=teacher_id).first()
    if teacher is None or not user_may_see_teacher(visitor, teacher):
        return None
    profile = teacher.teacher_profile
    courses = (
        teacher.taught_courses.live()
        .public()
        .select_related("category", "hero_image")
        .prefetch_related("hero_image__renditions")
        .order_by("title")
    )
    return TeacherPage(
        teacher=teacher,
        profile=profile,
        biography=markdown_to_html(profile.biography),
        courses=list(courses),
        is_public=profile.is_public,
    )


def public_teachers() -> QuerySet[User]:
    """Return the teachers with a public page and at least one live course, by name.

    Anybody may register as a teacher, so a page without a course is not advertised.
    """
    return (
        User.objects.filter(role=Role.TEACHER, is_active=True, teacher_profile__is_public=True)
        .select_related("teacher_profile")
        .annotate(course_count=Count("taught_courses", filter=Q(taught_courses__live=True)))
        .filter(course_count__gt=0)
        .order_by("last_name", "first_name", "pk")
    )
