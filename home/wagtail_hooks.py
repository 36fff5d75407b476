"""Hooks: how public pages are served."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from wagtail import hooks
from wagtail.models import Page

from courses.catalog.partial import serve_catalog
from courses.models import CourseIndexPage
from home.public_pages import store_if_public

Serve = Callable[..., HttpResponseBase]


@hooks.register("on_serve_page")
def store_public_pages(serve_next: Serve) -> Serve:
    """Pages that are the same for every visitor without a session are stored whole."""

    def serve(
        page: Page, request: HttpRequest, args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponseBase:
        return store_if_public(page, request, serve_next(page, request, args, kwargs))

    return serve


@hooks.register("on_serve_page")
def swap_catalog_results(serve_next: Serve) -> Serve:
    """The catalogue answers htmx with its results alone."""

    def serve(
        page: Page, request: HttpRequest, args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponseBase:
        if not isinstance(page, CourseIndexPage):
            return serve_next(page, request, args, kwargs)
        return serve_catalog(request, lambda: serve_next(page, request, args, kwargs))

    return serve
