"""What learners do, as activity. The object is the course, the unit or the certificate."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from analytics import services as analytics
from analytics.models import ActivityEvent
from learning.certificates.models import Certificate
from learning.enrollments.models import Enrollment
from learning.progress.models import Completion
from learning.quizzes.models import Attempt
from learning.signals import (
    attempt_graded,
    certificate_issued,
    course_completed,
    enrollment_created,
    unit_completed,
)

Verb = ActivityEvent.Verb


@receiver(enrollment_created, dispatch_uid="analytics.enrollment_created")
def enrolled(enrollment: Enrollment, **_kwargs: Any) -> None:
    _record(enrollment, Verb.ENROLLED, enrollment.course_key)


@receiver(unit_completed, dispatch_uid="analytics.unit_completed")
def completed_unit(completion: Completion, **_kwargs: Any) -> None:
    _record(completion.enrollment, Verb.COMPLETED_UNIT, completion.unit_key)


@receiver(course_completed, dispatch_uid="analytics.course_completed")
def completed_course(enrollment: Enrollment, **_kwargs: Any) -> None:
    _record(enrollment, Verb.COMPLETED_COURSE, enrollment.course_key)


@receiver(attempt_graded, dispatch_uid="analytics.attempt_graded")
def finished_attempt(attempt: Attempt, **_kwargs: Any) -> None:
    # A preview of the team is no learner's activity.
    if attempt.enrollment is not None and not attempt.is_preview:
        _record(attempt.enrollment, Verb.FINISHED_ATTEMPT, attempt.quiz_key)


@receiver(certificate_issued, dispatch_uid="analytics.certificate_issued")
def earned_certificate(certificate: Certificate, **_kwargs: Any) -> None:
    analytics.record(
        actor_id=certificate.learner_id,
        verb=Verb.EARNED_CERTIFICATE,
        course_key=certificate.course_key,
        object_key=certificate.pk,
    )


def _record(enrollment: Enrollment, verb: Verb, object_key: Any) -> None:
    analytics.record(
        actor_id=enrollment.learner_id,
        verb=verb,
        course_key=enrollment.course_key,
        object_key=object_key,
    )
