"""Makes the school in the database of `DATABASE_URL` and writes down what to ask of it.

Run by `benchmarks.run` as a process of its own, once for each database.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from random import Random
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.cached_db import SessionStore  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from accounts.models import Role, User  # noqa: E402
from benchmarks.models import EmptyPage  # noqa: E402
from courses.models import CoursePage, LessonPage, ModulePage  # noqa: E402
from home.demo import large  # noqa: E402
from home.demo.large_content import SchoolCourse, paragraph  # noqa: E402
from home.demo.large_history import History, count_learners  # noqa: E402
from home.models import HomePage  # noqa: E402
from learning.enrollments import services as enrollments  # noqa: E402
from learning.quizzes import services as quizzes  # noqa: E402

# They are the same in both databases, so that only the size of the tables differs.
OBSERVED = 100
COURSES_EACH = 8
LINKS_PER_PARAGRAPH = 1
PARAGRAPHS = 30


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--completions", type=int, required=True)
    parser.add_argument("--courses", type=int, required=True)
    parser.add_argument("--plan", type=Path, required=True)
    options = parser.parse_args()
    own = OBSERVED * COURSES_EACH
    courses = large.load(
        lambda text: print(f"  {text}", flush=True),
        completions=max(options.completions - own, 0),
        courses=options.courses,
    )
    options.plan.write_text(json.dumps(_plan(courses), default=str))


def _plan(courses: list[SchoolCourse]) -> dict[str, Any]:
    with transaction.atomic():
        people = large.make_people("observed", OBSERVED, Role.STUDENT)
        taken = _enroll(people, courses)
    lessons = _make_rich_lessons(courses)
    course = CoursePage.objects.get(slug="benchmark-course")
    for user in people:
        enrollments.enroll(user, course=course)
    HomePage.objects.get().add_child(instance=EmptyPage(title="Empty", slug="benchmark-empty"))
    attempts = [_attempt(user, own[0]) for user, own in zip(people, taken, strict=True)]
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    return {
        "cookie": settings.SESSION_COOKIE_NAME,
        "csrf_cookie": settings.CSRF_COOKIE_NAME,
        "learners": [
            {
                "session": _session(user),
                "courses": [_course_facts(one) for one in own],
                "attempt": attempt,
            }
            for user, own, attempt in zip(people, taken, attempts, strict=True)
        ],
        "courses": [one.page.get_url() for one in courses],
        "titles": [one.page.title for one in courses],
        "lesson_plain": lessons[0].get_url(),
        "lesson_linked": lessons[1].get_url(),
    }


def _enroll(people: list[User], courses: list[SchoolCourse]) -> list[list[SchoolCourse]]:
    """Enroll each in some courses with the first unit done; return everybody's courses."""
    history = History(Random(7))
    taken = []
    for index, user in enumerate(people):
        own = [courses[(index + step) % len(courses)] for step in range(COURSES_EACH)]
        for course in own:
            history.add(user, course, 1)
        taken.append(own)
    history.write()
    count_learners()
    return taken


def _make_rich_lessons(courses: list[SchoolCourse]) -> list[LessonPage]:
    """Add a course with two long lessons, one of them with a link to a page in each paragraph."""
    catalog = courses[0].page.get_parent()
    course = catalog.add_child(
        instance=CoursePage(
            title="Benchmark",
            slug="benchmark-course",
            summary="Two long lessons.",
            instructor=courses[0].page.instructor,
            has_certificate=False,
        )
    )
    course.save_revision().publish()
    module = course.add_child(instance=ModulePage(title="Module", slug="module"))
    lessons = []
    for slug, targets in (("plain", []), ("linked", [one.page.pk for one in courses])):
        random = Random(3)
        body = [paragraph(random) for _ in range(PARAGRAPHS)]
        for number, block in enumerate(body):
            if targets:
                target = targets[number % len(targets)]
                block["value"] = block["value"].replace(
                    "</p>", f' <a linktype="page" id="{target}">See there</a></p>'
                )
        lesson = module.add_child(instance=LessonPage(title=slug.title(), slug=slug, body=body))
        lesson.save_revision().publish()
        lessons.append(lesson)
    return lessons


def _attempt(user: User, course: SchoolCourse) -> dict[str, Any]:
    attempt = quizzes.start_attempt(user, quiz=course.quiz)
    choice = next(one for one in attempt.paper["questions"] if one["kind"] == "true_false")
    return {"id": attempt.pk, "question": choice["id"]}


def _course_facts(course: SchoolCourse) -> dict[str, Any]:
    lessons = [unit for unit in course.units if unit is not course.quiz]
    return {
        "url": course.page.get_url(),
        "lessons": [
            {"uuid": unit.translation_key, "url": f"{unit.url_path.removeprefix('/home')}"}
            for unit in lessons
        ],
    }


def _session(user: User) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return session.session_key


if __name__ == "__main__":
    main()
