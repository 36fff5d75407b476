"""What the API says about an enrollment. Every field is named; nothing is taken from a request."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from learning.enrollments.models import Enrollment


def enrollment_fields(enrollment: Enrollment, request: HttpRequest) -> dict[str, Any]:
    """Return the plain fields of an enrollment."""
    course = enrollment.course
    summary = getattr(enrollment, "progress", None)
    grade = getattr(enrollment, "grade", None)
    return {
        "uuid": str(enrollment.pk),
        "course": {
            "uuid": str(enrollment.course_key),
            "title": course.title,
            "url": course.get_full_url(request),
        },
        "status": enrollment.status,
        "progress_percent": summary.percent if summary else 0,
        "enrolled_at": enrollment.enrolled_at,
        "completed_at": enrollment.completed_at,
        "expires_at": enrollment.expires_at,
        "grade": {"percent": str(grade.percent), "is_passing": grade.is_passing} if grade else None,
    }
