"""StreamFields in the Wagtail API: typed values that need no second request."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from courses.models import CoursePage, CourseWorkspace, LessonPage
from home.models import HomePage, LandingPage
from learning.enrollments.models import Enrollment
from tests.factories import list_item, make_course, make_lesson, make_module, make_quiz, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def image(db: None) -> Any:
    return get_image_model().objects.create(
        title="Oven", default_alt_text="An oven", file=get_test_image_file(size=(1000, 500))
    )


def api_value(page: Any, client: Client, field: str = "body") -> Any:
    response = client.get(f"/api/v2/pages/{page.pk}/")
    assert response.status_code == 200
    return response.json()[field][0]["value"]


def landing(*blocks: dict[str, Any]) -> LandingPage:
    parent = HomePage.objects.get()
    page = parent.add_child(
        instance=LandingPage(title=f"Campaign {uuid4()}", body=list(blocks), live=False)
    )
    return publish(page)


def preview(course: CoursePage, *blocks: dict[str, Any]) -> LessonPage:
    module = course.get_children().first().specific
    return make_lesson(module, "Preview", is_preview=True, body=list(blocks))


class TestImages:
    def block(self, image: Any, **use: Any) -> dict[str, Any]:
        value = {"image": image.pk, "alt_text": "", "decorative": False} | use
        return {"type": "image", "value": {"image": value, "caption": "Hot"}}

    def test_it_has_renditions(self, image: Any, client: Client) -> None:
        value = api_value(landing(self.block(image, alt_text="A hot oven")), client)

        assert value["caption"] == "Hot"
        assert value["image"]["alt"] == "A hot oven"
        sizes = [(one["width"], one["height"]) for one in value["image"]["renditions"]]
        assert sizes == [(400, 200), (800, 400), (1000, 500)]
        first = value["image"]["renditions"][0]
        assert first["url"].startswith("/media/images/")
        assert first["full_url"].startswith("http")
        assert client.get(first["url"]).status_code == 200

    def test_a_decorative_one_says_nothing(self, image: Any, client: Client) -> None:
        value = api_value(landing(self.block(image, decorative=True)), client)

        assert value["image"]["alt"] == ""

    def test_a_lost_file_does_not_break_the_page(self, image: Any, client: Client) -> None:
        page = landing(self.block(image))
        image.renditions.all().delete()
        image.file.storage.delete(image.file.name)

        assert api_value(page, client)["image"]["renditions"] == []


class TestLinkedPages:
    def button(self, page: Any) -> dict[str, Any]:
        return {
            "type": "call_to_action",
            "value": {"heading": "Go", "label": "Go", "page": page.pk},
        }

    def test_it_has_title_and_address(self, course: CoursePage, client: Client) -> None:
        value = api_value(landing(self.button(course)), client)

        assert value["page"]["title"] == "Course"
        assert value["page"]["url"] == "/courses/course/"
        assert value["page"]["uuid"] == str(course.translation_key)

    def test_a_draft_is_not_named(self, client: Client) -> None:
        draft = make_course("Secret plan", live=False)

        assert api_value(landing(self.button(draft)), client)["page"] is None

    def test_a_unit_is_named_to_those_who_may_see_it(
        self,
        course: CoursePage,
        enrolled: Enrollment,
        learner: Any,
        client_for: Any,
        client: Client,
    ) -> None:
        lesson = LessonPage.objects.descendant_of(course).first()
        page = landing(self.button(lesson))

        assert api_value(page, client)["page"] is None
        assert api_value(page, client_for(learner))["page"]["title"] == lesson.title


class TestDocuments:
    def document(self, **fields: Any) -> Any:
        return get_document_model().objects.create(title="Plan", file="plan-x1y2.pdf", **fields)

    def block(self, document: Any) -> dict[str, Any]:
        return {"type": "download", "value": {"document": document.pk, "title": "The plan"}}

    def test_a_listed_one_has_its_address(self, course: CoursePage, client: Client) -> None:
        document = self.document()

        value = api_value(preview(course, self.block(document)), client)

        assert (value["document"]["title"], value["document"]["file_extension"]) == ("Plan", "pdf")
        assert value["document"]["url"] == document.url

    def test_one_of_a_course_has_none(self, course: CoursePage, client: Client) -> None:
        collection = CourseWorkspace.objects.get(course=course).collection

        value = api_value(preview(course, self.block(self.document(collection=collection))), client)

        assert value["document"]["title"] == "Plan"
        assert (value["document"]["id"], value["document"]["url"]) == (None, None)
        assert "plan-x1y2" not in str(value)


class TestOthers:
    def test_an_embed_names_its_host_and_asks_nobody(self, client: Client) -> None:
        address = "https://www.youtube.com/watch?v=abc"
        value = api_value(
            landing({"type": "embed", "value": {"url": address, "title": "Film"}}), client
        )

        assert (value["url"], value["host"], value["title"]) == (address, "www.youtube.com", "Film")

    def test_a_check_question_keeps_its_key(self, course: CoursePage, client: Client) -> None:
        choices = [
            list_item({"text": "Yes", "is_correct": True, "feedback": "magpie one"}),
            list_item({"text": "No", "is_correct": False, "feedback": "magpie two"}),
        ]
        value = api_value(
            preview(
                course,
                {
                    "type": "check_question",
                    "value": {
                        "question": "<p>Is it?</p>",
                        "choices": choices,
                        "explanation": "<p>magpie three</p>",
                    },
                },
            ),
            client,
        )

        assert value["choices"] == [{"text": "Yes"}, {"text": "No"}]
        assert "magpie" not in str(value)
        assert "is_correct" not in str(value)


class TestOrder:
    def test_units_count_through_the_course(
        self, course: CoursePage, enrolled: Enrollment, learner: Any, client_for: Any
    ) -> None:
        start = course.get_children().first().specific
        make_lesson(start, "Draft", live=False)
        hidden = make_module(course, "Hidden", live=False)
        make_quiz(hidden, "Hidden quiz")
        campaign = course.add_child(instance=LandingPage(title="Campaign"))
        campaign.add_child(instance=LandingPage(title="Part of it"))

        orders = {}
        for model in ("courses.LessonPage", "learning.QuizPage"):
            answer = client_for(learner).get(f"/api/v2/pages/?type={model}&fields=order").json()
            orders |= {one["title"]: one["order"] for one in answer["items"]}

        assert orders == {
            "First lesson": 1, "Second lesson": 2, "Third lesson": 3, "Final quiz": 4,
        }  # fmt: skip

    def test_a_list_asks_once_for_each_course(
        self,
        course: CoursePage,
        enrolled: Enrollment,
        learner: Any,
        client_for: Any,
        django_assert_num_queries: Any,
    ) -> None:
        client = client_for(learner)
        path = "/api/v2/pages/?type=courses.LessonPage&fields=order"
        client.get(path)
        with CaptureQueriesContext(connection) as captured:
            client.get(path)
            few = len(captured)
        for number in range(5):
            make_lesson(course.get_children().first().specific, f"More {number}")
        client.get(path)

        with django_assert_num_queries(few):
            assert len(client.get(path).json()["items"]) == 8
