"""From the last unit to the certificate, through the real services of every app below."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core import mail

from analytics.models import ActivityEvent
from community.notifications.models import Notification
from courses.models import LessonPage
from learning.certificates.models import Certificate
from learning.grading import services as grading
from learning.progress import services as progress
from learning.progress.models import Completion
from learning.quizzes.models import QuizPage


def study(enrollment, *, percent: int) -> None:
    for lesson in LessonPage.objects.all():
        progress.complete_unit(enrollment, unit=lesson, source=Completion.Source.BUTTON)
    quiz = QuizPage.objects.get()
    grading.record_score(enrollment, unit=quiz, percent=Decimal(percent))
    progress.complete_unit(enrollment, unit=quiz, source=Completion.Source.QUIZ)


@pytest.mark.django_db
class TestCourseToCertificate:
    def test_passing_everything_earns_and_tells(
        self, enrolled, learner, django_capture_on_commit_callbacks
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            study(enrolled, percent=80)

        certificate = Certificate.objects.get()
        assert certificate.pdf.read(5) == b"%PDF-"
        assert certificate.grade_percent == 80
        assert len(certificate.manifest) == 4
        assert Notification.objects.get(recipient=learner).url == certificate.get_absolute_url()
        assert [message.to for message in mail.outbox] == [[learner.email]]
        assert sorted(ActivityEvent.objects.values_list("verb", flat=True)) == [
            *("completed_course", "completed_unit", "completed_unit", "completed_unit"),
            *("completed_unit", "earned_certificate"),
        ]

    def test_a_better_attempt_later_earns_it(
        self, enrolled, django_capture_on_commit_callbacks
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            study(enrolled, percent=59)
        assert not Certificate.objects.exists()
        assert not mail.outbox

        with django_capture_on_commit_callbacks(execute=True):
            grading.record_score(enrolled, unit=QuizPage.objects.get(), percent=Decimal(61))

        assert Certificate.objects.get().grade_percent == 61
