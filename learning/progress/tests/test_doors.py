"""The player, its forms, its REST addresses, the dashboard and its socket."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from asgiref.testing import ApplicationCommunicator
from channels.layers import get_channel_layer
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone

from accounts.models import User
from courses.models import CoursePage, LessonPage, ModulePage
from learning.consumers import StudentDashboardConsumer
from learning.enrollments import services as enrollments
from learning.enrollments.models import Enrollment
from learning.groups import student_dashboard_group
from learning.progress import services as progress
from learning.progress.dashboard import course_progress_chart
from learning.progress.models import Completion, UnitProgress
from learning.quizzes.models import QuizPage
from tests.factories import build_course, make_lesson

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


class TestPlayer:
    def test_it_shows_the_place_and_the_neighbors(
        self, signed_in: Client, course: CoursePage
    ) -> None:
        first, second, third = lessons_of(course)

        text = signed_in.get(second.url).content.decode()

        assert f'href="{first.url}" rel="prev"' in text
        assert f'href="{third.url}" rel="next"' in text
        assert "2/4" in text
        assert "Body of Second lesson" in text
        assert 'aria-current="page"' in text

    def test_it_has_a_ceiling_of_queries_whatever_the_length(
        self, signed_in: Client, course: CoursePage, django_assert_max_num_queries: Any
    ) -> None:
        lesson = lessons_of(course)[0]
        signed_in.get(lesson.url)
        with django_assert_max_num_queries(18) as counted:
            signed_in.get(lesson.url)
        few = len(counted)
        module = ModulePage.objects.child_of(course).first()
        for number in range(8):
            make_lesson(module, f"More {number}")
        with django_assert_max_num_queries(few):
            signed_in.get(lesson.url)

    def test_opening_remembers_the_place(
        self, signed_in: Client, course: CoursePage, enrolled: Enrollment
    ) -> None:
        third = lessons_of(course)[2]
        signed_in.get(third.url)

        response = signed_in.get(f"/learn/courses/{course.translation_key}/resume/")

        assert response["Location"] == third.url

    def test_a_prefetch_or_a_head_opens_nothing(
        self, signed_in: Client, lesson: LessonPage
    ) -> None:
        signed_in.get(lesson.url, headers={"Sec-Purpose": "prefetch"})
        signed_in.head(lesson.url)

        assert not UnitProgress.objects.exists()

    def test_resume_skips_what_is_done(
        self, signed_in: Client, course: CoursePage, enrolled: Enrollment
    ) -> None:
        first, second, _third = lessons_of(course)
        signed_in.get(first.url)
        progress.complete_unit(enrolled, unit=first, source="button")

        assert (
            signed_in.get(f"/learn/courses/{course.translation_key}/resume/")["Location"]
            == second.url
        )

    def test_resume_of_a_stranger_is_404(
        self, outsider: User, course: CoursePage, client_for: Any
    ) -> None:
        assert (
            client_for(outsider).get(f"/learn/courses/{course.translation_key}/resume/").status_code
            == 404
        )


class TestCompleteForm:
    def test_it_works_without_scripts(self, signed_in: Client, lesson: LessonPage) -> None:
        address = f"/learn/units/{lesson.translation_key}/complete/"
        for _ in range(2):
            assert signed_in.post(address)["Location"] == lesson.url

        assert Completion.objects.count() == 1

    def test_htmx_gets_button_outline_and_progress(
        self, signed_in: Client, lesson: LessonPage
    ) -> None:
        response = signed_in.post(
            f"/learn/units/{lesson.translation_key}/complete/", headers={"HX-Request": "true"}
        )
        text = response.content.decode()

        assert "<html" not in text
        assert 'id="completion"' in text
        assert text.count("hx-swap-oob") == 2
        assert "1 of 4 done" in text

    def test_the_rule_is_said_when_it_is_not_met(
        self, signed_in: Client, course: CoursePage
    ) -> None:
        quiz = QuizPage.objects.get()

        assert signed_in.post(f"/learn/units/{quiz.translation_key}/complete/").status_code == 302
        assert not Completion.objects.exists()

    @pytest.mark.parametrize("name", ["outsider", "instructor", "manager", "admin_user"])
    def test_only_learners_write_progress(
        self, name: str, lesson: LessonPage, request: pytest.FixtureRequest, client_for: Any
    ) -> None:
        client = client_for(request.getfixturevalue(name))

        for what in ("complete/", "activity/"):
            client.post(f"/learn/units/{lesson.translation_key}/{what}", {"report": "{}"})
        assert client.post(api(lesson, "complete/")).status_code == 403
        assert (
            client.patch(api(lesson, "progress/"), {}, content_type="application/json").status_code
            == 403
        )
        assert not Completion.objects.exists()
        assert not UnitProgress.objects.exists()

    def test_a_locked_unit_takes_nothing(self, signed_in: Client, course: CoursePage) -> None:
        CoursePage.objects.update(order=CoursePage.Order.SEQUENTIAL)
        third = lessons_of(course)[2]

        assert signed_in.post(f"/learn/units/{third.translation_key}/complete/").status_code == 403
        assert signed_in.post(api(third, "complete/")).json()["code"] == "locked"
        assert (
            signed_in.patch(
                api(third, "progress/"), {}, content_type="application/json"
            ).status_code
            == 403
        )


class TestCheckQuestion:
    @pytest.fixture
    def checked(self, course: CoursePage) -> LessonPage:
        choice = {"text": "Moon", "is_correct": True, "feedback": "canary-feedback"}
        other = {"text": "Venus", "is_correct": False, "feedback": "Too far"}
        value = {
            "question": "<p>Nearest?</p>",
            "choices": [choice, other],
            "explanation": "<p>canary-why</p>",
        }
        body = [{"type": "check_question", "value": value, "id": str(uuid.uuid4())}]
        return make_lesson(ModulePage.objects.child_of(course).first(), "Checked", body=body)

    def address(self, lesson: LessonPage) -> str:
        return f"/learn/units/{lesson.translation_key}/check/{lesson.body[0].id}/"

    def test_the_key_is_not_in_the_page_or_the_api(
        self, signed_in: Client, checked: LessonPage
    ) -> None:
        for address in (checked.url, api(checked)):
            text = signed_in.get(address).content.decode()
            assert "Venus" in text
            assert "canary-" not in text
            assert "is_correct" not in text

    def test_it_answers_with_and_without_scripts(
        self, signed_in: Client, checked: LessonPage
    ) -> None:
        right = signed_in.post(self.address(checked), {"choice": 0}, headers={"HX-Request": "true"})
        wrong = signed_in.post(self.address(checked), {"choice": 1})

        assert "canary-why" in right.content.decode()
        assert "<html" not in right.content.decode()
        assert "Too far" in wrong.content.decode()
        assert "canary-" not in wrong.content.decode()

    @pytest.mark.parametrize("choice", ["", "x", "-1", "51", "9" * 400, "\x00"])
    def test_odd_choices_are_400(self, choice: str, signed_in: Client, checked: LessonPage) -> None:
        assert signed_in.post(self.address(checked), {"choice": choice}).status_code == 400

    def test_what_is_not_there_is_404(
        self, signed_in: Client, checked: LessonPage, lesson: LessonPage
    ) -> None:
        assert signed_in.post(self.address(checked), {"choice": 2}).status_code == 404
        assert signed_in.post(
            f"/learn/units/{checked.translation_key}/check/{uuid.uuid4()}/"
        ).status_code in {400, 404}
        assert (
            signed_in.post(
                f"/learn/units/{uuid.uuid4()}/check/{uuid.uuid4()}/", {"choice": 0}
            ).status_code
            == 404
        )

    def test_outsiders_get_no_answer(
        self, outsider: User, checked: LessonPage, client_for: Any
    ) -> None:
        response = client_for(outsider).post(self.address(checked), {"choice": 0})

        assert response.status_code == 302


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

        with django_assert_max_num_queries(10):
            signed_in.patch(api(lesson, "progress/"), body, content_type="application/json")


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


class TestDashboard:
    def test_it_needs_the_same_queries_for_one_and_many(
        self,
        learner: User,
        signed_in: Client,
        django_assert_max_num_queries: Any,
        instructor: User,
        lesson: LessonPage,
    ) -> None:
        signed_in.get(lesson.url)
        signed_in.get("/dashboard/")
        with django_assert_max_num_queries(25) as counted:
            signed_in.get("/dashboard/")
        few = len(counted)
        for number in range(4):
            course = build_course(f"Course {number}", instructor=instructor)
            enrollment = enrollments.enroll(learner, course=course)
            progress.complete_unit(enrollment, unit=lessons_of(course)[0], source="button")
        signed_in.get(lesson.url)
        with django_assert_max_num_queries(few):
            text = signed_in.get("/dashboard/").content.decode()
        assert text.count('class="course-row"') == 5

    def test_the_first_card_leads_to_the_exact_place(
        self, signed_in: Client, course: CoursePage, enrolled: Enrollment
    ) -> None:
        second = lessons_of(course)[1]
        signed_in.get(second.url)
        progress.record_activity(enrolled, unit=second, position_seconds=83, duration_seconds=200)

        text = signed_in.get("/dashboard/").content.decode()

        assert 'class="resume"' in text
        assert "at 1:23" in text
        assert f'href="{second.url}"' in text

    def test_an_empty_one_helps(self, outsider: User, client_for: Any) -> None:
        assert 'href="/courses/"' in client_for(outsider).get("/dashboard/").content.decode()

    def test_a_teacher_sees_his_courses(
        self, instructor: User, course: CoursePage, client_for: Any
    ) -> None:
        text = client_for(instructor).get("/dashboard/").content.decode()

        assert f"/admin/pages/{course.pk}/" in text

    def test_it_is_for_people_with_an_account(self, client: Client) -> None:
        assert client.get("/dashboard/").status_code == 302

    def test_the_chart_has_the_shape_of_chart_js(
        self, enrolled: Enrollment, lesson: LessonPage
    ) -> None:
        progress.complete_unit(enrolled, unit=lesson, source="button")

        chart = course_progress_chart(enrolled.learner)

        assert chart["type"] == "bar"
        assert chart["data"] == {"labels": ["Course"], "datasets": [{"label": "%", "data": [25]}]}


@pytest.mark.asyncio
class TestSocket:
    async def connect(self, user: Any) -> ApplicationCommunicator:
        scope = {"type": "websocket", "path": "/ws/dashboards/student/", "user": user}
        socket = ApplicationCommunicator(StudentDashboardConsumer.as_asgi(), scope)
        await socket.send_input({"type": "websocket.connect"})
        assert (await socket.receive_output(5))["type"] == "websocket.accept"
        return socket

    @pytest.fixture(autouse=True)
    def _chart(self, monkeypatch: pytest.MonkeyPatch) -> None:
        # The socket's threads have connections of their own, outside of a test's transaction.
        monkeypatch.setattr(
            "learning.consumers.course_progress_chart", lambda user: {"type": "bar", "courses": []}
        )

    @pytest.fixture
    def user(self) -> User:
        return User(email="socket@example.org")

    async def test_it_tells_of_progress_at_the_start_and_later(self, user: User) -> None:
        socket = await self.connect(user)
        first = json.loads((await socket.receive_output(5))["text"])
        assert first == {
            "type": "update",
            "charts": {"course_progress": {"type": "bar", "courses": []}},
        }

        event = {"type": "dashboard.update", "charts": {"course_progress": {"type": "bar"}}}
        await get_channel_layer().group_send(student_dashboard_group(user.pk), event)

        second = json.loads((await socket.receive_output(5))["text"])
        assert second == {"type": "update", "charts": event["charts"]}

    async def test_it_hears_nothing_of_others(self, user: User) -> None:
        socket = await self.connect(user)
        await socket.receive_output(5)

        await get_channel_layer().group_send(
            student_dashboard_group("other"), {"type": "dashboard.update", "charts": {}}
        )

        assert await socket.receive_nothing(0.2)

    async def test_visitors_are_closed_with_4401(self) -> None:
        socket = await self.connect(AnonymousUser())

        closed = await socket.receive_output(5)
        assert (closed["type"], closed["code"]) == ("websocket.close", 4401)

    @pytest.mark.parametrize("frame", ["not json", "{}", "[]"])
    async def test_whoever_writes_is_closed_with_4400(self, frame: str, user: User) -> None:
        socket = await self.connect(user)
        await socket.receive_output(5)

        await socket.send_input({"type": "websocket.receive", "text": frame})

        assert (await socket.receive_output(5))["code"] == 4400


def test_a_completed_unit_is_pushed(
    enrolled: Enrollment,
    lesson: LessonPage,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    sent: list[Any] = []
    monkeypatch.setattr(
        "learning.progress.signal_handlers.push", lambda group, event: sent.append((group, event))
    )
    with django_capture_on_commit_callbacks(execute=True):
        progress.complete_unit(enrolled, unit=lesson, source="button", at=timezone.now())

    assert sent[0][0] == student_dashboard_group(enrolled.learner_id)
    assert sent[0][1]["charts"]["course_progress"]["courses"][0]["percent"] == 25
