"""What stands around a course on its page.

Teachers, prerequisites, subject, tags. Public, the same for everybody.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from django.db.models import Q
from django.utils.safestring import SafeString

from accounts.models import TeacherProfile, User
from courses.catalog.freshness import remembered
from courses.models import CoursePage, CourseTeamMember
from portal.common.text import markdown_to_html

SECONDS = 5 * 60


@dataclass(frozen=True)
class Teacher:
    """Somebody who teaches a course. Without a public profile: the name alone."""

    name: str
    photo: str = ""
    headline: str = ""
    biography: SafeString | str = ""
    url: str = ""

    @classmethod
    def of(cls, person: User) -> Self:
        photo = person.avatar.url if person.avatar else ""
        profile: TeacherProfile | None = getattr(person, "teacher_profile", None)
        if profile is None or not profile.is_public:
            return cls(person.name, photo)
        biography = markdown_to_html(profile.biography)
        return cls(person.name, photo, profile.headline, biography, profile.get_absolute_url())


@dataclass(frozen=True)
class Mention:
    """A name with the address or the value that it leads to."""

    name: str
    target: str


@dataclass(frozen=True)
class Surroundings:
    """What stands around a course on its page."""

    teachers: list[Teacher]
    prerequisites: list[Mention]
    tags: list[Mention]
    category: Mention | None


def surroundings(course: CoursePage, *, fresh: bool = False) -> Surroundings:
    """Return what stands around a course; from the cache unless it must be `fresh`."""
    if fresh:
        return _read(course)
    return remembered(f"surroundings:{course.pk}", lambda: _read(course), SECONDS)


def _read(course: CoursePage) -> Surroundings:
    return Surroundings(
        teachers=[Teacher.of(person) for person in _people(course)],
        prerequisites=[
            Mention(one.title, one.url or "") for one in _published_prerequisites(course)
        ],
        tags=[Mention(tag.name, tag.slug) for tag in course.tags.all()],
        category=Mention(course.category.name, course.category.slug) if course.category else None,
    )


def _people(course: CoursePage) -> list[User]:
    """Return the instructor and then the co-instructors."""
    members = CourseTeamMember.objects.filter(
        course=course.pk, team_role=CourseTeamMember.TeamRole.CO_INSTRUCTOR
    ).values("user")
    people = User.objects.filter(Q(pk=course.instructor_id) | Q(pk__in=members)).select_related(
        "teacher_profile"
    )
    return sorted(people, key=lambda person: (person.pk != course.instructor_id, person.name))


def _published_prerequisites(course: CoursePage) -> list[CoursePage]:
    # A draft in preview holds its relations in memory, where querysets can do less.
    return sorted(
        (one for one in course.prerequisites.all() if one.live), key=lambda one: one.title
    )
