"""Mail in the background. Everything here may be delivered twice."""

from __future__ import annotations

import logging
from smtplib import SMTPException

from celery import Task, shared_task
from django.core.cache import cache

from community.notifications.mail import certificate_mail
from learning.certificates.models import Certificate

log = logging.getLogger(__name__)

REMEMBERED_SECONDS = 7 * 24 * 60 * 60


@shared_task(bind=True, acks_late=True, max_retries=5)
def mail_certificate(self: Task, certificate_id: str) -> str:
    """Send the mail about a certificate; a second delivery of this message sends nothing."""
    certificate = Certificate.objects.select_related("learner").filter(pk=certificate_id).first()
    if certificate is None:
        return "gone"
    claim = f"mailed:certificate:{certificate_id}"
    if not cache.add(claim, True, REMEMBERED_SECONDS):
        return "already"
    try:
        certificate_mail(certificate).send()
    except (OSError, SMTPException) as error:
        cache.delete(claim)
        log.warning("mail about certificate %s not sent", certificate_id, exc_info=True)
        if self.request.is_eager:
            # Without a worker a retry would make the person wait, who has been notified already.
            return "failed"
        raise self.retry(exc=error, countdown=60 * 2**self.request.retries) from error
    return "sent"
