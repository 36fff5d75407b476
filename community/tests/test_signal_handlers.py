from __future__ import annotations

import smtplib
from unittest import mock
from uuid import uuid4

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from community.notifications import tasks
from community.notifications.models import Notification
from courses.versions import current_version
from learning.certificates.models import Certificate
from learning.quizzes.models import Attempt, QuizPage
from learning.signals import attempt_graded, certificate_issued, enrollment_created


@pytest.fixture
def certificate(enrolled) -> Certificate:
    return Certificate.objects.create(
        serial="LP-2026-ABCDEF",
        learner=enrolled.learner,
        enrollment=enrolled,
        course=enrolled.course,
        course_key=enrolled.course_key,
        learner_name="Lea Learner",
        course_title="Bread & <b>Butter</b>",
        issued_at=timezone.now(),
    )


@pytest.fixture
def attempt(enrolled) -> Attempt:
    quiz = QuizPage.objects.get()
    return Attempt.objects.create(
        learner=enrolled.learner,
        enrollment=enrolled,
        quiz=quiz,
        quiz_key=quiz.translation_key,
        version=current_version(quiz),
        number=1,
        status=Attempt.Status.EXPIRED,
        paper={},
        key={},
        policy={},
        started_at=timezone.now(),
        score=7,
        max_score=10,
    )


@pytest.mark.django_db
class TestReceivers:
    def test_an_enrollment_is_told_once(self, enrolled) -> None:
        for _time in range(2):
            enrollment_created.send(sender=type(enrolled), enrollment=enrolled)

        notification = Notification.objects.get()
        assert (notification.recipient, notification.kind) == (enrolled.learner, "enrollment")
        assert notification.title == "You are enrolled in “Course”"
        assert notification.url == "/courses/course/"

    def test_a_certificate_is_told_and_mailed_once(self, certificate) -> None:
        for _time in range(2):
            certificate_issued.send(sender=Certificate, certificate=certificate)

        assert Notification.objects.get(kind="certificate").url == certificate.get_absolute_url()
        (message,) = mail.outbox
        assert message.to == [certificate.learner.email]
        assert message.subject == "Your certificate: Bread & <b>Butter</b>"
        assert f"http://testserver{certificate.get_absolute_url()}" in message.body
        assert "LP-2026-ABCDEF" in message.body

    def test_a_line_break_makes_no_header(self, certificate) -> None:
        Certificate.objects.update(course_title="Bread\r\nBcc: everybody@example.org")

        assert tasks.mail_certificate(str(certificate.pk)) == "sent"

        message = mail.outbox[0].message()
        assert message["Bcc"] is None
        assert "\n" not in mail.outbox[0].subject

    def test_an_attempt_that_ended_by_the_clock_is_told_without_score(self, attempt) -> None:
        attempt_graded.send(sender=Attempt, attempt=attempt)

        notification = Notification.objects.get()
        assert "Final quiz" in notification.title
        assert "7" not in notification.title
        assert notification.url == reverse("learning:attempt_result", args=[attempt.pk])

    @pytest.mark.parametrize(
        "changes", [{"status": "graded"}, {"is_preview": True}], ids=["handed in", "preview"]
    )
    def test_others_are_not(self, attempt, changes: dict) -> None:
        for field, value in changes.items():
            setattr(attempt, field, value)

        attempt_graded.send(sender=Attempt, attempt=attempt)

        assert not Notification.objects.exists()


@pytest.mark.django_db
class TestMailTask:
    def test_a_second_delivery_sends_nothing(self, certificate) -> None:
        assert tasks.mail_certificate(str(certificate.pk)) == "sent"
        assert tasks.mail_certificate(str(certificate.pk)) == "already"
        assert len(mail.outbox) == 1

    def test_a_certificate_that_is_gone(self, db) -> None:
        assert tasks.mail_certificate(str(uuid4())) == "gone"

    def test_a_mail_server_that_is_away_is_asked_again(self, certificate) -> None:
        broken = mock.patch(
            "django.core.mail.EmailMessage.send", side_effect=smtplib.SMTPServerDisconnected
        )
        with broken:
            assert tasks.mail_certificate.apply(args=[str(certificate.pk)]).get() == "failed"

        assert tasks.mail_certificate(str(certificate.pk)) == "sent"

    def test_with_a_worker_it_retries(self, certificate) -> None:
        broken = mock.patch("django.core.mail.EmailMessage.send", side_effect=OSError)
        retry = mock.patch.object(
            tasks.mail_certificate, "retry", side_effect=RuntimeError("later")
        )
        tasks.mail_certificate.push_request(is_eager=False, retries=2)
        try:
            with broken, retry as later, pytest.raises(RuntimeError, match="later"):
                tasks.mail_certificate.run(str(certificate.pk))
        finally:
            tasks.mail_certificate.pop_request()

        assert later.call_args.kwargs["countdown"] == 240
