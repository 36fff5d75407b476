"""The learner's dashboard and its socket."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import count
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from asgiref.testing import ApplicationCommunicator
from channels.db import database_sync_to_async
from channels.layers import get_channel_layer
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone

from accounts.models import User
from courses.models import CoursePage, LessonPage
from learning.consumers import StudentDashboardConsumer
from learning.enrollments import services as enrollments
from learning.enrollments.models import Enrollment
from learning.groups import student_dashboard_group
from learning.progress import services as progress
from learning.progress.dashboard import course_progress_chart
from tests.factories import UserFactory, build_course

pytestmark = pytest.mark.django_db

CHANGED = {"type": "dashboard.changed"}


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
        # Each chart is another one, so that a test sees when it was drawn, and for whom.
        numbers = count(1)
        monkeypatch.setattr(
            "learning.consumers.course_progress_chart",
            lambda user: {"type": "bar", "of": user.email, "number": next(numbers)},
        )

    @pytest.fixture
    def user(self) -> User:
        return User(email="socket@example.org")

    async def test_it_tells_of_progress_at_the_start_and_later(self, user: User) -> None:
        socket = await self.connect(user)
        first = json.loads((await socket.receive_output(5))["text"])
        assert first == {
            "type": "update",
            "charts": {"course_progress": {"type": "bar", "of": user.email, "number": 1}},
        }

        await get_channel_layer().group_send(student_dashboard_group(user.pk), CHANGED)

        second = json.loads((await socket.receive_output(5))["text"])
        assert second == {
            "type": "update",
            "charts": {"course_progress": {"type": "bar", "of": user.email, "number": 2}},
        }

    async def test_it_hears_nothing_of_others(self, user: User) -> None:
        socket = await self.connect(user)
        await socket.receive_output(5)

        await get_channel_layer().group_send(student_dashboard_group("other"), CHANGED)

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

    assert sent == [(student_dashboard_group(enrolled.learner_id), CHANGED)]


@pytest.mark.django_db(transaction=True)
def test_an_open_dashboard_shows_a_completed_unit() -> None:
    """From the commit to the socket, with the real chart."""
    course = build_course("Live course")
    learner = UserFactory(email="live@example.org")
    enrollment = enrollments.enroll(learner, course=course)
    first, second = lessons_of(course)[:2]
    progress.complete_unit(enrollment, unit=first, source="button")

    async def listen() -> list[int]:
        scope = {"type": "websocket", "path": "/ws/dashboards/student/", "user": learner}
        socket = ApplicationCommunicator(StudentDashboardConsumer.as_asgi(), scope)
        await socket.send_input({"type": "websocket.connect"})
        await socket.receive_output(5)
        charts = [json.loads((await socket.receive_output(5))["text"])["charts"]]
        await database_sync_to_async(progress.complete_unit)(
            enrollment, unit=second, source="button"
        )
        charts.append(json.loads((await socket.receive_output(5))["text"])["charts"])
        await socket.send_input({"type": "websocket.disconnect", "code": 1000})
        await socket.wait()
        return [chart["course_progress"]["courses"][0]["percent"] for chart in charts]

    assert async_to_sync(listen)() == [25, 50]
