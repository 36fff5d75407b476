"""A learner who has finished, and the certificate of it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from courses.models import CoursePage, LessonPage
from courses.versions import current_version
from learning.certificates import services as certificates
from learning.certificates.models import Certificate
from learning.enrollments.models import Enrollment
from learning.grading import services as grading
from learning.progress.models import Completion
from learning.quizzes.models import QuizPage


def finish(enrollment: Enrollment, *, percent: int = 90) -> Enrollment:
    """Write the records of somebody who has done everything, without the apps that usually write
    them.
    """
    units = [
        *LessonPage.objects.descendant_of(enrollment.course),
        *QuizPage.objects.descendant_of(enrollment.course),
    ]
    for unit in units:
        Completion.objects.create(
            enrollment=enrollment,
            unit=unit,
            unit_key=unit.translation_key,
            version=current_version(unit),
            source=Completion.Source.BUTTON,
            completed_at=timezone.now(),
        )
    for quiz in QuizPage.objects.descendant_of(enrollment.course):
        grading.record_score(enrollment, unit=quiz, percent=Decimal(percent))
    enrollment.completed_at = timezone.now()
    enrollment.status = Enrollment.Status.COMPLETED
    enrollment.save()
    return enrollment


@pytest.fixture
def finished(enrolled: Enrollment) -> Enrollment:
    """The learner's enrollment, with everything done and passed."""
    return finish(enrolled)


@pytest.fixture
def certificate(finished: Enrollment) -> Certificate:
    """The learner's certificate, without PDF."""
    return certificates.issue_if_eligible(finished)


@pytest.fixture
def printed(certificate: Certificate) -> Certificate:
    """The learner's certificate with a PDF."""
    return certificates.render_pdf(certificate)


@pytest.fixture
def certificate_named(enrolled: Enrollment, course: CoursePage) -> Callable[..., Certificate]:
    """Return a function that issues to a learner and a course of these names."""

    def make(name: str = "Lea Learner", title: str = "Course", **facts: Any) -> Certificate:
        enrolled.learner.first_name, enrolled.learner.last_name = name[:150], name[150:300]
        enrolled.learner.save()
        CoursePage.objects.filter(pk=course.pk).update(title=title)
        certificate = certificates.issue_if_eligible(finish(enrolled))
        for field, value in facts.items():
            setattr(certificate, field, value)
        return certificate

    return make
