from __future__ import annotations

from unittest import mock
from uuid import uuid4

import pytest

from learning.certificates import services as certificates
from learning.certificates import tasks
from learning.certificates.models import Certificate
from learning.certificates.tests.conftest import finish
from learning.grading import services as grading
from learning.quizzes.models import QuizPage
from learning.signals import course_completed


@pytest.mark.django_db
class TestTasks:
    def test_everything_may_be_delivered_twice(self, finished) -> None:
        for _time in range(2):
            tasks.issue_certificate(str(finished.pk))
        certificate = Certificate.objects.get()
        names = {tasks.render_certificate(str(certificate.pk)) for _time in range(2)}

        assert names == {f"certificates/{certificate.pk}.pdf"}

    def test_missing_rows_are_no_error(self, db) -> None:
        assert (
            tasks.issue_certificate(str(uuid4()))
            == tasks.render_certificate(str(uuid4()))
            == "gone"
        )

    def test_they_acknowledge_late(self) -> None:
        assert tasks.issue_certificate.acks_late
        assert tasks.render_certificate.acks_late


@pytest.mark.django_db
class TestSweep:
    def test_it_issues_and_renders_what_is_missing(
        self, finished, django_capture_on_commit_callbacks
    ) -> None:
        with django_capture_on_commit_callbacks(execute=False):
            assert tasks.issue_missing_certificates() == "1 issued, 1 rendered"

        assert Certificate.objects.get().pdf
        assert tasks.issue_missing_certificates() == "0 issued, 0 rendered"

    def test_one_failure_does_not_stop_the_others(self, finished, classmate) -> None:
        finish(classmate.enrollments.get())
        issue = certificates.issue_if_eligible

        def fails_once(enrollment: object) -> Certificate | None:
            if enrollment == finished:
                raise RuntimeError("broken")
            return issue(enrollment)

        with mock.patch.object(certificates, "issue_if_eligible", side_effect=fails_once):
            assert tasks.issue_missing_certificates().startswith("1 issued")

    def test_failed_courses_are_not_looked_at(self, enrolled) -> None:
        finish(enrolled, percent=10)

        with mock.patch.object(certificates, "issue_if_eligible") as issue:
            tasks.issue_missing_certificates()

        issue.assert_not_called()


@pytest.mark.django_db
class TestReceivers:
    def test_completion_leads_to_a_certificate_with_pdf(
        self, finished, django_capture_on_commit_callbacks
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            course_completed.send(sender=type(finished), enrollment=finished)

        assert Certificate.objects.get().pdf

    def test_a_better_attempt_leads_to_a_certificate(
        self, enrolled, django_capture_on_commit_callbacks
    ) -> None:
        finish(enrolled, percent=50)
        assert not Certificate.objects.exists()

        with django_capture_on_commit_callbacks(execute=True):
            grading.record_score(enrolled, unit=QuizPage.objects.get(), percent=80)

        assert Certificate.objects.get().grade_percent == 80
