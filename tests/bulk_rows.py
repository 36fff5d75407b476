"""Many rows in few statements, for tests about the cost of pages."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import Any

from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page

from accounts.models import User
from blog.models import BlogCategory, BlogIndexPage, BlogPage
from courses.catalog.freshness import forget_catalog
from courses.models import CourseIndexPage, CoursePage, CourseStats, LessonPage
from courses.versions import current_version
from home.demo.large_content import PageWriter
from learning.enrollments.models import Enrollment
from learning.progress.models import Completion, CourseProgress, UnitProgress
from learning.quizzes.models import Attempt
from support.models import FaqIndexPage, FaqPage, FaqTopic
from tests.factories import CategoryFactory, paragraph

WORD = "cormorant"
numbers = count(1)


def pictures(wanted: int) -> list[Any]:
    """Make images that share one small file."""
    model = get_image_model()
    first = model.objects.create(title="Picture", file=get_test_image_file(size=(64, 36)))
    others = [
        model(
            title=f"Picture {number}", file=first.file.name, width=64, height=36,
            collection=first.collection,
        )
        for number in range(1, wanted)
    ]  # fmt: skip
    return [first, *model.objects.bulk_create(others)]


def write_below(parent: Page, pages: list[Page]) -> None:
    writer = PageWriter()
    writer.write([writer.place(page, parent) for page in pages])
    Page.objects.filter(pk=parent.pk).update(numchild=parent.numchild)


def add_courses(wanted: int, teacher: User) -> list[CoursePage]:
    """Add courses with pictures and categories to the catalogue."""
    category = CategoryFactory()
    covers = pictures(wanted)
    pages = [
        CoursePage(
            title=f"{WORD.title()} {number}", slug=f"course-{next(numbers)}", summary=WORD,
            category=category, instructor=teacher, hero_image=covers[number], is_featured=True,
        )
        for number in range(wanted)
    ]  # fmt: skip
    write_below(CourseIndexPage.objects.get(), pages)
    CourseStats.objects.bulk_create(CourseStats(course=page, units_count=1) for page in pages)
    forget_catalog()
    return pages


def enroll_in(courses: list[CoursePage], learner: User) -> None:
    now = timezone.now()
    rows = Enrollment.objects.bulk_create(
        Enrollment(
            learner=learner, course=course, course_key=course.translation_key,
            enrolled_at=now - timedelta(days=1),
        )
        for course in courses
    )  # fmt: skip
    CourseProgress.objects.bulk_create(
        CourseProgress(enrollment=row, required=1, last_activity_at=now) for row in rows
    )


def add_units(course: CoursePage, wanted: int) -> None:
    module = course.get_children().first()
    write_below(
        module,
        [LessonPage(title=f"More {n}", slug=f"more-{n}", minutes=5) for n in range(wanted)],
    )


def complete_all(enrollment: Enrollment) -> None:
    lessons = LessonPage.objects.descendant_of(enrollment.course)
    done = set(Completion.objects.values_list("unit_key", flat=True))
    wanted = [lesson for lesson in lessons if lesson.translation_key not in done]
    for lesson in wanted:
        current_version(lesson)
    place = [
        {"enrollment": enrollment, "unit_id": one.pk, "unit_key": one.translation_key}
        for one in wanted
    ]
    UnitProgress.objects.bulk_create((UnitProgress(**one) for one in place), ignore_conflicts=True)
    Completion.objects.bulk_create(
        Completion(
            **one, version=current_version(lesson), source="button", completed_at=timezone.now()
        )
        for one, lesson in zip(place, wanted, strict=True)
    )


def add_posts(wanted: int, author: User) -> None:
    category = BlogCategory.objects.create(
        name=f"Subject {next(numbers)}", slug=f"s{next(numbers)}"
    )
    covers = pictures(wanted)
    write_below(
        BlogIndexPage.objects.get(),
        [
            BlogPage(
                title=f"Post {number}", slug=f"post-{next(numbers)}", introduction=WORD,
                author=author, category=category, cover=covers[number],
                body=[paragraph(WORD)] * 3,
            )
            for number in range(wanted)
        ],
    )  # fmt: skip


def add_questions(wanted: int) -> None:
    topic = FaqTopic.objects.create(name=f"Topic {next(numbers)}", slug=f"t{next(numbers)}")
    write_below(
        FaqIndexPage.objects.get(),
        [
            FaqPage(title=f"Why {number}?", slug=f"why-{next(numbers)}", topic=topic, answer=WORD)
            for number in range(wanted)
        ],
    )


def add_attempts(attempt: Attempt, wanted: int) -> None:
    """Copy a finished attempt."""
    fields = {
        field.attname: getattr(attempt, field.attname)
        for field in Attempt._meta.concrete_fields
        if field.name not in {"id", "number"}
    }
    Attempt.objects.bulk_create(
        Attempt(**fields, number=attempt.number + number) for number in range(1, wanted + 1)
    )
