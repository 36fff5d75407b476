"""A short way to the pages of courses.

Wagtail finds a page by walking down from the site's root, with two queries for each level; a lesson
lies five levels deep. The address of a page is stored with it, so one lookup finds it. Everything
after that is Wagtail's own: what is found here is handed to its `serve`, with all hooks.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from wagtail.models import Page, Site
from wagtail.views import serve

from courses.models import CoursePage

COURSE_SLASHES = 4


def serve_course_content(request: HttpRequest, path: str) -> HttpResponse:
    """Serve the page at an address below the catalogue.

    What is not found by its address is left to Wagtail.
    """
    site = Site.find_for_request(request)
    page = _page_at(f"{site.root_page.url_path}{path}") if site else None
    if page is not None:
        try:
            request._wagtail_route_for_request = page.route(request, [])  # type: ignore[attr-defined]
        except Http404:
            request._wagtail_route_for_request = None  # type: ignore[attr-defined]
    return serve(request, path)


def _page_at(url_path: str) -> Page | None:
    """Return the page at an address; a course with all that its page shows of other tables."""
    # Pages below a course lie deeper: /home/courses/bread/ is a course, if anything.
    if url_path.count("/") <= COURSE_SLASHES:
        course = CoursePage.objects.filter(url_path=url_path).for_cards().first()
        if course is not None:
            return course
    page = Page.objects.filter(url_path=url_path).first()
    return page.specific if page is not None else None
