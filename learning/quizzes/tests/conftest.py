"""Sittings of the course's quiz."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import User
from courses.models import CoursePage
from learning.enrollments.models import Enrollment
from learning.quizzes import services
from learning.quizzes.models import Attempt, QuizPage
from learning.quizzes.tests import builders


@pytest.fixture
def quiz(course: CoursePage, django_capture_on_commit_callbacks: Any) -> QuizPage:
    """The course's quiz with one question of every kind."""
    with django_capture_on_commit_callbacks(execute=True):
        return builders.set_up(course, *builders.every_kind())


@pytest.fixture
def attempt(learner: User, quiz: QuizPage, enrolled: Enrollment) -> Attempt:
    """An open attempt of the learner."""
    return services.start_attempt(learner, quiz=quiz)
