"""A large school to measure with: thousands of learners, hundreds of courses, a million
completions.

Rows are written in bulk, past the services: what they would do for each row (signals, events,
mails) is not wanted here. The result satisfies the same invariants, which
`tests/test_large_school.py` checks on a small one.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, transaction

from accounts.models import Role, User
from courses.models import Category
from home.demo.large_content import UNITS_PER_COURSE, SchoolCourse, make_courses
from home.demo.large_history import make_history
from home.demo.people import PASSWORD

LEARNERS = 10_000
COURSES = 200
TEACHERS = 20
# A smaller school has fewer learners, not idler ones: what one of them has done stays the same.
COMPLETIONS_PER_LEARNER = 100
BATCH = 5_000
FIRST_NAMES = (
    "Amara", "Bruno", "Chiara", "Dmitri", "Esra", "Femi", "Greta", "Hugo", "Ines", "Jonas",
    "Kaya", "Lucia", "Mateo", "Nadia", "Oskar", "Priya", "Quentin", "Rosa", "Samir", "Tove",
)  # fmt: skip
LAST_NAMES = (
    "Abara", "Bianchi", "Cohen", "Dvorak", "Eriksen", "Fischer", "Garcia", "Hansen", "Ito",
    "Jansen", "Kaplan", "Lindgren", "Moreau", "Novak", "Okafor", "Petrov", "Rossi", "Silva",
    "Takahashi",
)  # fmt: skip
SUBJECTS = ("Languages", "Nature", "Technology", "History", "Art", "Health", "Economy", "Music")


def load(
    say: Callable[[str], None],
    *,
    completions: int = 1_000_000,
    learners: int | None = None,
    courses: int = COURSES,
) -> list[SchoolCourse]:
    """Add the school and return its courses. A second call adds and returns nothing."""
    if User.objects.filter(email=learner_email(1)).exists():
        say("The large school is there already")
        return []
    if learners is None:
        learners = max(10, min(LEARNERS, completions // COMPLETIONS_PER_LEARNER))
    random = Random(20)
    with transaction.atomic():
        say(f"{learners:,} learners")
        people = make_people("learner", learners, Role.STUDENT)
        teachers = make_people("teacher", TEACHERS, Role.TEACHER)
        say(f"{courses:,} courses with {courses * UNITS_PER_COURSE:,} units")
        made = make_courses(courses, random, teachers=teachers, categories=_make_categories())
        say(f"{completions:,} completions")
        make_history(people, made, completions, random)
    if connection.vendor == "postgresql":
        say("Statistics of the database")
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    say("Search index")
    call_command("update_index", verbosity=0, chunk_size=500)
    # Stored pages and counts are of the time before.
    cache.clear()
    return made


def learner_email(number: int) -> str:
    """Return the address of a learner; numbers start at 1."""
    return f"learner{number:05d}@school.example.org"


def make_people(kind: str, count: int, role: Role) -> list[User]:
    """Make people with verified addresses at school.example.org."""
    password = make_password(PASSWORD)
    people = [
        User(
            email=f"{kind}{number:05d}@school.example.org",
            first_name=FIRST_NAMES[number % len(FIRST_NAMES)],
            last_name=f"{LAST_NAMES[number % len(LAST_NAMES)]} {number}",
            role=role,
            password=password,
        )
        for number in range(1, count + 1)
    ]
    if role == Role.TEACHER:
        for person in people:
            person.save()  # with the groups and the page of a teacher
    else:
        User.objects.bulk_create(people, batch_size=BATCH)
    EmailAddress.objects.bulk_create(
        [EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in people],
        batch_size=BATCH,
    )
    return people


def _make_categories() -> list[Category]:
    return [
        Category.objects.get_or_create(slug=f"school-{name.lower()}", defaults={"name": name})[0]
        for name in SUBJECTS
    ]
