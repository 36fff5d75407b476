"""The models of the packages below, found here by Django. One app, one stream of migrations."""

from __future__ import annotations

from learning.certificates.models import Certificate
from learning.enrollments.models import Enrollment, EnrollmentEvent, Entitlement
from learning.grading.models import CourseGrade, Grade, GradeItem
from learning.progress.models import Completion, CourseProgress, UnitProgress
from learning.quizzes.models import Attempt, QuizPage, Response

__all__ = [
    "Attempt",
    "Certificate",
    "Completion",
    "CourseGrade",
    "CourseProgress",
    "Enrollment",
    "EnrollmentEvent",
    "Entitlement",
    "Grade",
    "GradeItem",
    "QuizPage",
    "Response",
    "UnitProgress",
]
