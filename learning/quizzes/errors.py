"""What can go wrong with a quiz, in words for the learner."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal.common.errors import DomainError


class AttemptLimitReached(DomainError):
    """All allowed attempts have been used."""

    code = "attempt_limit_reached"
    message = _("You have used all attempts at this quiz.")


class QuizClosed(DomainError):
    """The quiz takes no more attempts."""

    code = "quiz_closed"
    message = _("This quiz has closed.")


class QuizEmpty(DomainError):
    """The quiz has no questions yet."""

    code = "quiz_empty"
    message = _("This quiz has no questions yet. Please come back later.")


class QuizNotOpen(DomainError):
    """The person may not take this quiz: not enrolled, locked or not released. `code` says
    which."""

    code = "not_enrolled"
    status = 403
    message = _("Enroll in the course to take this quiz.")

    def __init__(self, message: str | None = None, *, code: str = "") -> None:
        super().__init__(message)
        self.code = code or self.code


class EnrollmentEnded(DomainError):
    """The learner has left the course, or access has ended, while the attempt was open."""

    code = "enrollment_ended"
    status = 403
    message = _("You no longer have access to this course, so answers cannot be changed.")


class AttemptClosed(DomainError):
    """The attempt was handed in, or its time is over."""

    code = "attempt_closed"
    message = _("This attempt has ended; answers can no longer be changed.")


class AttemptOpen(DomainError):
    """The attempt has not been handed in, so there is nothing to review."""

    code = "attempt_in_progress"
    message = _("Hand in this attempt first.")


class ReviewNotOpen(DomainError):
    """The rules of the quiz do not show the answers, or not yet."""

    code = "review_not_available"
    status = 403
    message = _("The answers of this attempt cannot be seen at the moment.")


class UnknownQuestion(DomainError):
    """The question does not belong to this attempt."""

    code = "unknown_question"
    status = 404
    message = _("This question is not part of the attempt.")


class InvalidAnswer(DomainError):
    """The answer has the wrong shape for its question."""

    code = "invalid_answer"
    status = 400
    message = _("This answer does not fit the question.")
