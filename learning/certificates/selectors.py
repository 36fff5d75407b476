"""Which certificates, and what they say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date
from decimal import Decimal
from typing import TYPE_CHECKING
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from learning.certificates.models import Certificate
from learning.enrollments.models import Enrollment

if TYPE_CHECKING:
    from accounts.models import User

# Access that ran out takes nothing back of what was earned; withdrawal and suspension do.
EARNING_STATUSES = (
    Enrollment.Status.ACTIVE,
    Enrollment.Status.COMPLETED,
    Enrollment.Status.EXPIRED,
)
LINKEDIN = "https://www.linkedin.com/profile/add"


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """What a certificate says on paper, in the portal and in the PDF alike."""

    issuer: str
    learner_name: str
    course_title: str
    instructor_name: str
    issued_on: date
    workload: str
    grade_percent: Decimal | None
    serial: str
    verify_url: str

    @property
    def verify_url_parts(self) -> tuple[str, str]:
        """The address in two parts, between which a line may end."""
        start, code = self.verify_url.rstrip("/").rsplit("/", 1)
        return f"{start}/", f"{code}/"


def certificate_facts(certificate: Certificate) -> CertificateFacts:
    """Return the frozen text. The date is that of UTC: paper and page agree in every time zone."""
    return CertificateFacts(
        issuer=settings.WAGTAIL_SITE_NAME,
        learner_name=certificate.learner_name,
        course_title=certificate.course_title,
        instructor_name=certificate.instructor_name,
        issued_on=certificate.issued_at.astimezone(UTC).date(),
        workload=workload(certificate.minutes),
        grade_percent=certificate.grade_percent,
        serial=certificate.serial,
        verify_url=verify_url(certificate),
    )


def type_sizes(facts: CertificateFacts) -> dict[str, str]:
    """Return how big each text may be set so that a certificate stays on one page."""
    return {
        "name": _size(facts.learner_name, steps=(18, 30, 80)),
        "course": _size(facts.course_title, steps=(40, 80, 140)),
        "instructor": _size(facts.instructor_name, steps=(30, 60, 120)),
    }


def _size(text: str, *, steps: tuple[int, int, int]) -> str:
    return ("large", "medium", "small", "tiny")[sum(len(text) > step for step in steps)]


def workload(minutes: int) -> str:
    """Return the study time in words: "45 min", "3 h", "3 h 20 min"."""
    hours, rest = divmod(minutes, 60)
    if hours and rest:
        return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": rest}
    if hours:
        return _("%(hours)s h") % {"hours": hours}
    return _("%(minutes)s min") % {"minutes": rest} if rest else ""


def verify_url(certificate: Certificate) -> str:
    """Return the public address that proves the certificate, as it stands in the QR code."""
    return settings.FRONTEND_URL + certificate.get_absolute_url()


def linkedin_url(certificate: Certificate) -> str:
    """Return LinkedIn's "add to profile" form, filled in."""
    facts = certificate_facts(certificate)
    query = {
        "startTask": "CERTIFICATION_NAME",
        "name": facts.course_title,
        "organizationName": facts.issuer,
        "issueYear": facts.issued_on.year,
        "issueMonth": facts.issued_on.month,
        "certUrl": facts.verify_url,
        "certId": facts.serial,
    }
    return f"{LINKEDIN}?{urlencode(query)}"


def find_by_code(code: UUID) -> Certificate | None:
    """Return the certificate with this public code."""
    return Certificate.objects.select_related("course").filter(code=code).first()


def certificates_of(user: User) -> QuerySet[Certificate]:
    """Return a person's certificates, newest first."""
    return Certificate.objects.filter(learner=user).select_related("course")


def certificate_for(enrollment: Enrollment) -> Certificate | None:
    """Return the newest certificate of this learner in this course, revoked ones included."""
    return (
        Certificate.objects.filter(
            learner_id=enrollment.learner_id, course_key=enrollment.course_key
        )
        .order_by("-issued_at")
        .first()
    )


def enrollments_awaiting_certificate() -> QuerySet[Enrollment]:
    """Return finished enrollments that may have earned a certificate and never got one."""
    has_certificate = Certificate.objects.filter(
        learner=OuterRef("learner"), course_key=OuterRef("course_key")
    )
    return Enrollment.objects.filter(
        Q(grade__isnull=True) | Q(grade__percent__gte=F("course__passing_grade")),
        ~Exists(has_certificate),
        completed_at__isnull=False,
        course__has_certificate=True,
        status__in=EARNING_STATUSES,
    )


def certificates_without_pdf() -> QuerySet[Certificate]:
    """Return valid certificates whose PDF was never made."""
    return Certificate.objects.filter(pdf="", status=Certificate.Status.VALID)


def pdf_url(certificate: Certificate) -> str:
    """Return the address of the PDF, for those who may have it."""
    return reverse("learning:certificate_pdf", args=[certificate.code])
