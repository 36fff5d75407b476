"""The Wagtail API: what headless clients get, and what they never get."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, Page

from courses.models import CoursePage, CourseWorkspace, LessonPage
from learning.enrollments.models import Enrollment
from tests.factories import (
    CategoryFactory,
    make_course,
    make_lesson,
    make_quiz,
    paragraph,
    publish,
    single_choice,
)

pytestmark = pytest.mark.django_db

CANARY = "zanzibarcanary"
PAGES = "/api/v2/pages/"


@pytest.fixture
def guarded(course: CoursePage, django_capture_on_commit_callbacks: Any) -> CoursePage:
    module = course.get_children().first().specific
    with django_capture_on_commit_callbacks(execute=True):
        make_lesson(module, "Guarded lesson", body=[paragraph(CANARY)])
        make_quiz(
            module,
            "Guarded quiz",
            introduction=CANARY,
            questions=[single_choice(CANARY, explanation=CANARY)],
        )
    return course


def titles(response: Any) -> set[str]:
    assert response.status_code == 200, response.content
    return {item["title"] for item in response.json()["items"]}


def doors(course: CoursePage) -> list[str]:
    """Return every way to ask for the units of a course."""
    lesson = LessonPage.objects.get(title="Guarded lesson")
    return [
        f"{PAGES}?limit=100",
        f"{PAGES}?limit=100&fields=*&type=courses.LessonPage",
        f"{PAGES}?limit=100&fields=*&type=learning.QuizPage",
        f"{PAGES}?type=courses.LessonPage,learning.QuizPage",
        f"{PAGES}?child_of={lesson.get_parent().pk}",
        f"{PAGES}?descendant_of={course.pk}",
        f"{PAGES}?ancestor_of={lesson.pk}",
        f"{PAGES}?search={CANARY}",
        f"{PAGES}?search=guarded&type=courses.LessonPage",
        f"{PAGES}{lesson.pk}/?fields=*",
        f"{PAGES}{lesson.translation_key}/?fields=*",
        f"{PAGES}find/?html_path={lesson.url}",
        f"{PAGES}find/?id={lesson.pk}",
        f"{PAGES}{course.pk}/?fields=*",
    ]


class TestUnits:
    @pytest.mark.parametrize("who", [None, "outsider", "other_teacher"])
    def test_no_door_shows_a_unit_to_somebody_without_access(
        self, who: str | None, guarded: CoursePage, client_for: Any, request: Any
    ) -> None:
        client = client_for(request.getfixturevalue(who) if who else None)

        for door in doors(guarded):
            text = client.get(door, follow=True).content.decode()
            assert CANARY not in text, door
            assert "Guarded" not in text, door

    @pytest.mark.parametrize("who", ["learner", "instructor", "manager", "admin_user"])
    def test_no_door_shows_a_body_to_anybody(
        self, who: str, guarded: CoursePage, enrolled: Enrollment, client_for: Any, request: Any
    ) -> None:
        client = client_for(request.getfixturevalue(who))

        assert "Guarded lesson" in titles(client.get(f"{PAGES}?type=courses.LessonPage"))
        for door in doors(guarded):
            assert CANARY not in client.get(door, follow=True).content.decode(), door

    def test_a_hidden_field_is_no_oracle(
        self, guarded: CoursePage, enrolled: Enrollment, learner: Any, client_for: Any
    ) -> None:
        client = client_for(learner)

        for parameter in (
            f"body={CANARY}",
            "order=body",
            "fields=body",
            f"questions={CANARY}",
            "fields=questions",
        ):
            assert client.get(f"{PAGES}?type=courses.LessonPage&{parameter}").status_code == 400

    def test_everybody_gets_the_body_of_a_free_preview(
        self, guarded: CoursePage, client: Client
    ) -> None:
        lesson = LessonPage.objects.get(title="Guarded lesson")
        lesson.is_preview = True
        publish(lesson)

        answer = client.get(f"{PAGES}{lesson.translation_key}/").json()

        assert answer["body"][0]["type"] == "paragraph"
        assert CANARY in answer["body"][0]["value"]
        assert (answer["kind"], answer["minutes"], answer["is_preview"]) == ("lesson", 10, True)

    def test_a_quiz_never_is_a_free_preview(self, guarded: CoursePage, client: Client) -> None:
        quiz = guarded.get_descendants().get(title="Guarded quiz").specific
        quiz.is_preview = True
        publish(quiz)

        assert CANARY not in client.get(f"{PAGES}{quiz.pk}/?fields=*").content.decode()


class TestPages:
    def test_a_published_course_is_there_for_everybody(
        self, course: CoursePage, client: Client
    ) -> None:
        assert titles(client.get(f"{PAGES}?type=courses.CoursePage")) == {"Course"}
        answer = client.get(f"{PAGES}{course.translation_key}/").json()
        assert answer["uuid"] == str(course.translation_key)
        assert answer["instructor_name"] == "Ada Instructor"

    def test_a_draft_is_not(self, client: Client) -> None:
        draft = make_course("Draft", live=False)

        assert titles(client.get(f"{PAGES}?type=courses.CoursePage")) == set()
        assert client.get(f"{PAGES}{draft.pk}/").status_code == 404
        assert client.get(f"{PAGES}{draft.translation_key}/").status_code == 404

    def test_nothing_below_an_unpublished_page_is(
        self, guarded: CoursePage, client: Client
    ) -> None:
        LessonPage.objects.filter(title="Guarded lesson").update(is_preview=True)
        Page.objects.filter(pk=guarded.pk).update(live=False)

        for door in doors(guarded):
            assert "Guarded" not in client.get(door, follow=True).content.decode(), door

    @pytest.mark.parametrize(
        "address",
        [
            "?type=courses.CoursePage",
            "?",
            "?type=courses.CoursePage&fields=locale,category_name,instructor_name,alias_of",
        ],
        ids=["courses", "any-pages", "more-fields"],
    )
    def test_a_list_costs_the_same_for_few_and_many(
        self, address: str, course: CoursePage, instructor: Any, client: Client
    ) -> None:
        def cost() -> int:
            client.get(PAGES + address)
            with CaptureQueriesContext(connection) as captured:
                assert client.get(PAGES + address).status_code == 200
            return len(captured)

        few = cost()
        for number in range(4):
            make_course(f"More {number}", instructor=instructor, category=CategoryFactory())

        assert cost() == few <= 6

    def test_a_list_names_address_and_day(self, course: CoursePage, client: Client) -> None:
        item = client.get(f"{PAGES}?type=courses.CoursePage").json()["items"][0]

        course.refresh_from_db()
        assert item["meta"]["html_url"] == course.full_url
        assert item["meta"]["type"] == "courses.CoursePage"
        assert item["meta"]["slug"] == "course"
        assert item["meta"]["first_published_at"]

    def test_a_page_is_found_by_its_address(self, course: CoursePage, client: Client) -> None:
        response = client.get(f"{PAGES}find/?html_path=/courses/course/", follow=True)

        assert response.json()["title"] == "Course"

    def test_an_alias_does_not_name_a_page_that_is_hidden(
        self, course: CoursePage, client: Client
    ) -> None:
        other = make_course("Other")
        alias = course.create_alias(parent=other.get_parent(), update_slug="copy")
        Page.objects.filter(pk=course.pk).update(live=False, title="Hidden name")

        answer = client.get(f"{PAGES}{alias.pk}/").json()

        assert answer["meta"]["alias_of"] is None

    @pytest.mark.parametrize(
        "address",
        [
            "?limit=-1", "?limit=x", "?limit=1000", "?offset=-1", "?offset=x", "?order=foo", "?fields=foo", "?fields=(",
            "?fields=**", "?type=foo", "?type=foo.Bar", "?child_of=x", "?child_of=99999999999999999999999",
            "?descendant_of=x", "?ancestor_of=x", "?translation_of=x", "?foo=bar", "?slug=%00",
            "?first_published_at=yesterday", "?search_operator=xor&search=a", "?rich_text_format=pdf",
            "?type=courses.CoursePage&price=cheap", "?type=courses.CoursePage&level=%00", "find/?id=x",
            "?type=courses.LessonPage&is_preview=perhaps", "?order=random&offset=1",
            "?type=courses.CoursePage&search=a&order=subtitle",
        ],
    )  # fmt: skip
    def test_a_malformed_parameter_is_400(
        self, course: CoursePage, client: Client, address: str
    ) -> None:
        response = client.get(PAGES + address)

        assert response.status_code == 400, response.content
        assert response["Content-Type"].startswith("application/json")

    @pytest.mark.parametrize(
        "address",
        [
            "999999/",
            "0c9a4f52-6d0e-4c0f-9a5e-2f8f7a1d9b11/",
            "find/?id=999999",
            "find/?html_path=/nowhere/",
            "find/",
            "?locale=xx",
        ],
    )
    def test_what_is_not_there_is_404(
        self, course: CoursePage, client: Client, address: str
    ) -> None:
        assert client.get(PAGES + address).status_code == 404

    @pytest.mark.parametrize(
        "text", ['"', "%00", "%F0%9F%90%8D", "a" * 3000, "*", "(", "NOT", "%20"]
    )
    def test_any_search_is_answered(self, course: CoursePage, client: Client, text: str) -> None:
        assert client.get(f"{PAGES}?search={text}").status_code == 200


class TestFiles:
    def test_files_of_courses_are_not_listed(self, course: CoursePage, client: Client) -> None:
        root = Collection.get_first_root_node()
        workspace = CourseWorkspace.objects.get(course=course)
        below = workspace.collection.add_child(name="Below")
        for name, collection in {
            "public": root,
            "own": workspace.collection,
            "below": below,
        }.items():
            get_document_model().objects.create(
                title=f"{name} file", file=f"{name}.pdf", collection=collection
            )
            get_image_model().objects.create(
                title=f"{name} image",
                file=get_test_image_file(f"{name}.png"),
                collection=collection,
            )

        assert titles(client.get("/api/v2/documents/")) == {"public file"}
        assert titles(client.get("/api/v2/images/")) == {"public image"}
        hidden = get_document_model().objects.get(title="own file")
        assert client.get(f"/api/v2/documents/{hidden.pk}/").status_code == 404

    def test_a_redirect_to_a_hidden_page_is_not_listed(
        self, guarded: CoursePage, client: Client
    ) -> None:
        lesson = LessonPage.objects.get(title="Guarded lesson")
        Redirect.objects.create(old_path="/secret", redirect_page=lesson)
        Redirect.objects.create(old_path="/open", redirect_page=guarded)

        answer = client.get("/api/v2/redirects/").content.decode()

        assert "/open" in answer
        assert "/secret" not in answer
