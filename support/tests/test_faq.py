"""Questions and answers."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client

from support.models import FaqIndexPage, FaqPage, FaqTopic
from tests.factories import publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def questions(django_capture_on_commit_callbacks: Any) -> list[FaqPage]:
    index = FaqIndexPage.objects.get()
    topic = FaqTopic.objects.create(name="Courses", slug="courses")
    with django_capture_on_commit_callbacks(execute=True):
        return [
            publish(
                index.add_child(
                    instance=FaqPage(title=title, answer=answer, topic=topic, live=False)
                )
            )
            for title, answer in (
                ("How do I enroll?", "<p>By the button.</p>"),
                ("And then?", "<p>You study.</p>"),
            )
        ]


class TestList:
    def test_it_shows_all_by_topic(self, questions: list[FaqPage], client: Client) -> None:
        html = client.get("/faq/").content.decode()

        assert "Courses" in html
        for question in questions:
            assert question.title in html

    @pytest.mark.parametrize(("text", "count"), [("button", 1), ("enroll", 1), ("nothing-here", 0)])
    def test_it_searches_questions_and_answers(
        self, questions: list[FaqPage], client: Client, text: str, count: int
    ) -> None:
        assert len(client.get(f"/faq/?q={text}").context["questions"]) == count

    @pytest.mark.parametrize(
        "text", ['"', "%00", "%20", "*", "(", "%F0%9F%90%8D", "x" * 5000, "NOT"]
    )
    def test_any_search_is_answered(
        self, questions: list[FaqPage], client: Client, text: str
    ) -> None:
        assert client.get(f"/faq/?q={text}").status_code == 200

    def test_an_empty_list_says_so(self, client: Client) -> None:
        assert "Nobody has asked anything yet." in client.get("/faq/").content.decode()


def test_a_question_tells_search_engines_its_answer(
    questions: list[FaqPage], client: Client
) -> None:
    html = client.get(questions[0].url).content.decode()

    data = json.loads(
        re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.S).group(1)
    )
    assert data[0]["mainEntity"][0]["acceptedAnswer"]["text"] == "By the button."
    assert data[1]["@type"] == "BreadcrumbList"
