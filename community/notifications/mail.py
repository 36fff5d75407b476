"""Mails that go with notifications: plain text, short."""

from __future__ import annotations

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import override

from learning.certificates.models import Certificate
from learning.certificates.selectors import certificate_facts


def certificate_mail(certificate: Certificate) -> EmailMessage:
    """Return the mail that congratulates, in the learner's language."""
    learner = certificate.learner
    context = {"name": learner.name, "facts": certificate_facts(certificate)}
    with override(learner.language):
        # A line break in a subject would be a header of its own.
        subject = " ".join(render_to_string("emails/certificate.subject.txt", context).split())
        body = render_to_string("emails/certificate.txt", context)
    return EmailMessage(
        subject, body, to=[learner.email], headers={"Auto-Submitted": "auto-generated"}
    )
