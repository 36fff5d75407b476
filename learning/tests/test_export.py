"""A person's copy of their data: everything of their own, nothing of anybody else, no answer key."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from accounts.models import User
from courses.models import CoursePage, LessonPage
from learning import export
from learning.certificates import services as certificates
from learning.certificates.tests.conftest import finish
from learning.enrollments import services as enrollments
from learning.enrollments.models import Enrollment
from learning.progress import services as progress
from learning.quizzes import services as quizzes
from learning.quizzes.tests import builders
from learning.quizzes.tests.test_services import sit
from tests.factories import build_course

pytestmark = pytest.mark.django_db


def export_of(user: User, client_for: Any) -> dict[str, Any]:
    response = client_for(user).get("/profile/data/export/")
    assert response.status_code == 200
    return json.loads(response.content)


@pytest.fixture
def enrollment(learner: User, course: CoursePage) -> Enrollment:
    return enrollments.enroll(learner, course=course)


class TestExport:
    def test_it_holds_the_course_with_all_that_was_done(
        self, learner: User, course: CoursePage, enrollment: Enrollment, client_for: Any
    ) -> None:
        lesson = LessonPage.objects.descendant_of(course).order_by("path").first()
        progress.record_activity(enrollment, unit=lesson, position_seconds=42)
        progress.complete_unit(enrollment, unit=lesson, source="button")

        found = export_of(learner, client_for)["enrollments"]

        assert [one["course"] for one in found] == [course.title]
        assert found[0]["course_uuid"] == str(course.translation_key)
        assert [(one["kind"], one["by_yourself"]) for one in found[0]["events"]] == [
            ("enrolled", True)
        ]
        assert found[0]["completions"][0]["unit_title"] == lesson.title
        assert found[0]["positions"][0]["position_seconds"] == 42

    def test_it_holds_entitlement_grade_and_certificate(
        self, learner: User, course: CoursePage, enrollment: Enrollment, client_for: Any
    ) -> None:
        certificate = certificates.issue_if_eligible(finish(enrollment))

        found = export_of(learner, client_for)

        assert found["entitlements"][0]["source"] == "free"
        assert Decimal(found["enrollments"][0]["grades"][0]["percent"]) == 90
        assert found["enrollments"][0]["result"]["is_passing"] is True
        assert found["certificates"][0]["serial"] == certificate.serial

    def test_it_holds_own_answers_in_words(
        self, learner: User, course: CoursePage, enrollment: Enrollment, client_for: Any
    ) -> None:
        quiz = builders.set_up(course, builders.single(), max_attempts=None)
        sit(learner, quiz, right=True)

        attempt = export_of(learner, client_for)["attempts"][0]

        assert attempt["quiz"] == quiz.title
        assert "Oslo" in str(attempt["answers"][0]["answer"])
        assert (Decimal(attempt["score"]), attempt["passed"]) == (1, True)

    def test_it_holds_no_answer_key(
        self, learner: User, course: CoursePage, enrollment: Enrollment, client_for: Any
    ) -> None:
        quiz = builders.set_up(course, *builders.every_kind(), max_attempts=None)
        sit(learner, quiz, right=False)
        quizzes.start_attempt(learner, quiz=quiz)

        text = json.dumps(export_of(learner, client_for))

        for word in (builders.KEY_CANARY, builders.EXPLANATION_CANARY, builders.FEEDBACK_CANARY):
            assert word not in text
        for word in ("27182.818", '"right"', '"accepted"', '"is_correct"', '"key"'):
            assert word not in text

    def test_a_score_that_the_quiz_hides_stays_hidden(
        self, learner: User, course: CoursePage, enrollment: Enrollment, client_for: Any
    ) -> None:
        quiz = builders.set_up(course, builders.single(), shown="nothing")
        sit(learner, quiz, right=True)

        attempt = export_of(learner, client_for)["attempts"][0]

        assert not {"score", "max_score", "passed"} & set(attempt)

    def test_it_names_nobody_else(
        self,
        learner: User,
        classmate: User,
        manager: User,
        course: CoursePage,
        enrollment: Enrollment,
        client_for: Any,
    ) -> None:
        quiz = builders.set_up(course, builders.text("Yggdrasil"), max_attempts=None)
        sit(classmate, quiz, right=True)
        enrollments.suspend(enrollment, actor=manager, reason="Asked for it")

        found = export_of(learner, client_for)
        text = json.dumps(found)

        assert found["attempts"] == []
        assert "Yggdrasil" not in text
        assert classmate.email not in text
        assert manager.email not in text
        assert str(manager.pk) not in text
        assert found["enrollments"][0]["events"][-1]["reason"] == "Asked for it"
        assert found["enrollments"][0]["events"][-1]["by_yourself"] is False

    def test_its_cost_does_not_grow_with_courses(
        self, learner: User, enrollment: Enrollment, django_assert_num_queries: Any
    ) -> None:
        with django_assert_num_queries(6):
            export.enrollments(learner)
        enrollments.enroll(learner, course=build_course("Another"))

        with django_assert_num_queries(6):
            assert len(export.enrollments(learner)) == 2
