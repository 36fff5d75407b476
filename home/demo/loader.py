"""Loads the demo content. What is already there is left alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from courses.models import CoursePage
from home.demo import courses, history, people, site

CONTENT = Path(__file__).parent / "content"


def read(name: str) -> Any:
    """Return the data of a content file."""
    return yaml.safe_load((CONTENT / name).read_text(encoding="utf-8"))


def course_files() -> list[str]:
    return sorted(f"courses/{path.name}" for path in (CONTENT / "courses").glob("*.yaml"))


def is_loaded() -> bool:
    """Whether every demo course is there."""
    slugs = [Path(name).stem for name in course_files()]
    return CoursePage.objects.filter(slug__in=slugs).count() == len(slugs)


def load(say: Callable[[str], None]) -> None:
    """Load everything, saying what is being done. Safe to call again, also after having been
    stopped half-way.
    """
    persons = read("people.yaml")
    say("People")
    people.load_logins()
    for described in persons["teachers"]:
        people.load_teacher(described)
    for described in persons["learners"]:
        people.load_learner(described)
    courses.load_categories(read("categories.yaml")["categories"])
    for name in course_files():
        described = read(name)
        say(f"Course: {described['title']}")
        with transaction.atomic():
            courses.load_course(described)
    courses.join_team("python-from-first-principles", email=people.TEACHER)
    say("Home page, blog, questions and answers")
    _load_site()
    say("Learners' history")
    for described in persons["learners"]:
        history.load_history(described["email"], described.get("progress") or {})
    history.load_history(people.LOGINS[0][0], history.STUDENT_PROGRESS)


def _load_site() -> None:
    files = site.site_files()
    pages = read("pages.yaml")
    for described in read("blog.yaml")["posts"]:
        with transaction.atomic():
            site.load_post(described, files)
    site.load_questions(read("faq.yaml")["topics"])
    for described in [*pages["landing"], *pages["information"]]:
        site.load_landing_page(described, files)
    site.load_home(pages["home"], files)
    site.load_navigation(pages["navigation"])
