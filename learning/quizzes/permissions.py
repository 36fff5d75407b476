"""Who may do what with a quiz and with an attempt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from courses.models import CoursePage
from courses.permissions import user_can_edit_course, user_may_inspect_courses
from learning.enrollments.permissions import opens_course
from learning.quizzes.models import Attempt

if TYPE_CHECKING:
    from accounts.models import User


def user_takes_previews(user: User, course: CoursePage) -> bool:
    """Whether the person sits this course's quizzes as a preview that never counts: its team, and
    administrators."""
    return user_can_edit_course(user, course)


def user_can_sit(user: User, attempt: Attempt) -> bool:
    """Whether the person may see the questions of this open attempt and answer them.

    The enrollment decides, not the page: an attempt that was begun can be finished when the page
    moves or disappears.
    """
    if attempt.learner_id != user.pk:
        return False
    if attempt.is_preview:
        return user_takes_previews(user, attempt.quiz.course)
    return opens_course(attempt.enrollment)


def user_can_review(user: User, attempt: Attempt) -> bool:
    """Whether the person may see the result of this attempt: its learner, the course's team, those
    who inspect courses."""
    return (
        attempt.learner_id == user.pk
        or user_may_inspect_courses(user)
        or user_sees_key(user, attempt)
    )


def user_sees_key(user: User, attempt: Attempt) -> bool:
    """Whether the person may see the answer key at any time: the course's team and
    administrators."""
    return user_can_edit_course(user, attempt.quiz.course)
