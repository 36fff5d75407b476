"""Background work. Everything here may be delivered twice."""

from __future__ import annotations

import logging

from celery import shared_task

from learning.certificates import services as certificates
from learning.certificates.models import Certificate
from learning.certificates.selectors import (
    certificates_without_pdf,
    enrollments_awaiting_certificate,
)
from learning.enrollments.models import Enrollment

log = logging.getLogger(__name__)


@shared_task(acks_late=True)
def issue_certificate(enrollment_id: str) -> str:
    """Issue the certificate of a finished enrollment, if it is earned."""
    enrollment = Enrollment.objects.filter(pk=enrollment_id).first()
    if enrollment is None:
        log.warning("enrollment %s is gone", enrollment_id)
        return "gone"
    return str(certificates.issue_if_eligible(enrollment) or "not earned")


@shared_task(acks_late=True, autoretry_for=(OSError,), retry_backoff=True, max_retries=5)
def render_certificate(certificate_id: str) -> str:
    """Make the PDF of a certificate."""
    certificate = Certificate.objects.filter(pk=certificate_id).first()
    if certificate is None:
        log.warning("certificate %s is gone", certificate_id)
        return "gone"
    return str(certificates.render_pdf(certificate).pdf.name)


@shared_task(acks_late=True)
def issue_missing_certificates() -> str:
    """Issue and render what a lost message left undone; one failure does not stop the rest."""
    issued = sum(
        _attempt(certificates.issue_if_eligible, row)
        for row in enrollments_awaiting_certificate().iterator()
    )
    rendered = sum(
        _attempt(certificates.render_pdf, row) for row in certificates_without_pdf().iterator()
    )
    return f"{issued} issued, {rendered} rendered"


def _attempt(work: object, row: Enrollment | Certificate) -> bool:
    try:
        return work(row) is not None  # type: ignore[operator]
    except Exception:
        log.exception("%s failed", row.pk)
        return False
