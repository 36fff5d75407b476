"""The player and its forms."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from courses.models import CoursePage, LessonPage, ModulePage
from learning.enrollments.models import Enrollment
from learning.progress import services as progress
from learning.progress.models import Completion, UnitProgress
from learning.quizzes.models import QuizPage
from tests.factories import make_lesson

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
