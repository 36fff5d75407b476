"""The contract with headless clients."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from courses.models import CoursePage
from learning.enrollments.models import Enrollment
from learning.quizzes import services
from learning.quizzes.models import Attempt, QuizPage, Response
from learning.quizzes.tests import builders
from learning.quizzes.tests.test_services import answer_all, sit

pytestmark = pytest.mark.django_db

API = "/api/learning/"


@pytest.fixture
def client(learner: User, client_for: Any) -> Client:
    return client_for(learner)


def put(client: Client, attempt: Attempt, question_id: str, body: Any) -> Any:
    data = body if isinstance(body, str | bytes) else json.dumps(body)
    return client.put(
        f"{API}attempts/{attempt.pk}/responses/{question_id}/",
        data,
        content_type="application/json",
    )


class TestQuiz:
    def test_it_gives_rules_and_standing(
        self, client: Client, learner: User, quiz: QuizPage, enrolled: Enrollment
    ) -> None:
        sit(learner, quiz, right=True)
        body = client.get(f"{API}quizzes/{quiz.translation_key}/").json()

        assert body["attempts_used"] == 1
        assert body["attempts_left"] == 2
        assert body["best_percent"] == 100
        assert body["questions_count"] == 5
        assert body["open_attempt"] is None
        assert "questions" not in body

    def test_an_unpublished_quiz_is_not_found(
        self, client: Client, quiz: QuizPage, enrolled: Enrollment
    ) -> None:
        quiz.unpublish()
        assert client.get(f"{API}quizzes/{quiz.translation_key}/").status_code == 404


class TestStart:
    def test_it_creates_then_returns_the_open_one(
        self, client: Client, quiz: QuizPage, enrolled: Enrollment
    ) -> None:
        first = client.post(f"{API}quizzes/{quiz.translation_key}/attempts/")
        again = client.post(f"{API}quizzes/{quiz.translation_key}/attempts/")

        assert (first.status_code, again.status_code) == (201, 200)
        assert first.json()["uuid"] == again.json()["uuid"]
        assert first.json()["status"] == "in_progress"
        assert first["Cache-Control"] == "private, no-store"

    def test_a_question_has_these_fields_and_no_others(
        self, client: Client, quiz: QuizPage, enrolled: Enrollment
    ) -> None:
        body = client.post(f"{API}quizzes/{quiz.translation_key}/attempts/").json()

        assert set(body) == {
            *(
                "uuid",
                "quiz",
                "status",
                "number",
                "is_preview",
                "started_at",
                "deadline",
                "submitted_at",
            ),
            *("server_time", "questions"),
        }
        for question in body["questions"]:
            assert set(question) == {
                *(
                    "uuid",
                    "number",
                    "kind",
                    "prompt_html",
                    "points",
                    "options",
                    "unit",
                    "partial_credit",
                ),
                *("response", "sequence"),
            }
            for option in question["options"]:
                assert set(option) == {"id", "html"}

    @pytest.mark.parametrize(
        "field", ["status", "score", "number", "deadline", "user", "learner", "is_preview", "paper"]
    )
    def test_fields_of_the_server_are_refused(
        self, client: Client, quiz: QuizPage, enrolled: Enrollment, field: str
    ) -> None:
        response = client.post(
            f"{API}quizzes/{quiz.translation_key}/attempts/",
            {field: "1"},
            content_type="application/json",
        )
        assert response.status_code == 400
        assert field in response.json()["errors"]
        assert not Attempt.objects.exists()

    @pytest.mark.parametrize(
        ("rules", "code"),
        [({"max_attempts": 1}, "attempt_limit_reached"), ({"closes_at": "past"}, "quiz_closed")],
    )
    def test_it_says_which_rule_forbids_it(
        self,
        client: Client,
        learner: User,
        course: CoursePage,
        enrolled: Enrollment,
        rules: dict[str, Any],
        code: str,
    ) -> None:
        quiz = builders.set_up(course, max_attempts=1)
        sit(learner, quiz, right=False)
        if "closes_at" in rules:
            QuizPage.objects.update(closes_at=enrolled.enrolled_at)
        response = client.post(f"{API}quizzes/{quiz.translation_key}/attempts/")

        assert response.status_code == 409
        assert response.json()["code"] == code
        assert response["Content-Type"] == "application/problem+json"

    def test_a_user_in_the_address_changes_nothing(
        self, client: Client, learner: User, classmate: User, quiz: QuizPage, enrolled: Enrollment
    ) -> None:
        client.post(
            f"{API}quizzes/{quiz.translation_key}/attempts/?user={classmate.pk}&learner={classmate.pk}"
        )
        assert Attempt.objects.get().learner == learner


class TestResponses:
    def test_it_stores_and_acknowledges(self, client: Client, attempt: Attempt) -> None:
        question = builders.questions_of(attempt)[3]
        body = put(client, attempt, question["id"], {"response": "word", "sequence": 7}).json()

        assert body["question"] == question["id"]
        assert (body["response"], body["sequence"]) == ("word", 7)
        assert body["server_time"].endswith("Z")
        read = client.get(f"{API}attempts/{attempt.pk}/").json()
        assert (
            read["questions"][builders.questions_of(attempt).index(question)]["response"] == "word"
        )

    def test_an_older_sequence_returns_what_is_stored(
        self, client: Client, attempt: Attempt
    ) -> None:
        question = builders.questions_of(attempt)[0]
        answer = builders.right_answer(attempt, question)
        put(client, attempt, question["id"], {"response": answer, "sequence": 2})
        late = put(client, attempt, question["id"], {"response": None, "sequence": 1})

        assert late.status_code == 200
        assert late.json()["response"] == answer
        assert late.json()["sequence"] == 2

    def test_after_the_end_it_is_a_conflict(self, client: Client, attempt: Attempt) -> None:
        services.submit_attempt(attempt)
        response = put(
            client,
            attempt,
            builders.questions_of(attempt)[0]["id"],
            {"response": None, "sequence": 1},
        )
        assert response.status_code == 409
        assert response.json()["code"] == "attempt_closed"

    @pytest.mark.parametrize(
        "body",
        [
            *("", "[]", "null", "1", '"x"', "{", "{}", '{"response": null}', '{"sequence": 1}'),
            *(
                '{"response": NaN, "sequence": 1}',
                '{"response": 1e400, "sequence": 1}',
                '{"response": null, "sequence": -1}',
            ),
            *(
                '{"response": null, "sequence": 1.5}',
                '{"response": null, "sequence": true}',
                '{"response": null, "sequence": 1e999}',
            ),
            '{"response": null, "sequence": 9007199254740992}',
            '{"response": null, "sequence": "x"}',
            '{"response": "\\u0000", "sequence": 1}',
            '{"response": "\\ud800", "sequence": 1}',
            '{"response": ' + "[" * 5000 + "]" * 5000 + ', "sequence": 1}',
            '{"response": ' + "9" * 5000 + ', "sequence": 1}',
            '{"response": null, "sequence": 1, "score": "10"}',
            '{"response": null, "sequence": 1, "attempt": "x"}',
            '{"response": {"a": 1}, "sequence": 1}',
            b'{"response": "\xff", "sequence": 1}',
        ],
    )
    def test_bad_bodies_are_refused(self, client: Client, attempt: Attempt, body: Any) -> None:
        for question in builders.questions_of(attempt):
            assert put(client, attempt, question["id"], body).status_code == 400
        assert not Response.objects.exists()

    def test_a_question_of_another_quiz_is_not_found(
        self, client: Client, attempt: Attempt
    ) -> None:
        response = put(
            client,
            attempt,
            "00000000-0000-4000-8000-000000000000",
            {"response": None, "sequence": 1},
        )
        assert response.status_code == 404
        assert response.json()["code"] == "unknown_question"

    def test_saving_too_often_is_slowed_down(
        self, client: Client, attempt: Attempt, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from rest_framework.throttling import ScopedRateThrottle

        monkeypatch.setattr(
            ScopedRateThrottle, "THROTTLE_RATES", {"saves": "2/min", "starts": "60/min"}
        )
        question = builders.questions_of(attempt)[3]["id"]
        codes = [put(client, attempt, question, {"response": "x", "sequence": n}) for n in range(3)]
        assert [response.status_code for response in codes] == [200, 200, 429]
        assert codes[-1]["Retry-After"]

    def test_a_save_costs_few_queries(
        self, client: Client, attempt: Attempt, django_assert_max_num_queries: Any
    ) -> None:
        question = builders.questions_of(attempt)[3]["id"]
        put(client, attempt, question, {"response": "x", "sequence": 1})
        # Two of them are the savepoint that stands for the transaction here.
        with django_assert_max_num_queries(8):
            put(client, attempt, question, {"response": "y", "sequence": 2})


class TestSubmit:
    def test_it_gives_the_result_twice(self, client: Client, attempt: Attempt) -> None:
        answer_all(attempt)
        first = client.post(f"{API}attempts/{attempt.pk}/submit/")
        again = client.post(f"{API}attempts/{attempt.pk}/submit/")

        assert first.status_code == again.status_code == 200
        assert first.json() == again.json()
        assert first.json()["status"] == "graded"
        assert first.json()["score"] == "6.50"
        assert first.json()["passed"] is True

    def test_the_policy_hides_the_score(
        self, client: Client, learner: User, course: CoursePage, enrolled: Enrollment
    ) -> None:
        quiz = builders.set_up(course, shown="nothing")
        attempt = services.start_attempt(learner, quiz=quiz)
        body = client.post(f"{API}attempts/{attempt.pk}/submit/").json()
        assert body["score"] is body["percent"] is body["passed"] is None

    def test_a_score_in_the_body_is_refused(self, client: Client, attempt: Attempt) -> None:
        response = client.post(
            f"{API}attempts/{attempt.pk}/submit/",
            {"score": "10", "answers": {}},
            content_type="application/json",
        )
        assert response.status_code == 400
        assert set(response.json()["errors"]) == {"score", "answers"}
        assert Attempt.objects.get().status == "in_progress"

    def test_time_over_shows_as_expired(
        self, client: Client, learner: User, course: CoursePage, enrolled: Enrollment
    ) -> None:
        quiz = builders.set_up(course, time_limit_minutes=5)
        attempt = services.start_attempt(learner, quiz=quiz)
        with time_machine.travel(attempt.deadline + timedelta(minutes=1), tick=False):
            body = client.get(f"{API}attempts/{attempt.pk}/").json()
        assert body["status"] == "expired"
        assert body["questions"] == []


class TestReview:
    def test_not_before_handing_in(self, client: Client, attempt: Attempt) -> None:
        response = client.get(f"{API}attempts/{attempt.pk}/review/")
        assert response.status_code == 409
        assert response.json()["code"] == "attempt_in_progress"

    def test_not_before_the_rules_allow_it(self, client: Client, attempt: Attempt) -> None:
        services.submit_attempt(attempt)
        response = client.get(f"{API}attempts/{attempt.pk}/review/")
        assert response.status_code == 403
        assert response.json()["code"] == "review_not_available"

    def test_then_with_key_and_explanation(self, client: Client, attempt: Attempt) -> None:
        answer_all(attempt)
        services.submit_attempt(attempt)
        body = client.get(f"{API}attempts/{attempt.pk}/review/").json()

        assert [q["score"] for q in body["questions"]] == [q["points"] for q in body["questions"]]
        assert all(q["key"] is not None for q in body["questions"])
        assert builders.EXPLANATION_CANARY in body["questions"][0]["explanation_html"]

    def test_the_key_is_null_where_the_rules_hide_it(
        self, client: Client, learner: User, course: CoursePage, enrolled: Enrollment
    ) -> None:
        quiz = builders.set_up(
            course, *builders.every_kind(), shown="responses", shown_when="after_attempt"
        )
        attempt = sit(learner, quiz, right=False)
        response = client.get(f"{API}attempts/{attempt.pk}/review/")

        assert response.status_code == 200
        for question in response.json()["questions"]:
            assert question["key"] is question["explanation_html"] is question["feedback"] is None
        assert "CANARY" not in response.content.decode()


class TestMalformedIds:
    @pytest.mark.parametrize(
        "value", ["x", "1", "00000000000040008000000000000000", "{0}", "%00", "🦊", "0" * 400]
    )
    @pytest.mark.parametrize(
        ("method", "path"),
        [
            ("get", "quizzes/{}/"),
            ("post", "quizzes/{}/attempts/"),
            ("get", "attempts/{}/"),
            ("put", "attempts/{}/responses/{}/"),
            ("post", "attempts/{}/submit/"),
            ("get", "attempts/{}/review/"),
        ],
    )
    def test_they_are_not_found(self, client: Client, method: str, path: str, value: str) -> None:
        response = getattr(client, method)(
            API + path.format(value, value), content_type="application/json"
        )
        assert response.status_code == 404
        assert response.json()["detail"] == "Invalid UUID format"
