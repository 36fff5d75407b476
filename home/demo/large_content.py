"""The pages of the large school."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any
from uuid import UUID, uuid4

from django.contrib.contenttypes.models import ContentType
from django.db import DEFAULT_DB_ALIAS
from django.utils import timezone
from wagtail.models import Locale, Page

from accounts.models import User
from courses.models import (
    Category,
    CourseIndexPage,
    CoursePage,
    CourseStats,
    LessonPage,
    ModulePage,
    UnitPage,
    UnitVersion,
)
from courses.services import ensure_workspace
from courses.versions import content_hash, content_of
from learning.quizzes.models import QuizPage

MODULES = 5
LESSONS = 5
QUESTIONS = 10
# The last module ends with a quiz.
UNITS_PER_COURSE = MODULES * LESSONS + 1
MINUTES = 10
BATCH = 5_000
CHUNK = 500
# fmt: off
WORDS = (
    "measure", "careful", "evidence", "pattern", "gradient", "story", "rhythm", "garden", "harbor",
    "lantern", "method", "kernel", "river", "market", "signal", "history", "culture", "energy",
    "motion", "language", "memory", "design", "balance", "texture", "climate", "orbit", "number",
    "habit", "question", "reason",
)
# fmt: on


@dataclass(frozen=True)
class SchoolCourse:
    """A course that was made: its units in order, the quiz last, and their versions."""

    page: CoursePage
    units: list[UnitPage]
    versions: dict[UUID, UUID]

    @property
    def quiz(self) -> QuizPage:
        return self.units[-1]


class PageWriter:
    """Writes pages of several types in bulk, below parents that exist or are written in the same
    go.
    """

    def __init__(self) -> None:
        self.locale = Locale.get_default()
        self.now = timezone.now()
        self.steps: dict[str, int] = {}

    def place(self, page: Any, parent: Page) -> Any:
        """Give the page its place below the parent, without saving either."""
        if parent.path not in self.steps:
            self.steps[parent.path] = self._last_step(parent)
        self.steps[parent.path] += 1
        parent.numchild += 1
        page.depth = parent.depth + 1
        page.path = Page._get_path(parent.path, page.depth, self.steps[parent.path])
        page.url_path = f"{parent.url_path}{page.slug}/"
        page.draft_title, page.live, page.locale = page.title, True, self.locale
        page.translation_key = uuid4()
        page.content_type = ContentType.objects.get_for_model(type(page))
        page.first_published_at = page.last_published_at = self.now
        return page

    def write(self, pages: Sequence[Page]) -> None:
        """Insert pages of one type: the rows of the base table first, then those of the type's own
        table.
        """
        bases = [
            Page(**{field.attname: getattr(page, field.attname) for field in Page._meta.fields})
            for page in pages
        ]
        Page.objects.bulk_create(bases, batch_size=BATCH)
        for page, base in zip(pages, bases, strict=True):
            page.pk = page.id = base.pk
        model = type(pages[0])
        for start in range(0, len(pages), CHUNK):
            # `bulk_create` refuses types that inherit a table; their own columns are all there is.
            model._base_manager._insert(
                pages[start : start + CHUNK],
                fields=model._meta.local_concrete_fields,
                using=DEFAULT_DB_ALIAS,
            )

    @staticmethod
    def _last_step(parent: Page) -> int:
        # A parent of our own has no children yet; numbers of deleted children are not used again.
        last = parent.get_last_child() if parent.numchild else None
        return Page._str2int(last.path[-Page.steplen :]) if last else 0


def make_courses(
    count: int, random: Random, *, teachers: list[User], categories: list[Category]
) -> list[SchoolCourse]:
    """Add courses below the catalogue, with modules, lessons, a quiz, versions and figures."""
    catalog = CourseIndexPage.objects.get()
    writer = PageWriter()
    courses = [
        writer.place(_course(number, random, categories, teachers), catalog)
        for number in range(1, count + 1)
    ]
    modules = [
        [writer.place(_module(number), course) for number in range(1, MODULES + 1)]
        for course in courses
    ]
    units = [
        [
            *(
                writer.place(_lesson(number, random), module)
                for module in own_modules
                for number in range(1, LESSONS + 1)
            ),
            writer.place(_quiz(random), own_modules[-1]),
        ]
        for own_modules in modules
    ]
    # Written only now: placing a page counts it at its parent.
    writer.write(courses)
    writer.write([module for own in modules for module in own])
    writer.write([lesson for own in units for lesson in own[:-1]])
    writer.write([own[-1] for own in units])
    Page.objects.filter(pk=catalog.pk).update(numchild=catalog.numchild)
    versions = _write_versions([unit for own in units for unit in own])
    _write_stats(courses)
    for course in courses:
        ensure_workspace(course)
    return [SchoolCourse(page, own, versions) for page, own in zip(courses, units, strict=True)]


def sentence(random: Random, words: int) -> str:
    return " ".join(random.choices(WORDS, k=words)).capitalize() + "."


def paragraph(random: Random, words: int = 60) -> dict[str, Any]:
    value = f"<p>{sentence(random, words)}</p>"
    return {"type": "paragraph", "value": value, "id": str(uuid4())}


def _course(
    number: int, random: Random, categories: list[Category], teachers: list[User]
) -> CoursePage:
    first, second = random.sample(WORDS, k=2)
    return CoursePage(
        title=f"{first.title()} and {second} {number}",
        slug=f"school-course-{number}",
        summary=sentence(random, 24),
        overview=[paragraph(random) for _ in range(3)],
        level=random.choice(CoursePage.Level.values),
        category=random.choice(categories),
        instructor=random.choice(teachers),
        has_certificate=False,
    )


def _module(number: int) -> ModulePage:
    return ModulePage(title=f"Module {number}", slug=f"module-{number}")


def _lesson(number: int, random: Random) -> LessonPage:
    body = [paragraph(random) for _ in range(3)]
    return LessonPage(title=f"Lesson {number}", slug=f"lesson-{number}", body=body, minutes=MINUTES)


def _quiz(random: Random) -> QuizPage:
    questions = [_question(number, random) for number in range(QUESTIONS)]
    return QuizPage(
        title="Final quiz",
        slug="final-quiz",
        questions=questions,
        minutes=MINUTES,
        max_attempts=None,
    )


def _question(number: int, random: Random) -> dict[str, Any]:
    value: dict[str, Any] = {
        "prompt": f"<p>{sentence(random, 12)}</p>",
        "points": "1",
        "explanation": f"<p>{sentence(random, 12)}</p>",
    }
    if number % 2:
        return {"type": "true_false", "value": value | {"answer": "true"}, "id": str(uuid4())}
    choices = [
        {
            "type": "item",
            "id": str(uuid4()),
            "value": {"text": sentence(random, 4), "is_correct": index == 0, "feedback": ""},
        }
        for index in range(4)
    ]
    return {"type": "single_choice", "value": value | {"choices": choices}, "id": str(uuid4())}


def _write_versions(units: list[UnitPage]) -> dict[UUID, UUID]:
    versions = []
    for unit in units:
        content = content_of(unit)
        versions.append(
            UnitVersion(
                page_id=unit.pk,
                unit_key=unit.translation_key,
                locale_id=unit.locale_id,
                number=1,
                title=unit.title,
                content=content,
                sha256=content_hash(content),
                change_class=UnitVersion.ChangeClass.ADDITIVE,
            )
        )
    UnitVersion.objects.bulk_create(versions, batch_size=CHUNK)
    return {version.unit_key: version.pk for version in versions}


def _write_stats(courses: list[CoursePage]) -> None:
    CourseStats.objects.bulk_create(
        CourseStats(
            course=course,
            modules_count=MODULES,
            units_count=UNITS_PER_COURSE,
            required_units_count=UNITS_PER_COURSE,
            minutes=UNITS_PER_COURSE * MINUTES,
        )
        for course in courses
    )
