"""Views that do as little as can be done."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse


def hello(request: HttpRequest) -> HttpResponse:
    """What Django itself costs."""
    return HttpResponse("hello")


def rows(request: HttpRequest) -> JsonResponse:
    """Twenty courses as JSON, straight from a cursor."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.id, p.title, p.slug, p.url_path, c.summary, c.level, c.price::text"
            " FROM wagtailcore_page p JOIN courses_coursepage c ON c.page_ptr_id = p.id"
            " WHERE p.live ORDER BY p.id LIMIT 20"
        )
        names = [column.name for column in cursor.description]
        found = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return JsonResponse({"items": found})
