"""Why somebody cannot enroll."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal.common.errors import DomainError


class EnrollmentClosed(DomainError):
    """The course takes no learners at this time."""

    code = "enrollment_closed"
    message = _("Enrollment for this course is not open.")


class CourseFull(DomainError):
    """Every seat is taken."""

    code = "course_full"
    message = _("All seats of this course are taken.")


class PrerequisitesNotMet(DomainError):
    """Another course must be completed first."""

    code = "prerequisites_not_met"
    message = _("Complete the courses that this one builds on first.")


class PaymentRequired(DomainError):
    """The course has a price and the learner has no right to it yet."""

    code = "payment_required"
    status = 402
    message = _("This course has to be paid for.")


class EmailNotVerified(DomainError):
    """The learner's e-mail address is not confirmed."""

    code = "email_not_verified"
    status = 403
    message = _("Confirm your e-mail address first.")


class EnrollmentSuspended(DomainError):
    """Access was paused by staff; the learner cannot lift that."""

    code = "enrollment_suspended"
    message = _("Your access to this course is paused. Please contact the team.")


class MayNotEnroll(DomainError):
    """Managers and administrators look after courses; they do not take them with that account."""

    code = "may_not_enroll"
    status = 403
    message = _("Managers and administrators cannot enroll themselves.")
