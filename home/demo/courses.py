"""Courses of the content files, as pages."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from courses.models import (
    Category,
    CourseIndexPage,
    CoursePage,
    CourseTeamMember,
    LessonPage,
    ModulePage,
)
from courses.services import add_team_member, ensure_workspace
from home.demo.files import DemoFiles
from home.demo.questions import questions
from home.demo.streams import lines, stream
from learning.quizzes.models import QuizPage


def load_categories(described: list[dict[str, Any]]) -> None:
    """Make the categories; a parent stands before its children."""
    for entry in described:
        parent = Category.objects.filter(slug=entry.get("parent") or "").first()
        Category.objects.update_or_create(
            slug=entry["slug"],
            defaults={
                "name": entry["name"],
                "description": entry.get("description", ""),
                "parent": parent,
            },
        )


def load_course(described: dict[str, Any], *, featured: bool = True) -> CoursePage:
    """Make a course with everything in it, or return the one that is there."""
    catalog = CourseIndexPage.objects.get()
    slug = described["slug"]
    existing = CoursePage.objects.child_of(catalog).filter(slug=slug).first()
    if existing is not None:
        return existing
    course = catalog.add_child(
        instance=CoursePage(
            title=described["title"],
            slug=slug,
            subtitle=described["subtitle"],
            summary=described["summary"].strip(),
            outcomes=lines(described["outcomes"], place=f"{slug}/outcomes"),
            requirements=lines(described["requirements"], place=f"{slug}/requirements"),
            audience=lines(described["audience"], place=f"{slug}/audience"),
            level=described["level"],
            content_language=described["language"],
            category=Category.objects.get(slug=described["category"]),
            instructor=User.objects.get(email=described["instructor"]),
            order=described["order"],
            passing_grade=described["passing_grade"],
            has_certificate=described["certificate"],
            is_featured=featured,
            live=False,
        )
    )
    workspace = ensure_workspace(course)
    files = DemoFiles(workspace.collection, described.get("documents"))
    course.hero_image = files.picture(described["hero"], alt=described["title"])
    course.overview = stream(described["overview"], files=files, place=f"{slug}/overview")
    course.tags.add(*described["tags"])
    course.save_revision(user=course.instructor).publish(user=course.instructor)
    for email in described.get("co_instructors") or []:
        user = User.objects.get(email=email)
        add_team_member(course, user=user, team_role=CourseTeamMember.TeamRole.CO_INSTRUCTOR)
    for module in described["modules"]:
        _load_module(course, module, files)
    return course


def join_team(slug: str, *, email: str) -> None:
    """Put somebody on the team of a course as co-instructor."""
    add_team_member(
        CoursePage.objects.get(slug=slug),
        user=User.objects.get(email=email),
        team_role=CourseTeamMember.TeamRole.CO_INSTRUCTOR,
    )


def _load_module(course: CoursePage, described: dict[str, Any], files: DemoFiles) -> None:
    module = course.add_child(
        instance=ModulePage(
            title=described["title"],
            slug=described["slug"],
            summary=described["summary"],
            live=False,
        )
    )
    _publish(module, course)
    for unit in described["units"]:
        place = f"{course.slug}/{unit['slug']}"
        make = _quiz if unit["kind"] == "quiz" else _lesson
        page = make(unit, files, place)
        page.title, page.slug, page.summary = unit["title"], unit["slug"], unit["summary"]
        page.minutes, page.live = unit["minutes"], False
        page.is_preview, page.is_optional = bool(unit.get("preview")), bool(unit.get("optional"))
        _publish(module.add_child(instance=page), course)


def _publish(page: Any, course: CoursePage) -> None:
    page.save_revision(user=course.instructor).publish(user=course.instructor)


def _lesson(unit: dict[str, Any], files: DemoFiles, place: str) -> LessonPage:
    return LessonPage(
        body=stream(unit["body"], files=files, place=place),
        completion_rule=unit.get("completion", "button"),
        completion_seconds=unit.get("completion_seconds"),
        completion_percent=unit.get("completion_percent") or 90,
    )


def _quiz(unit: dict[str, Any], files: DemoFiles, place: str) -> QuizPage:
    return QuizPage(
        introduction=(unit.get("introduction") or "").strip(),
        questions=questions(unit["questions"], place=place),
        time_limit_minutes=unit.get("time_limit"),
        max_attempts=unit.get("max_attempts"),
        passing_percent=unit.get("passing_percent", 60),
        shuffle_questions=bool(unit.get("shuffle_questions")),
        shuffle_options=bool(unit.get("shuffle_options", True)),
    )
