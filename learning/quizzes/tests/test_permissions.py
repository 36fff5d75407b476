"""Rows 15 to 18 of the access matrix: who takes the quiz, sees the key, the own and another's
attempt.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from courses.models import CoursePage
from learning.enrollments.models import Enrollment
from learning.quizzes import services
from learning.quizzes.models import Attempt, QuizPage
from learning.quizzes.tests import builders
from learning.quizzes.tests.test_services import sit

pytestmark = pytest.mark.django_db

PEOPLE = [
    *("anonymous", "unverified", "outsider", "learner", "withdrawn", "instructor", "co_instructor"),
    *("other_teacher", "manager", "admin_user"),
]


@pytest.fixture
def withdrawn(course: CoursePage, classmate: User) -> User:
    Enrollment.objects.filter(learner=classmate).update(status=Enrollment.Status.WITHDRAWN)
    return classmate


def person(name: str, request: pytest.FixtureRequest) -> User | None:
    return None if name == "anonymous" else request.getfixturevalue(name)


class TestTakingAQuiz:
    EXPECTED = {
        "anonymous": 401, "unverified": 403, "outsider": 403, "learner": 201, "withdrawn": 403, "instructor": 201,
        "co_instructor": 201, "other_teacher": 403, "manager": 403, "admin_user": 201,
    }  # fmt: skip

    @pytest.mark.parametrize("name", PEOPLE)
    def test_start_by_api_and_by_page(
        self,
        name: str,
        quiz: QuizPage,
        enrolled: Enrollment,
        client_for: Any,
        request: pytest.FixtureRequest,
    ) -> None:
        user = person(name, request)
        client = client_for(user)
        expected = self.EXPECTED[name]

        by_page = client.post(reverse("learning:attempt_start", args=[quiz.translation_key]))
        by_api = client.post(f"/api/learning/quizzes/{quiz.translation_key}/attempts/")

        assert by_page.status_code == 302
        assert ("/learn/attempts/" in by_page.url) is (expected == 201)
        assert by_api.status_code == (200 if expected == 201 else expected)
        if expected == 201:
            assert Attempt.objects.get().is_preview is (name != "learner")
        else:
            assert not Attempt.objects.exists()
            assert "questions" not in by_api.json()

    RULES = EXPECTED | {
        "learner": 200,
        "instructor": 200,
        "co_instructor": 200,
        "manager": 200,
        "admin_user": 200,
    }

    @pytest.mark.parametrize("name", PEOPLE)
    def test_the_rules(
        self,
        name: str,
        quiz: QuizPage,
        enrolled: Enrollment,
        client_for: Any,
        request: pytest.FixtureRequest,
    ) -> None:
        response = client_for(person(name, request)).get(
            f"/api/learning/quizzes/{quiz.translation_key}/"
        )
        assert response.status_code == self.RULES[name]


class TestAnothersAttempt:
    SITTING = dict.fromkeys(PEOPLE, 404) | {"anonymous": 401, "learner": 200}

    @pytest.mark.parametrize("name", PEOPLE)
    def test_only_the_owner_sits_it(
        self, name: str, attempt: Attempt, client_for: Any, request: pytest.FixtureRequest
    ) -> None:
        client = client_for(person(name, request))
        question = builders.questions_of(attempt)[0]
        base = f"/api/learning/attempts/{attempt.pk}/"
        unknown = "/api/learning/attempts/00000000-0000-4000-8000-000000000000/"
        body = {"response": None, "sequence": 1}

        read = client.get(base)
        saved = client.put(
            f"{base}responses/{question['id']}/", body, content_type="application/json"
        )
        page = client.get(reverse("learning:attempt", args=[attempt.pk]))
        done = client.post(f"{base}submit/")

        assert {read.status_code, saved.status_code, done.status_code} == {self.SITTING[name]}
        if self.SITTING[name] == 404:
            assert read.content == client.get(unknown).content
            assert page.status_code == 404
            assert Attempt.objects.get().status == Attempt.Status.IN_PROGRESS

    REVIEW = dict.fromkeys(PEOPLE, 404) | {
        "anonymous": 401, "learner": 403, "instructor": 200, "co_instructor": 200, "manager": 200, "admin_user": 200,
    }  # fmt: skip
    KEY = {"instructor", "co_instructor", "admin_user"}

    @pytest.mark.parametrize("name", PEOPLE)
    def test_the_result_belongs_to_learner_and_team(
        self, name: str, learner: User, quiz: QuizPage, enrolled: Enrollment, client_for: Any,
        request: pytest.FixtureRequest,
    ) -> None:  # fmt: skip
        attempt = sit(learner, quiz, right=False)
        client = client_for(person(name, request))

        review = client.get(f"/api/learning/attempts/{attempt.pk}/review/")
        page = client.get(reverse("learning:attempt_result", args=[attempt.pk]))

        assert review.status_code == self.REVIEW[name]
        assert page.status_code == {401: 302, 403: 200}.get(self.REVIEW[name], self.REVIEW[name])
        for response in (review, page):
            assert (builders.KEY_CANARY in response.content.decode()) is (name in self.KEY)


class TestWithdrawn:
    def test_the_own_history_stays(
        self, learner: User, quiz: QuizPage, enrolled: Enrollment, client_for: Any
    ) -> None:
        attempt = sit(learner, quiz, right=False)
        Enrollment.objects.update(status=Enrollment.Status.WITHDRAWN)
        assert (
            client_for(learner)
            .get(reverse("learning:attempt_result", args=[attempt.pk]))
            .status_code
            == 200
        )

    def test_the_questions_of_an_open_attempt_do_not(
        self, learner: User, attempt: Attempt, client_for: Any
    ) -> None:
        Enrollment.objects.update(status=Enrollment.Status.WITHDRAWN)
        client = client_for(learner)

        assert client.get(f"/api/learning/attempts/{attempt.pk}/").json()["questions"] == []
        assert client.get(reverse("learning:attempt", args=[attempt.pk])).status_code == 302

    def test_who_leaves_the_team_loses_the_key_of_own_previews(
        self, course: CoursePage, quiz: QuizPage, co_instructor: User, client_for: Any
    ) -> None:
        preview = sit(co_instructor, quiz, right=False)
        open_preview = services.start_attempt(co_instructor, quiz=quiz)
        course.team_members.all().delete()
        client = client_for(co_instructor)

        assert client.get(f"/api/learning/attempts/{preview.pk}/review/").status_code == 403
        assert client.get(f"/api/learning/attempts/{open_preview.pk}/").json()["questions"] == []
