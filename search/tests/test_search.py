"""The site search: what it finds, and for whom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page

from accounts.models import User
from blog.models import BlogIndexPage, BlogPage
from courses.models import CoursePage, LessonPage
from learning.access import user_can_open_unit
from learning.enrollments.models import Enrollment
from learning.quizzes.models import QuizPage
from search.gate import readable_pages
from support.models import FaqIndexPage, FaqPage
from tests.factories import (
    make_course,
    make_lesson,
    make_module,
    make_quiz,
    paragraph,
    publish,
    single_choice,
)

pytestmark = pytest.mark.django_db

CANARY = "zanzibarcanary"
HOSTILE = [
    '"',
    "'",
    "\x00",
    "🐍",
    "%",
    "*",
    "(",
    "a OR",
    "NOT",
    "a:b",
    "\\",
    "x" * 5000,
    "<script>alert(1)</script>",
    " ",
]


@pytest.fixture
def indexed(django_capture_on_commit_callbacks: Any) -> Callable[..., Any]:
    def run(action: Callable[..., Any], *args: Any, **fields: Any) -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            return action(*args, **fields)

    return run


@pytest.fixture
def guarded(course: CoursePage, indexed: Callable[..., Any]) -> CoursePage:
    """The course with a canary in a lesson's body and in a quiz's questions."""
    module = course.get_children().first().specific
    indexed(make_lesson, module, "Guarded lesson", body=[paragraph(f"The word is {CANARY}.")])
    indexed(
        make_quiz,
        module,
        "Guarded quiz",
        questions=[single_choice(f"Is it {CANARY}?", explanation=CANARY)],
    )
    return course


def add_article(title: str, **fields: Any) -> BlogPage:
    return publish(
        BlogIndexPage.objects.get().add_child(instance=BlogPage(title=title, live=False, **fields))
    )


def add_question(title: str, answer: str) -> FaqPage:
    return publish(
        FaqIndexPage.objects.get().add_child(
            instance=FaqPage(title=title, answer=answer, live=False)
        )
    )


def hits(client: Client, address: str) -> str:
    response = client.get(f"/search/{address}")
    assert response.status_code == 200
    return response.content.decode()


class TestKinds:
    def test_it_groups_what_it_finds_and_counts_it(
        self, client: Client, indexed: Callable[..., Any]
    ) -> None:
        indexed(make_course, "Bread", summary="All about bread.")
        indexed(add_article, "Why bread rises", introduction="Yeast.")
        indexed(add_question, "Is there bread?", "<p>Always.</p>")

        results = client.get("/search/?q=bread").context["results"]

        assert [(str(tab.title), tab.count) for tab in results.tabs] == [
            ("All", "3"), ("Courses", "1"), ("Lessons", "0"), ("Articles", "1"), ("Questions", "1"),
        ]  # fmt: skip
        assert [group.kind.name for group in results.groups] == ["courses", "articles", "questions"]

    def test_a_tab_pages_through_one_kind(
        self, client: Client, indexed: Callable[..., Any]
    ) -> None:
        for number in range(12):
            indexed(add_article, f"Article {number}", introduction="Yeast.")

        results = client.get("/search/?q=yeast&type=articles&page=2").context["results"]

        assert len(results.hits) == 2
        assert results.page.paginator.count == 12

    def test_it_marks_the_words_in_a_snippet(
        self, client: Client, indexed: Callable[..., Any]
    ) -> None:
        indexed(add_article, "On rising", introduction="Without yeast <b>nothing</b> rises.")

        assert "Without <mark>yeast</mark> &lt;b&gt;nothing&lt;/b&gt; rises." in hits(
            client, "?q=yeast"
        )

    def test_it_forgives_a_typing_error(self, client: Client, indexed: Callable[..., Any]) -> None:
        indexed(make_course, "Sourdough")

        assert client.get("/search/?q=sourdouhg").context["results"].suggestion == "sourdough"

    def test_hostile_parameters_are_answered(self, course: CoursePage, client: Client) -> None:
        for name in ("q", "type", "page"):
            for text in HOSTILE:
                for place in ("/search/", "/search/suggest/"):
                    response = client.get(place, {"q": "course", name: text})
                    assert response.status_code == 200, (place, name, text)
                    assert b"<script>alert(1)" not in response.content

    def test_queries_do_not_grow_with_the_hits(
        self, client: Client, indexed: Callable[..., Any]
    ) -> None:
        def count() -> int:
            client.get("/search/?q=yeast&type=articles")
            with CaptureQueriesContext(connection) as queries:
                client.get("/search/?q=yeast&type=articles")
            return len(queries)

        indexed(add_article, "Article", introduction="Yeast.")
        one = count()
        for number in range(10):
            indexed(add_article, f"Article {number}", introduction="Yeast.")

        assert count() == one <= 15


class TestGate:
    @pytest.mark.parametrize(
        ("who", "may"),
        [
            (None, False),
            ("outsider", False),
            ("other_teacher", False),
            ("learner", True),
            ("instructor", True),
            ("manager", True),
        ],
    )
    def test_a_body_is_found_by_those_who_may_read_it(
        self,
        who: str | None,
        may: bool,
        guarded: CoursePage,
        enrolled: Enrollment,
        client_for: Any,
        request: Any,
    ) -> None:
        client = client_for(request.getfixturevalue(who) if who else None)

        html = hits(client, f"?q={CANARY}")

        assert ("Guarded lesson" in html) is may
        assert "Guarded quiz" not in html

    def test_a_withdrawn_learner_finds_it_no_longer(
        self, guarded: CoursePage, enrolled: Enrollment, learner: User, client_for: Any
    ) -> None:
        Enrollment.objects.update(status=Enrollment.Status.WITHDRAWN)

        assert "Guarded lesson" not in hits(client_for(learner), f"?q={CANARY}")

    def test_everybody_finds_a_free_preview(
        self, guarded: CoursePage, client: Client, indexed: Any
    ) -> None:
        lesson = LessonPage.objects.get(title="Guarded lesson")
        lesson.is_preview = True
        indexed(publish, lesson)

        assert f"<mark>{CANARY}</mark>" in hits(client, f"?q={CANARY}")

    @pytest.mark.parametrize("place", ["course", "lesson", "module"])
    def test_nothing_below_an_unpublished_page_is_found(
        self, place: str, guarded: CoursePage, client: Client, indexed: Any
    ) -> None:
        lesson = LessonPage.objects.get(title="Guarded lesson")
        lesson.is_preview = True
        indexed(publish, lesson)
        page = {"course": guarded, "module": lesson.get_parent(), "lesson": lesson}[place]
        Page.objects.filter(pk=page.pk).update(live=False)

        assert CANARY not in hits(client, f"?q={CANARY}").replace(f'value="{CANARY}"', "").replace(
            f"“{CANARY}”", ""
        )

    def test_a_locked_unit_is_not_found_by_its_words(
        self,
        guarded: CoursePage,
        enrolled: Enrollment,
        learner: User,
        client_for: Any,
        indexed: Any,
    ) -> None:
        lesson = LessonPage.objects.get(title="Guarded lesson")
        lesson.release_rule, lesson.release_at = "on_date", timezone.now() + timedelta(days=3)
        indexed(publish, lesson)

        assert "Guarded lesson" not in hits(client_for(learner), f"?q={CANARY}")
        assert "Guarded lesson" in hits(client_for(guarded.instructor), f"?q={CANARY}")

    @pytest.mark.parametrize("order", ["free", "sequential"])
    @pytest.mark.parametrize("who", ["anonymous", "learner", "outsider", "instructor", "manager"])
    def test_it_never_shows_more_than_the_policy_allows(
        self, order: str, who: str, guarded: CoursePage, enrolled: Enrollment, request: Any
    ) -> None:
        CoursePage.objects.update(order=order)
        module = make_module(guarded, "More")
        make_lesson(
            module, "Later", release_rule="on_date", release_at=timezone.now() + timedelta(days=1)
        )
        make_lesson(
            module, "Earlier", release_rule="on_date", release_at=timezone.now() - timedelta(days=1)
        )
        make_lesson(module, "After days", release_rule="after_days", release_days=5)
        make_lesson(module, "Preview", is_preview=True, release_rule="after_days", release_days=5)
        user = AnonymousUser() if who == "anonymous" else request.getfixturevalue(who)

        for model in (LessonPage, QuizPage):
            for unit in readable_pages(user, model.objects.all()):
                assert user_can_open_unit(user, unit), unit


class TestSuggestions:
    def test_it_suggests_by_the_beginning_of_words(
        self, client: Client, indexed: Callable[..., Any]
    ) -> None:
        indexed(make_course, "Sourdough for beginners")

        html = client.get("/search/suggest/?q=sourd").content.decode()

        assert "Sourdough for beginners" in html
        assert "<html" not in html

    def test_it_answers_json_when_asked(self, course: CoursePage, client: Client) -> None:
        answer = client.get(
            "/search/suggest/?q=cours", headers={"Accept": "application/json"}
        ).json()

        assert answer == {
            "query": "cours",
            "suggestions": [
                {"type": "courses", "label": "Course", "title": "Course", "url": "/courses/course/"}
            ],
        }

    def test_one_letter_is_too_little(self, course: CoursePage, client: Client) -> None:
        answer = client.get("/search/suggest/?q=c", headers={"Accept": "application/json"}).json()

        assert answer["suggestions"] == []

    def test_it_names_no_lesson_that_the_visitor_may_not_open(
        self, guarded: CoursePage, enrolled: Enrollment, learner: User, client_for: Any
    ) -> None:
        assert (
            "Guarded lesson"
            not in client_for(None).get("/search/suggest/?q=guard").content.decode()
        )
        assert (
            "Guarded lesson" in client_for(learner).get("/search/suggest/?q=guard").content.decode()
        )
