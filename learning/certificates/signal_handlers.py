"""Certificates follow completion and grades; the PDF follows the certificate."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from learning.certificates import tasks
from learning.certificates.models import Certificate
from learning.enrollments.models import Enrollment
from learning.progress.models import Completion
from learning.signals import (
    certificate_issued,
    course_completed,
    course_grade_changed,
    unit_completed,
)


@receiver(unit_completed, dispatch_uid="certificates.after_unit")
def after_unit(completion: Completion, **_kwargs: Any) -> None:
    # Most are in the middle of a course; the last one is followed by `course_completed`.
    if completion.enrollment.completed_at is not None:
        tasks.issue_certificate.delay(str(completion.enrollment_id))


@receiver(course_completed, dispatch_uid="certificates.after_course")
def after_course(enrollment: Enrollment, **_kwargs: Any) -> None:
    tasks.issue_certificate.delay(str(enrollment.pk))


@receiver(course_grade_changed, dispatch_uid="certificates.after_grade")
def after_grade(enrollment: Enrollment, **_kwargs: Any) -> None:
    tasks.issue_certificate.delay(str(enrollment.pk))


@receiver(certificate_issued, dispatch_uid="certificates.after_issue")
def after_issue(certificate: Certificate, **_kwargs: Any) -> None:
    tasks.render_certificate.delay(str(certificate.pk))


@hooks.register("register_log_actions")
def register_actions(actions: LogActionRegistry) -> None:
    actions.register_action(
        "certificates.revoke", _("Revoke certificate"), _("Certificate revoked")
    )
    actions.register_action(
        "certificates.inspect", _("Inspect certificate"), _("Certificate downloaded by staff")
    )
