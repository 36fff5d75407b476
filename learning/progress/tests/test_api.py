"""The API of units and enrollments."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from courses.models import CoursePage, LessonPage
from learning.enrollments import services as enrollments
from learning.enrollments.models import Enrollment
from learning.progress.models import UnitProgress
from learning.quizzes.models import QuizPage
from tests.factories import build_course

pytestmark = pytest.mark.django_db


def lessons_of(course: CoursePage) -> list[LessonPage]:
    return list(LessonPage.objects.descendant_of(course).order_by("path"))


@pytest.fixture
def lesson(course: CoursePage) -> LessonPage:
    return lessons_of(course)[0]


@pytest.fixture
def signed_in(enrolled: Enrollment, client_for: Callable[[User | None], Client]) -> Client:
    return client_for(enrolled.learner)


def api(unit: Any, what: str = "") -> str:
    return f"/api/learning/units/{unit.translation_key}/{what}"


class TestUnitApi:
    def test_the_body_comes_as_typed_blocks(self, signed_in: Client, lesson: LessonPage) -> None:
        data = signed_in.get(api(lesson)).json()

        assert [block["type"] for block in data["body"]] == ["paragraph"]
        assert "Body of First lesson" in data["body"][0]["html"]
        assert (data["kind"], data["previous"]) == ("lesson", None)
        assert data["next"]["title"] == "Second lesson"
        assert data["version"]["number"] == 1
        assert data["completion"]["rule"] == "button"

    def test_progress_merges_and_answers_with_the_state(
        self, signed_in: Client, lesson: LessonPage
    ) -> None:
        body = {
            "position_seconds": 12.5,
            "duration_seconds": 60,
            "watched": [[0, 12.5]],
            "active_seconds": 3,
        }
        signed_in.patch(api(lesson, "progress/"), body, content_type="application/json")
        response = signed_in.patch(
            api(lesson, "progress/"), {"watched": [[10, 20]]}, content_type="application/json"
        )

        data = response.json()
        assert (data["position_seconds"], data["watched"], data["is_completed"]) == (
            12.5,
            [[0.0, 20.0]],
            False,
        )
        assert response["Cache-Control"] == "private, no-store"

    def test_completing(self, signed_in: Client, lesson: LessonPage, course: CoursePage) -> None:
        data = signed_in.post(api(lesson, "complete/")).json()
        assert (data["is_completed"], data["progress_percent"]) == (True, 25)

        refused = signed_in.post(api(QuizPage.objects.get(), "complete/"))
        assert (refused.status_code, refused.json()["code"], refused.json()["rule"]) == (
            409, "completion_rule_not_met", "quiz",
        )  # fmt: skip

    @pytest.mark.parametrize(
        "body",
        [
            *(
                '{"position_seconds": -1}',
                '{"position_seconds": 1e400}',
                '{"position_seconds": true}',
            ),
            *(
                '{"position_seconds": "x"}',
                '{"watched": 3}',
                '{"watched": [[1]]}',
                '{"watched": [[1, 2, 3]]}',
            ),
            *(
                '{"watched": [["a", "b"]]}',
                '{"active_seconds": -5}',
                '{"active_seconds": 99999999999}',
                "[]",
                "null",
            ),
            *(
                '{"position_seconds": NaN}',
                '{"watched": [[0, 90000]]}',
                "{",
                '{"watched": {"a": 1}}',
            ),
            *('{"active_seconds": 1.5}', '{"watched": [' + "[0, 1]," * 300 + "[0, 1]]}"),
        ],
    )
    def test_odd_bodies_are_400(self, body: str, signed_in: Client, lesson: LessonPage) -> None:
        response = signed_in.patch(api(lesson, "progress/"), body, content_type="application/json")

        assert response.status_code == 400
        beacon = f"/learn/units/{lesson.translation_key}/activity/"
        assert signed_in.post(beacon, {"report": body}).status_code == 400

    @pytest.mark.parametrize(
        "field", ["is_completed", "updated_at", "opened_at", "enrollment", "percent", "status"]
    )
    def test_what_the_server_owns_is_refused_by_name(
        self, field: str, signed_in: Client, lesson: LessonPage
    ) -> None:
        response = signed_in.patch(
            api(lesson, "progress/"), {field: 1}, content_type="application/json"
        )

        assert (response.status_code, list(response.json()["errors"])) == (400, [field])

    @pytest.mark.parametrize("what", ["", "progress/", "complete/"])
    def test_ids(self, what: str, signed_in: Client) -> None:
        method = {"": signed_in.get, "progress/": signed_in.patch, "complete/": signed_in.post}[
            what
        ]

        malformed = method(f"/api/learning/units/nonsense/{what}")
        assert (malformed.status_code, malformed.json()["detail"]) == (404, "Invalid UUID format")
        assert method(f"/api/learning/units/{uuid.uuid4()}/{what}").status_code == 404

    def test_a_beacon_saves(self, signed_in: Client, lesson: LessonPage) -> None:
        report = json.dumps({"position_seconds": 7, "duration_seconds": 60, "watched": [[0, 7]]})

        response = signed_in.post(
            f"/learn/units/{lesson.translation_key}/activity/", {"report": report}
        )

        assert response.status_code == 204
        assert UnitProgress.objects.get().position_seconds == 7

    def test_a_save_has_a_ceiling_of_queries(
        self, signed_in: Client, lesson: LessonPage, django_assert_max_num_queries: Any
    ) -> None:
        body = {"position_seconds": 1, "watched": [[0, 1]], "active_seconds": 1}
        signed_in.patch(api(lesson, "progress/"), body, content_type="application/json")

        # Session, person, unit, enrollment, position twice; two are the savepoint that stands for
        # the transaction here.
        with django_assert_max_num_queries(8):
            signed_in.patch(api(lesson, "progress/"), body, content_type="application/json")

    def test_a_save_says_whether_the_unit_is_done(
        self, signed_in: Client, lesson: LessonPage, enrolled: Enrollment
    ) -> None:
        rule = {"completion_rule": "video", "completion_percent": 50}
        LessonPage.objects.filter(pk=lesson.pk).update(**rule)

        def save(watched: list[list[int]]) -> bool:
            body = {"duration_seconds": 100, "watched": watched}
            url = api(lesson, "progress/")
            return signed_in.patch(url, body, content_type="application/json").json()[
                "is_completed"
            ]

        assert [save([[0, 20]]), save([[20, 60]]), save([[60, 61]])] == [False, True, True]
        assert enrolled.completions.count() == 1

    def test_a_save_reads_nothing_of_the_body(self, signed_in: Client, lesson: LessonPage) -> None:
        with CaptureQueriesContext(connection) as captured:
            signed_in.patch(api(lesson, "progress/"), {}, content_type="application/json")

        assert not [row["sql"] for row in captured if '"body"' in row["sql"]]


class TestEnrollmentApi:
    def test_the_list_and_the_detail(
        self, signed_in: Client, enrolled: Enrollment, lesson: LessonPage
    ) -> None:
        signed_in.get(lesson.url)
        row = signed_in.get("/api/learning/enrollments/").json()["results"][0]
        detail = signed_in.get(f"/api/learning/enrollments/{enrolled.pk}/").json()

        assert row["uuid"] == detail["uuid"] == str(enrolled.pk)
        assert (
            row["resume"]["unit"]["uuid"]
            == detail["resume"]["unit"]["uuid"]
            == str(lesson.translation_key)
        )
        assert detail["resume"]["position_seconds"] == 0
        assert row["grade"] is None

    def test_others_see_nothing_of_it(
        self, enrolled: Enrollment, classmate: User, client_for: Any
    ) -> None:
        client = client_for(classmate)

        assert client.get(f"/api/learning/enrollments/{enrolled.pk}/").status_code == 404
        assert str(enrolled.pk) not in client.get("/api/learning/enrollments/").content.decode()

    def test_the_list_needs_the_same_queries_for_one_and_many(
        self, learner: User, signed_in: Client, django_assert_max_num_queries: Any, instructor: User
    ) -> None:
        with django_assert_max_num_queries(8) as counted:
            signed_in.get("/api/learning/enrollments/")
        few = len(counted)
        for number in range(3):
            enrollments.enroll(
                learner, course=build_course(f"Course {number}", instructor=instructor)
            )
        with django_assert_max_num_queries(few):
            assert signed_in.get("/api/learning/enrollments/").json()["count"] == 4
