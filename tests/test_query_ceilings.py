"""What a whole page may cost in queries: below a ceiling, and the same for one row and for fifty."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from blog.models import BlogPage
from community.notifications.models import Notification
from courses.models import CoursePage, LessonPage
from home.models import HomePage
from learning.certificates import services as certificates
from learning.certificates.tests.conftest import finish
from learning.enrollments.models import Enrollment
from learning.quizzes import services as quizzes
from learning.quizzes.models import QuizPage
from learning.quizzes.tests import builders
from learning.quizzes.tests.test_services import sit
from portal.common.stored_pages import forget_stored_pages
from tests.bulk_rows import (
    WORD,
    add_attempts,
    add_courses,
    add_posts,
    add_questions,
    add_units,
    complete_all,
    enroll_in,
    numbers,
    pictures,
)
from tests.factories import CategoryFactory, make_lesson, paragraph, publish

pytestmark = pytest.mark.django_db

MANY = 50
# What is read once and then shared by all visitors for minutes: the site's settings and menu, the
# way to a page, subjects, counts, teachers.
SHARED = 10


@pytest.fixture(autouse=True)
def _no_leaks() -> None:
    """Leave the watcher of `conftest.py` out: its own queries would be counted."""


def queries_of(client: Client, path: str, *, cold: bool = False) -> list[str]:
    """Return the statements of a page that is not stored.

    Warm: the site's frame, the words and the counts that all visitors share are in the cache. Cold:
    nothing is.
    """
    forget_stored_pages()
    # What a process learns once: content types, templates, renditions.
    assert client.get(path).status_code == 200
    if cold:
        cache.clear()
    forget_stored_pages()
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return [query["sql"] for query in captured]


def check(client: Client, path: str, *, ceiling: int, add_rows: Callable[[], Any]) -> None:
    """Hold a page to its ceiling, and to the same cost when there is much more to show."""
    few, few_cold = queries_of(client, path), queries_of(client, path, cold=True)
    add_rows()
    many, many_cold = queries_of(client, path), queries_of(client, path, cold=True)

    assert len(few) <= ceiling, "\n".join(few)
    assert len(few_cold) <= ceiling + SHARED, "\n".join(few_cold)
    assert len(many) == len(few), "\n".join(many)
    assert len(many_cold) == len(few_cold), "\n".join(many_cold)


# Pages --------------------------------------------------------------------------------------------


@pytest.fixture
def visitor() -> Client:
    return Client()


@pytest.fixture
def signed_in(learner: User, client_for: Any) -> Client:
    return client_for(learner)


@pytest.fixture
def lesson(course: CoursePage) -> LessonPage:
    return LessonPage.objects.descendant_of(course).order_by("path").first()


@pytest.fixture
def quiz(course: CoursePage) -> QuizPage:
    return builders.set_up(course, *builders.every_kind(), max_attempts=None)


class TestDiscovery:
    @pytest.mark.parametrize("who", ["visitor", "signed_in"])
    @pytest.mark.parametrize("query", ["", f"?q={WORD}", "?category=none&level=beginner"])
    def test_catalogue(
        self, who: str, query: str, course: CoursePage, instructor: User, request: Any
    ) -> None:
        add_courses(1, instructor)
        client = request.getfixturevalue(who)

        check(
            client,
            f"/courses/{query}",
            ceiling=15,
            add_rows=lambda: add_courses(MANY, instructor),
        )

    @pytest.mark.parametrize("who", ["visitor", "signed_in"])
    def test_search(self, who: str, course: CoursePage, instructor: User, request: Any) -> None:
        def add(wanted: int) -> None:
            add_courses(wanted, instructor)
            add_posts(wanted, instructor)
            call_command("update_index", verbosity=0)

        add(1)
        client = request.getfixturevalue(who)

        check(client, f"/search/?q={WORD}", ceiling=15, add_rows=lambda: add(MANY))

    @pytest.mark.parametrize("who", ["visitor", "signed_in"])
    def test_home(self, who: str, instructor: User, request: Any) -> None:
        home = HomePage.objects.get()
        stream_block = HomePage._meta.get_field("body").stream_block
        home.body = stream_block.to_python(
            [
                {"type": "course_cards", "value": {"heading": "Courses", "rule": "featured"}},
                {"type": "course_cards", "value": {"heading": "New", "rule": "newest"}},
            ]
        )
        publish(home)
        add_courses(1, instructor)
        client = request.getfixturevalue(who)

        check(client, "/", ceiling=15, add_rows=lambda: add_courses(MANY, instructor))

    @pytest.mark.parametrize("who", ["visitor", "signed_in"])
    def test_blog(self, who: str, instructor: User, request: Any) -> None:
        add_posts(1, instructor)
        client = request.getfixturevalue(who)

        check(client, "/blog/", ceiling=15, add_rows=lambda: add_posts(MANY, instructor))

    @pytest.mark.parametrize("who", ["visitor", "signed_in"])
    def test_article(self, who: str, instructor: User, request: Any) -> None:
        add_posts(4, instructor)
        client = request.getfixturevalue(who)
        url = BlogPage.objects.order_by("pk").first().url

        check(client, url, ceiling=15, add_rows=lambda: add_posts(MANY, instructor))

    @pytest.mark.parametrize("who", ["visitor", "signed_in"])
    def test_faq(self, who: str, request: Any, db: None) -> None:
        add_questions(1)
        client = request.getfixturevalue(who)

        check(client, "/faq/", ceiling=15, add_rows=lambda: add_questions(MANY))


class TestCourse:
    @pytest.fixture
    def rich(self, course: CoursePage) -> CoursePage:
        """A course with picture, subject, tags and prerequisites."""
        course.hero_image = pictures(1)[0]
        course.category = CategoryFactory()
        course.overview = [paragraph(WORD)]
        course.tags.add("one", "two")
        return publish(course)

    @pytest.mark.parametrize("who", ["visitor", "signed_in"])
    def test_somebody_not_enrolled(self, who: str, rich: CoursePage, request: Any) -> None:
        client = request.getfixturevalue(who)

        check(client, rich.url, ceiling=15, add_rows=lambda: add_units(rich, MANY))

    def test_a_learner(self, rich: CoursePage, enrolled: Enrollment, signed_in: Client) -> None:
        complete_all(enrolled)

        def add() -> None:
            add_units(rich, MANY)
            complete_all(enrolled)

        check(signed_in, rich.url, ceiling=15, add_rows=add)

    def test_a_graduate(self, rich: CoursePage, enrolled: Enrollment, signed_in: Client) -> None:
        certificates.issue_if_eligible(finish(enrolled))

        check(signed_in, rich.url, ceiling=15, add_rows=lambda: add_units(rich, MANY))

    @pytest.mark.parametrize("who", ["instructor", "manager"])
    def test_the_team(self, who: str, rich: CoursePage, client_for: Any, request: Any) -> None:
        client = client_for(request.getfixturevalue(who))

        check(client, rich.url, ceiling=15, add_rows=lambda: add_units(rich, MANY))


class TestUnits:
    @pytest.mark.parametrize("order", ["free", "sequential"])
    def test_lesson(
        self,
        order: str,
        course: CoursePage,
        lesson: LessonPage,
        enrolled: Enrollment,
        signed_in: Client,
    ) -> None:
        CoursePage.objects.filter(pk=course.pk).update(order=order)

        check(signed_in, lesson.url, ceiling=18, add_rows=lambda: add_units(course, MANY))

    def test_free_preview(self, course: CoursePage, visitor: Client) -> None:
        module = course.get_children().first().specific
        preview = make_lesson(module, "Preview", is_preview=True)

        check(visitor, preview.url, ceiling=18, add_rows=lambda: add_units(course, MANY))

    def test_lesson_with_many_blocks(
        self, lesson: LessonPage, course: CoursePage, enrolled: Enrollment, signed_in: Client
    ) -> None:
        link = f'<a linktype="page" id="{course.pk}">there</a>'

        def add() -> None:
            lesson.body = [paragraph(f"{WORD} {link}") for _ in range(MANY)]
            publish(lesson)

        lesson.body = [paragraph(f"{WORD} {link}")]
        publish(lesson)

        check(signed_in, lesson.url, ceiling=18, add_rows=add)

    def test_quiz(
        self, course: CoursePage, quiz: QuizPage, enrolled: Enrollment, learner: User,
        signed_in: Client,
    ) -> None:  # fmt: skip
        attempt = sit(learner, quiz, right=False)

        def add() -> None:
            add_units(course, MANY)
            add_attempts(attempt, MANY)

        check(signed_in, quiz.url, ceiling=18, add_rows=add)


class TestAttempts:
    def long(self, course: CoursePage, questions: int) -> QuizPage:
        made = [builders.every_kind()[n % 5] for n in range(questions)]
        return builders.set_up(course, *made, max_attempts=None)

    def test_sitting(
        self, course: CoursePage, enrolled: Enrollment, learner: User, signed_in: Client
    ) -> None:
        costs = []
        for questions in (1, MANY):
            attempt = quizzes.start_attempt(learner, quiz=self.long(course, questions))
            costs.append(len(queries_of(signed_in, reverse("learning:attempt", args=[attempt.pk]))))
            quizzes.submit_attempt(attempt)

        assert costs[0] == costs[1] <= 18

    def test_result(
        self, course: CoursePage, enrolled: Enrollment, learner: User, signed_in: Client
    ) -> None:
        costs = []
        for questions in (1, MANY):
            attempt = sit(learner, self.long(course, questions), right=True)
            url = reverse("learning:attempt_result", args=[attempt.pk])
            costs.append(len(queries_of(signed_in, url)))

        assert costs[0] == costs[1] <= 18


class TestPersonalPages:
    def test_dashboard_of_a_student(
        self, course: CoursePage, enrolled: Enrollment, instructor: User, learner: User,
        lesson: LessonPage, signed_in: Client,
    ) -> None:  # fmt: skip
        signed_in.get(lesson.url)
        complete_all(enrolled)
        enroll_in(add_courses(1, instructor), learner)

        def add() -> None:
            enroll_in(add_courses(MANY, instructor), learner)
            add_units(course, MANY)
            complete_all(enrolled)
            signed_in.get(lesson.url)

        check(signed_in, "/dashboard/", ceiling=25, add_rows=add)

    def test_dashboard_of_a_teacher(
        self, course: CoursePage, instructor: User, client_for: Any
    ) -> None:
        add_courses(1, instructor)

        check(
            client_for(instructor),
            "/dashboard/",
            ceiling=25,
            add_rows=lambda: add_courses(MANY, instructor),
        )

    def test_notifications(self, learner: User, signed_in: Client) -> None:
        def add(wanted: int) -> None:
            Notification.objects.bulk_create(
                Notification(
                    recipient=learner, kind="grade", title="News", url="/",
                    dedupe_key=str(next(numbers)),
                )
                for _ in range(wanted)
            )  # fmt: skip

        add(1)

        check(signed_in, "/notifications/", ceiling=15, add_rows=lambda: add(MANY))

    @pytest.mark.parametrize("who", ["visitor", "signed_in"])
    def test_certificate(
        self, who: str, course: CoursePage, enrolled: Enrollment, request: Any
    ) -> None:
        certificate = certificates.issue_if_eligible(finish(enrolled))
        client = request.getfixturevalue(who)

        check(
            client,
            certificate.get_absolute_url(),
            ceiling=15,
            add_rows=lambda: add_units(course, MANY),
        )
