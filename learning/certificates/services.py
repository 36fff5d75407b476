"""Issuing, revoking and rendering certificates. Only the system issues."""

from __future__ import annotations

import secrets
import unicodedata
from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.log_actions import log

from learning.certificates.errors import ReasonMissing, RevocationForbidden
from learning.certificates.models import Certificate, pdf_path
from learning.certificates.pdf import certificate_pdf
from learning.certificates.permissions import user_can_revoke_certificates
from learning.certificates.selectors import EARNING_STATUSES, certificate_for
from learning.enrollments.models import Enrollment
from learning.grading import services as grading
from learning.grading.selectors import CourseResult
from learning.progress.models import Completion
from learning.signals import certificate_issued, certificate_ready, send_on_commit

if TYPE_CHECKING:
    from accounts.models import User
    from courses.models import CoursePage

# Without letters and digits that are taken for each other: a serial number is read aloud and typed.
SERIAL_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
MAX_TRIES = 5
# Joiners shape letters in several scripts; every other invisible character could disguise a name.
JOINERS = "\u200c\u200d"


def issue_if_eligible(enrollment: Enrollment) -> Certificate | None:
    """Issue the certificate that this enrollment has earned. Safe to call twice and in parallel.

    Returns the valid certificate, also one of an earlier call; None when nothing is earned yet, or
    when the certificate was revoked: a revoked certificate is not issued again by itself.
    """
    enrollment = Enrollment.objects.select_related(
        "course__instructor", "course__stats", "learner"
    ).get(pk=enrollment.pk)
    existing = certificate_for(enrollment)
    if existing is not None:
        return existing if existing.is_valid else None
    if not _is_complete(enrollment):
        return None
    result = grading.refresh_course_grade(enrollment)
    if not result.is_passing:
        return None
    return _issue(enrollment, _frozen_facts(enrollment, result))


@transaction.atomic
def revoke(certificate: Certificate, *, actor: User, reason: str) -> Certificate:
    """Take a certificate back, with a reason that is kept. Revoking twice changes nothing."""
    if not user_can_revoke_certificates(actor):
        raise RevocationForbidden
    reason = reason.strip()[:300]
    if not reason:
        raise ReasonMissing
    changed = Certificate.objects.filter(pk=certificate.pk, status=Certificate.Status.VALID).update(
        status=Certificate.Status.REVOKED,
        revoked_at=timezone.now(),
        revoked_by=actor,
        revoked_reason=reason,
    )
    certificate.refresh_from_db()
    if changed:
        log(certificate, "certificates.revoke", user=actor, data={"reason": reason})
    return certificate


def render_pdf(certificate: Certificate) -> Certificate:
    """Make the PDF and store it, once. Safe to call twice and in parallel.

    The page is drawn before the row is locked: on SQLite the lock holds up every other writer.
    """
    if certificate.pdf:
        return certificate
    content = certificate_pdf(certificate)
    with transaction.atomic():
        locked = Certificate.objects.select_for_update().get(pk=certificate.pk)
        if not locked.pdf:
            _store_pdf(locked, content)
    certificate.pdf = locked.pdf
    return certificate


def _is_complete(enrollment: Enrollment) -> bool:
    return (
        enrollment.completed_at is not None
        and enrollment.status in EARNING_STATUSES
        and enrollment.course.has_certificate
    )


def _issue(enrollment: Enrollment, facts: dict[str, Any]) -> Certificate | None:
    """Insert the row. The database's unique constraint decides who of several callers issues."""
    for _attempt in range(MAX_TRIES):
        try:
            with transaction.atomic():
                certificate = Certificate.objects.create(
                    enrollment=enrollment, learner=enrollment.learner, serial=_new_serial(), **facts
                )
                send_on_commit(certificate_issued, sender=Certificate, certificate=certificate)
                return certificate
        except IntegrityError:
            existing = certificate_for(enrollment)
            if existing is not None:
                return existing if existing.is_valid else None
            # The serial number was taken: draw another one.
    raise RuntimeError("No free serial number found.")


def _new_serial() -> str:
    drawn = "".join(secrets.choice(SERIAL_ALPHABET) for _ in range(6))
    return f"LP-{timezone.now().year}-{drawn}"


def _frozen_facts(enrollment: Enrollment, result: CourseResult) -> dict[str, Any]:
    course = enrollment.course
    return {
        "course": course,
        "course_key": enrollment.course_key,
        "learner_name": _printable(enrollment.learner.legal_name)[:301],
        "course_title": _printable(course.title),
        "instructor_name": _printable(course.instructor_name),
        "minutes": _minutes(course),
        "grade_percent": result.percent,
        "manifest": _manifest(enrollment),
        "issued_at": timezone.now(),
    }


def _printable(text: str) -> str:
    """Return the text on one line, without control characters and without disguises."""
    kept = []
    for character in unicodedata.normalize("NFC", text):
        category = unicodedata.category(character)
        if category == "Cc":
            kept.append(" ")
        elif character in JOINERS or category not in {"Cf", "Cs", "Co"}:
            kept.append(character)
    return " ".join("".join(kept).split())


def _minutes(course: CoursePage) -> int:
    stats = getattr(course, "stats", None)
    return stats.minutes if stats else 0


def _manifest(enrollment: Enrollment) -> list[dict[str, Any]]:
    completions = (
        Completion.objects.filter(enrollment=enrollment)
        .select_related("version")
        .order_by("completed_at", "pk")
    )
    return [
        {
            "unit": str(completion.unit_key),
            "title": completion.version.title,
            "version": completion.version.number,
            "sha256": completion.version.sha256,
            "completed_at": completion.completed_at.isoformat(),
        }
        for completion in completions
    ]


def _store_pdf(certificate: Certificate, content: bytes) -> None:
    storage = certificate.pdf.storage
    # A process that died after writing the file and before committing has left it behind.
    storage.delete(pdf_path(certificate, ""))
    certificate.pdf.save(f"{certificate.pk}.pdf", ContentFile(content), save=False)
    certificate.save(update_fields=["pdf"])
    send_on_commit(certificate_ready, sender=Certificate, certificate=certificate)
