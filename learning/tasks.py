"""The background work of the packages below, found here by Celery."""

from __future__ import annotations

from learning.certificates.tasks import issue_missing_certificates, render_certificate
from learning.enrollments.tasks import expire_enrollments
from learning.progress.tasks import refresh_course_progress, refresh_stale_progress
from learning.quizzes.tasks import expire_attempts

__all__ = [
    "expire_attempts",
    "expire_enrollments",
    "issue_missing_certificates",
    "refresh_course_progress",
    "refresh_stale_progress",
    "render_certificate",
]
