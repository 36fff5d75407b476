"""The pages: rules, sitting, handing in, result. With plain forms, as without scripts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from courses.models import CoursePage
from learning.enrollments.models import Enrollment
from learning.quizzes import services
from learning.quizzes.models import Attempt, QuizPage
from learning.quizzes.tests import builders
from learning.quizzes.tests.test_services import answer_all, sit
from tests.sessions import SESSIONS_CACHED

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(learner: User, client_for: Any) -> Client:
    return client_for(learner)


def soup(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def form_of(attempt: Attempt, *, right: bool = True, **changes: Any) -> dict[str, Any]:
    """Return what a browser sends for the whole form."""
    pick = builders.right_answer if right else builders.wrong_answer
    data: dict[str, Any] = {}
    for question in builders.questions_of(attempt):
        answer = pick(attempt, question)
        data[f"has-{question['id']}"] = "1"
        data[f"q-{question['id']}"] = str(answer).lower() if isinstance(answer, bool) else answer
    return data | changes


class TestQuizPage:
    def test_it_shows_the_rules_first(
        self, client: Client, quiz: QuizPage, enrolled: Enrollment
    ) -> None:
        page = soup(client.get(quiz.url))

        assert "Start quiz" in page.get_text()
        assert "3 attempts left" in page.get_text()
        assert len(page.select("main .button--primary")) == 1

    def test_it_shows_best_score_and_history(
        self, client: Client, learner: User, quiz: QuizPage, enrolled: Enrollment
    ) -> None:
        sit(learner, quiz, right=False)
        sit(learner, quiz, right=True)
        text = soup(client.get(quiz.url)).get_text(" ", strip=True)

        assert "100% 6.5 of 6.5 points" in text
        assert "1 attempt left" in text
        assert "Not passed" in text

    def test_queries_do_not_depend_on_the_number_of_questions_or_attempts(
        self, client: Client, learner: User, course: CoursePage, enrolled: Enrollment
    ) -> None:
        counts = set()
        for count in (3, 30):
            questions = [builders.every_kind()[n % 5] for n in range(count)]
            quiz = builders.set_up(course, *questions, max_attempts=None)
            for _number in range(count // 3):
                sit(learner, quiz, right=False)
            client.get(quiz.url)
            with CaptureQueriesContext(connection) as queries:
                client.get(quiz.url)
            counts.add(len(queries))

        assert len(counts) == 1
        assert max(counts) <= 18

    def test_the_editors_preview_shows_the_key(
        self, instructor: User, client: Client, quiz: QuizPage, enrolled: Enrollment
    ) -> None:
        preview = quiz.make_preview_request()
        assert builders.KEY_CANARY in preview.rendered_content
        assert builders.KEY_CANARY not in client.get(quiz.url).content.decode()


class TestStart:
    def test_it_leads_to_the_attempt(
        self, client: Client, quiz: QuizPage, enrolled: Enrollment
    ) -> None:
        response = client.post(reverse("learning:attempt_start", args=[quiz.translation_key]))
        assert response.url == reverse("learning:attempt", args=[Attempt.objects.get().pk])

    def test_reading_its_address_starts_nothing(
        self, client: Client, quiz: QuizPage, enrolled: Enrollment
    ) -> None:
        response = client.get(reverse("learning:attempt_start", args=[quiz.translation_key]))
        assert response.url == quiz.url
        assert not Attempt.objects.exists()

    def test_a_refusal_is_told_on_the_quiz_page(
        self, client: Client, learner: User, course: CoursePage, enrolled: Enrollment
    ) -> None:
        quiz = builders.set_up(course, max_attempts=1)
        sit(learner, quiz, right=False)
        response = client.post(
            reverse("learning:attempt_start", args=[quiz.translation_key]), follow=True
        )
        assert "You have used all attempts" in response.content.decode()

    def test_it_wants_the_csrf_token(
        self, learner: User, quiz: QuizPage, enrolled: Enrollment
    ) -> None:
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(learner, backend="django.contrib.auth.backends.ModelBackend")
        response = strict.post(reverse("learning:attempt_start", args=[quiz.translation_key]))
        assert response.status_code == 403


class TestSitting:
    def url(self, attempt: Attempt, name: str = "attempt") -> str:
        return reverse(f"learning:{name}", args=[attempt.pk])

    def test_each_question_is_a_group_with_a_name(self, client: Client, attempt: Attempt) -> None:
        page = soup(client.get(self.url(attempt)))
        fieldsets = page.select("fieldset.question")

        assert len(fieldsets) == 5
        for fieldset in fieldsets:
            assert fieldset.legend.get_text(strip=True).startswith("Question")
            for name in fieldset["aria-labelledby"].split():
                assert page.find(id=name) is not None

    def test_saving_keeps_the_answers(self, client: Client, attempt: Attempt) -> None:
        client.post(self.url(attempt), form_of(attempt, action="save"))
        page = soup(client.get(self.url(attempt)))

        assert len(page.select("fieldset input[checked]")) == 4
        assert page.select_one('input[inputmode="decimal"]')["value"] == "27182.818"

    def test_a_wrong_number_is_said_and_kept_and_the_rest_is_saved(
        self, client: Client, attempt: Attempt
    ) -> None:
        numeric = builders.questions_of(attempt)[4]["id"]
        response = client.post(
            self.url(attempt), form_of(attempt, action="hand_in", **{f"q-{numeric}": "<many>"})
        )
        page = soup(response)

        assert response.status_code == 400
        assert page.select_one(".error-summary a")["href"] == f"#q-{numeric}"
        assert page.select_one('input[inputmode="decimal"]')["value"] == "<many>"
        assert attempt.responses.count() == 4

    def test_handing_in_asks_first(self, client: Client, attempt: Attempt) -> None:
        question = builders.questions_of(attempt)[0]["id"]
        data = form_of(attempt, action="hand_in")
        del data[f"q-{question}"]
        response = client.post(self.url(attempt), data, follow=True)

        assert "You have answered 4 of 5 questions." in response.content.decode()
        assert [chip.get_text(strip=True) for chip in soup(response).select(".chip")] == [
            "Question 1"
        ]
        attempt.refresh_from_db()
        assert attempt.status == Attempt.Status.IN_PROGRESS

    def test_then_it_is_final(self, client: Client, attempt: Attempt) -> None:
        client.post(self.url(attempt), form_of(attempt, action="hand_in"))
        response = client.post(self.url(attempt, "attempt_submit"), follow=True)

        assert response.redirect_chain[-1][0] == self.url(attempt, "attempt_result")
        assert "Passed" in response.content.decode()
        assert client.get(self.url(attempt)).url == self.url(attempt, "attempt_result")
        assert client.post(self.url(attempt), form_of(attempt, right=False)).status_code == 302
        attempt.refresh_from_db()
        assert attempt.percent == 100

    def test_time_over_leads_to_the_result(
        self, client: Client, learner: User, course: CoursePage, enrolled: Enrollment
    ) -> None:
        attempt = services.start_attempt(
            learner, quiz=builders.set_up(course, time_limit_minutes=5)
        )
        with time_machine.travel(attempt.deadline + timedelta(minutes=1), tick=False):
            response = client.get(self.url(attempt), follow=True)
        assert "The time was over" in response.content.decode()

    @pytest.mark.parametrize(
        "data",
        [
            {"action": "save", "q-x": "1", "has-x": "1"},
            {"action": "hand_in", "q-": ["a"] * 50},
            {"score": "100", "status": "graded", "learner": "1"},
        ],
    )
    def test_foreign_fields_are_ignored(
        self, client: Client, attempt: Attempt, data: dict[str, Any]
    ) -> None:
        assert client.post(self.url(attempt), data).status_code == 302
        attempt.refresh_from_db()
        assert attempt.score is None
        assert not attempt.responses.exists()

    @pytest.mark.parametrize(
        "value", ["\x00", "<script>", "1e999999", "x" * 10_000, "\ud83e", "NaN"]
    )
    def test_bad_values_never_break_the_page(
        self, client: Client, attempt: Attempt, value: str
    ) -> None:
        data = form_of(attempt)
        for name in [name for name in data if name.startswith("q-")]:
            data[name] = value.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
        response = client.post(self.url(attempt), data | {"action": "save"})
        assert response.status_code in {302, 400}
        assert b"<script>alert" not in response.content

    @pytest.mark.parametrize("count", [3, 30])
    def test_queries(
        self, client: Client, learner: User, course: CoursePage, enrolled: Enrollment, count: int,
        django_assert_num_queries: Any,
    ) -> None:  # fmt: skip
        quiz = builders.set_up(course, *[builders.every_kind()[n % 5] for n in range(count)])
        attempt = services.start_attempt(learner, quiz=quiz)
        answer_all(attempt)
        client.get(self.url(attempt))
        with django_assert_num_queries(5 - SESSIONS_CACHED):
            client.get(self.url(attempt))

    def test_a_preview_says_so(self, instructor: User, quiz: QuizPage, client_for: Any) -> None:
        preview = services.start_attempt(instructor, quiz=quiz)
        assert (
            "this attempt never counts"
            in client_for(instructor).get(self.url(preview)).content.decode()
        )


class TestResult:
    def test_it_says_what_is_missing(
        self, client: Client, learner: User, quiz: QuizPage, enrolled: Enrollment
    ) -> None:
        attempt = sit(learner, quiz, right=False)
        text = soup(client.get(reverse("learning:attempt_result", args=[attempt.pk]))).get_text(
            " ", strip=True
        )

        assert "You need 60% to pass." in text
        assert "2 attempts left" in text
        assert "Try again" in text
        assert "Question by question" not in text

    def test_it_explains_after_passing(
        self, client: Client, learner: User, quiz: QuizPage, enrolled: Enrollment
    ) -> None:
        attempt = sit(learner, quiz, right=True)
        page = client.get(reverse("learning:attempt_result", args=[attempt.pk])).content.decode()
        assert builders.EXPLANATION_CANARY in page
        assert builders.KEY_CANARY in page

    @pytest.mark.parametrize("count", [3, 30])
    def test_queries(
        self, client: Client, learner: User, course: CoursePage, enrolled: Enrollment, count: int,
        django_assert_max_num_queries: Any,
    ) -> None:  # fmt: skip
        quiz = builders.set_up(course, *[builders.every_kind()[n % 5] for n in range(count)])
        attempt = sit(learner, quiz, right=True)
        url = reverse("learning:attempt_result", args=[attempt.pk])
        client.get(url)
        with django_assert_max_num_queries(18):
            client.get(url)


class TestNothingOfTheKeyLeaves:
    """Every door that a learner may open before the review, looked at for canaries."""

    def doors(self, attempt: Attempt, quiz: QuizPage) -> list[str]:
        api = f"/api/learning/attempts/{attempt.pk}/"
        names = ("attempt", "attempt_submit", "attempt_result")
        pages = [reverse(f"learning:{name}", args=[attempt.pk]) for name in names]
        return [
            quiz.url,
            *pages,
            api,
            f"{api}review/",
            f"/api/learning/quizzes/{quiz.translation_key}/",
        ]

    def assert_silent(self, content: str) -> None:
        for secret in (
            *(
                builders.KEY_CANARY,
                builders.EXPLANATION_CANARY,
                builders.FEEDBACK_CANARY,
                "is_correct",
                "27182",
            ),
            *("tolerance", "accepted", "correct"),
        ):
            assert secret not in content, secret

    def test_not_while_it_is_open_and_not_after_failing(
        self, client: Client, attempt: Attempt, quiz: QuizPage
    ) -> None:
        for url in self.doors(attempt, quiz):
            self.assert_silent(client.get(url, follow=True).content.decode())

        answer = {"response": None, "sequence": 1}
        for question in builders.questions_of(attempt):
            url = f"/api/learning/attempts/{attempt.pk}/responses/{question['id']}/"
            self.assert_silent(
                client.put(url, answer, content_type="application/json").content.decode()
            )

        self.assert_silent(
            client.post(f"/api/learning/attempts/{attempt.pk}/submit/").content.decode()
        )
        for url in self.doors(attempt, quiz):
            self.assert_silent(client.get(url, follow=True).content.decode())

    def test_right_and_wrong_answers_are_acknowledged_alike(
        self, client: Client, attempt: Attempt
    ) -> None:
        shapes = set()
        question = builders.questions_of(attempt)[0]
        for sequence, option in enumerate(question["options"], start=1):
            url = f"/api/learning/attempts/{attempt.pk}/responses/{question['id']}/"
            body = {"response": option["id"], "sequence": sequence}
            response = client.put(url, body, content_type="application/json")
            shapes.add((response.status_code, len(response.content), tuple(response.json())))
        assert len(shapes) == 1
