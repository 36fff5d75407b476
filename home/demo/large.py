"""A large school to measure with: thousands of learners, hundreds of courses, a million
completions.

Rows are written in bulk, past the services: what they would do for each row (signals, events,
mails) is not wanted here. The result satisfies the same invariants, which
`tests/test_large_school.py` checks on a small one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from itertools import islice
from random import Random
from typing import Any
from uuid import uuid4

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, models, transaction
from django.utils import timezone
from wagtail.models import Locale, Page

from accounts.models import Role, User
from courses.models import (
    Category,
    CourseIndexPage,
    CoursePage,
    CourseStats,
    LessonPage,
    ModulePage,
    UnitVersion,
)
from courses.versions import content_hash, content_of
from home.demo.people import PASSWORD
from learning.enrollments.models import Enrollment, Entitlement
from learning.progress.models import Completion, CourseProgress

LEARNERS = 10_000
COURSES = 200
MODULES = 5
LESSONS = 5
BATCH = 5_000
CHUNK = 500
WORDS = (
    "measure careful evidence pattern gradient story rhythm garden harbor lantern method kernel river market signal "
    "history culture energy motion language memory design balance texture climate orbit number habit question reason"
).split()


def load(
    say: Callable[[str], None],
    *,
    completions: int = 1_000_000,
    learners: int = LEARNERS,
    courses: int = COURSES,
) -> None:
    """Add the school. A second call adds nothing."""
    if User.objects.filter(email="learner00001@school.example.org").exists():
        say("The large school is there already")
        return
    random = Random(20)
    with transaction.atomic():
        say(f"{learners} learners")
        people = _make_learners(learners)
        say(f"{courses} courses with {courses * MODULES * LESSONS} lessons")
        made = _make_courses(courses, random)
        say(f"{completions} completions")
        _make_history(people, made, completions, random)
    say("Search index")
    call_command("update_index", verbosity=0, chunk_size=500)
    call_command("fixtree", interactive=False, verbosity=0)


def _make_learners(count: int) -> list[User]:
    password = make_password(PASSWORD)
    people = [
        User(
            email=f"learner{number:05d}@school.example.org",
            first_name=WORDS[number % len(WORDS)].title(),
            last_name=f"Learner {number}",
            role=Role.STUDENT,
            password=password,
        )
        for number in range(1, count + 1)
    ]
    User.objects.bulk_create(people, batch_size=BATCH)
    EmailAddress.objects.bulk_create(
        [EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in people],
        batch_size=BATCH,
    )
    return people


class _PageWriter:
    """Writes pages of several types in bulk, below parents that exist or are written in the same
    go.
    """

    def __init__(self) -> None:
        self.locale = Locale.get_default()
        self.now = timezone.now()
        self.steps: dict[str, int] = {}

    def place(self, page: Page, parent: Page) -> Page:
        """Give the page its place below the parent, without saving either."""
        if parent.path not in self.steps:
            self.steps[parent.path] = parent.numchild
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

    def write(self, pages: list[Any]) -> None:
        """Insert pages of one type: the rows of the base table first, then those of the type's own
        tables.
        """
        bases = [
            Page(**{field.attname: getattr(page, field.attname) for field in Page._meta.fields})
            for page in pages
        ]
        Page.objects.bulk_create(bases, batch_size=BATCH)
        for page, base in zip(pages, bases, strict=True):
            page.pk = page.id = base.pk
        model = type(pages[0])
        fields = model._meta.local_concrete_fields
        for start in range(0, len(pages), CHUNK):
            model._base_manager._insert(
                pages[start : start + CHUNK], fields=fields, using=DEFAULT_DB_ALIAS
            )


def _make_courses(count: int, random: Random) -> list[tuple[CoursePage, list[LessonPage]]]:
    catalog = CourseIndexPage.objects.get()
    categories = list(Category.objects.all())
    teachers = list(User.objects.filter(role=Role.TEACHER))
    writer = _PageWriter()
    courses = [
        writer.place(_course(number, random, categories, teachers), catalog)
        for number in range(1, count + 1)
    ]
    writer.write(courses)
    modules = [
        writer.place(ModulePage(title=f"Module {number}", slug=f"module-{number}"), course)
        for course in courses
        for number in range(1, MODULES + 1)
    ]
    writer.write(modules)
    lessons = [
        writer.place(_lesson(number, random), module)
        for module in modules
        for number in range(1, LESSONS + 1)
    ]
    writer.write(lessons)
    Page.objects.bulk_update([catalog, *courses, *modules], ["numchild"], batch_size=500)
    _write_versions(lessons)
    _write_stats(courses)
    per_course = MODULES * LESSONS
    return [
        (course, lessons[index * per_course : (index + 1) * per_course])
        for index, course in enumerate(courses)
    ]


def _course(
    number: int, random: Random, categories: list[Category], teachers: list[User]
) -> CoursePage:
    topic = f"{random.choice(WORDS).title()} and {random.choice(WORDS)}"
    return CoursePage(
        title=f"{topic} {number}",
        slug=f"school-course-{number}",
        summary=_sentence(random, 24),
        level=random.choice(CoursePage.Level.values),
        category=random.choice(categories) if categories else None,
        instructor=random.choice(teachers),
    )


def _lesson(number: int, random: Random) -> LessonPage:
    body = [
        {"type": "paragraph", "value": f"<p>{_sentence(random, 60)}</p>", "id": str(uuid4())}
        for _ in range(3)
    ]
    return LessonPage(title=f"Lesson {number}", slug=f"lesson-{number}", body=body, minutes=10)


def _sentence(random: Random, words: int) -> str:
    return " ".join(random.choices(WORDS, k=words)).capitalize() + "."


def _write_versions(lessons: list[LessonPage]) -> None:
    versions = []
    for lesson in lessons:
        content = content_of(lesson)
        versions.append(
            UnitVersion(
                page_id=lesson.pk,
                unit_key=lesson.translation_key,
                locale_id=lesson.locale_id,
                number=1,
                title=lesson.title,
                content=content,
                sha256=content_hash(content),
                change_class=UnitVersion.ChangeClass.ADDITIVE,
            )
        )
    UnitVersion.objects.bulk_create(versions, batch_size=500)


def _write_stats(courses: list[CoursePage]) -> None:
    units = MODULES * LESSONS
    CourseStats.objects.bulk_create(
        [
            CourseStats(
                course=course,
                modules_count=MODULES,
                units_count=units,
                required_units_count=units,
                minutes=units * 10,
            )
            for course in courses
        ]
    )


def _make_history(
    people: list[User],
    courses: list[tuple[CoursePage, list[LessonPage]]],
    wanted: int,
    random: Random,
) -> None:
    versions = dict(UnitVersion.objects.filter(number=1).values_list("unit_key", "pk"))
    now = timezone.now()
    rows = _history(people, courses, wanted, random)
    while chunk := list(islice(rows, 1_000)):
        entitlements, enrollments, progress, completions = [], [], [], []
        for user, course, lessons, done in chunk:
            entitlement = Entitlement(
                learner=user,
                course=course,
                course_key=course.translation_key,
                source=Entitlement.Source.FREE,
            )
            finished = done == len(lessons)
            enrollment = Enrollment(
                learner=user,
                course=course,
                course_key=course.translation_key,
                entitlement=entitlement,
                enrolled_at=now - timedelta(days=60),
                status=Enrollment.Status.COMPLETED if finished else Enrollment.Status.ACTIVE,
                completed_at=now if finished else None,
            )
            entitlements.append(entitlement)
            enrollments.append(enrollment)
            progress.append(
                CourseProgress(
                    enrollment=enrollment,
                    done=done,
                    required=len(lessons),
                    last_unit_id=lessons[max(done - 1, 0)].pk,
                    last_activity_at=now - timedelta(minutes=random.randint(1, 80_000)),
                )
            )
            completions += [
                Completion(
                    enrollment=enrollment,
                    unit_id=lesson.pk,
                    unit_key=lesson.translation_key,
                    version_id=versions[lesson.translation_key],
                    source=Completion.Source.BUTTON,
                    completed_at=now - timedelta(minutes=random.randint(1, 80_000)),
                )
                for lesson in lessons[:done]
            ]
        _insert(entitlements, enrollments, progress, completions)
    _count_learners()


def _history(
    people: list[User],
    courses: list[tuple[CoursePage, list[LessonPage]]],
    wanted: int,
    random: Random,
) -> Iterator[tuple[User, CoursePage, list[LessonPage], int]]:
    """Yield learner, course, its lessons and how many of them are done, until enough completions
    are promised.
    """
    for round_number in range(len(courses)):
        for index, user in enumerate(people):
            if wanted <= 0:
                return
            course, lessons = courses[(index + round_number * 37) % len(courses)]
            done = min(random.randint(0, len(lessons)), wanted)
            wanted -= done
            yield user, course, lessons, done


def _insert(*groups: Iterable[models.Model]) -> None:
    for group in groups:
        rows = list(group)
        if rows:
            type(rows[0])._default_manager.bulk_create(rows, batch_size=BATCH)


def _count_learners() -> None:
    counts = Enrollment.objects.values("course_id").annotate(
        enrolled=models.Count("pk"),
        completed=models.Count("pk", filter=models.Q(status=Enrollment.Status.COMPLETED)),
    )
    found = {row["course_id"]: row for row in counts}
    stats = list(CourseStats.objects.filter(course_id__in=found))
    for row in stats:
        row.enrolled_count = found[row.pk]["enrolled"]
        row.completed_count = found[row.pk]["completed"]
    CourseStats.objects.bulk_update(stats, ["enrolled_count", "completed_count"], batch_size=500)
