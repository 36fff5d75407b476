"""Courses as search engines understand them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

if TYPE_CHECKING:
    from courses.models import CoursePage


def course_json_ld(course: CoursePage, request: HttpRequest) -> dict[str, Any]:
    """Return schema.org's `Course` with one self-paced `CourseInstance` and its price."""
    stats = getattr(course, "stats", None)
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Course",
        "@id": course.get_full_url(request),
        "url": course.get_full_url(request),
        "name": course.title,
        "description": course.search_description or course.summary,
        "inLanguage": course.content_language,
        "educationalLevel": course.get_level_display(),
        "provider": {"@type": "Organization", "name": request.get_host()},
        "offers": {
            "@type": "Offer",
            "category": "Free" if course.is_free else "Paid",
            "price": str(course.price),
            "priceCurrency": course.currency,
        },
        "hasCourseInstance": {
            "@type": "CourseInstance",
            "courseMode": "online",
            "courseWorkload": f"PT{stats.minutes if stats else 0}M",
        },
    }
    if course.instructor:
        data["hasCourseInstance"]["instructor"] = {
            "@type": "Person",
            "name": course.instructor_name,
        }
    if course.has_certificate:
        data["educationalCredentialAwarded"] = "Certificate"
    return data
