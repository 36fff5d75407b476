"""Which pages are the same for every visitor without a session, and may be stored whole."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from wagtail.models import Page

from blog.models import BlogIndexPage, BlogPage
from courses.models import CourseIndexPage, CoursePage
from home.models import HomePage, LandingPage
from portal.common.stored_pages import storable
from support.models import FaqIndexPage, FaqPage

STORABLE_TYPES = (
    HomePage, LandingPage, CourseIndexPage, CoursePage, BlogIndexPage, BlogPage, FaqIndexPage,
    FaqPage,
)  # fmt: skip


def store_if_public(
    page: Page, request: HttpRequest, response: HttpResponseBase
) -> HttpResponseBase:
    """Mark a complete response as storable if nothing in it belongs to this visitor."""
    if not _is_the_same_for_all(page, request) or not isinstance(response, TemplateResponse):
        return response
    # Only a rendered page shows whether its template asked for a CSRF token or read a message.
    response.render()
    if "CSRF_COOKIE_NEEDS_UPDATE" in request.META or response.cookies or _has_messages(request):
        return response
    return storable(response)


def _is_the_same_for_all(page: Page, request: HttpRequest) -> bool:
    return (
        request.method == "GET"
        and isinstance(page, STORABLE_TYPES)
        and request.user.is_anonymous
        and not request.META.get("QUERY_STRING")
        and not getattr(request, "is_preview", False)
    )


def _has_messages(request: HttpRequest) -> bool:
    messages = getattr(request, "_messages", None)
    return messages is not None and len(messages) > 0
