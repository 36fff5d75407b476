"""Whole pages for visitors: who gets a copy, and until when."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from portal.common import stored_pages
from portal.common.stored_pages import StoredPagesMiddleware, forget_stored_pages, storable


class Site:
    """A view behind the middleware that counts how often it is asked."""

    def __init__(self, **options: Any) -> None:
        self.asked = 0
        self.options = options
        self.middleware = StoredPagesMiddleware(self.view)

    def view(self, request: HttpRequest) -> HttpResponse:
        self.asked += 1
        response = HttpResponse(f"copy {self.asked}", status=self.options.get("status", 200))
        response["X-Kind"] = "page"
        if "cookie" in self.options:
            response.set_cookie("seen", "1")
        return storable(response) if self.options.get("storable", True) else response

    def get(self, path: str = "/", method: str = "get", cookies: Any = None, **headers: Any) -> Any:
        request = getattr(RequestFactory(), method)(path, **headers)
        request.COOKIES.update(cookies or {})
        return self.middleware(request).content.decode()


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    forget_stored_pages()
    yield
    forget_stored_pages()


class TestStoredPages:
    def test_the_second_visitor_gets_the_copy(self) -> None:
        site = Site()

        assert [site.get(), site.get()] == ["copy 1", "copy 1"]
        assert site.middleware(RequestFactory().get("/"))["X-Kind"] == "page"
        assert site.asked == 1

    def test_a_new_generation_forgets_it(self) -> None:
        site = Site()
        site.get()
        forget_stored_pages()

        assert site.get() == "copy 2"

    def test_it_is_found_again_without_the_memory_of_the_process(self) -> None:
        site = Site()
        site.get()
        stored_pages._local.clear()

        assert site.get() == "copy 1"

    @pytest.mark.parametrize("other", ["/other/", "/Other/"])
    def test_each_address_has_its_own(self, other: str) -> None:
        site = Site()
        site.get()

        assert site.get(other) == "copy 2"

    def test_each_host_and_scheme_has_its_own(self) -> None:
        site = Site()
        answers = [
            site.get(HTTP_HOST="one.example"),
            site.get(HTTP_HOST="two.example"),
            site.get(HTTP_HOST="one.example", **{"wsgi.url_scheme": "https"}),
        ]

        assert answers == ["copy 1", "copy 2", "copy 3"]

    @pytest.mark.parametrize(
        "options",
        [
            {"cookies": {settings.SESSION_COOKIE_NAME: "x"}},
            {"cookies": {"messages": "x"}},
            {"HTTP_HX_REQUEST": "true"},
            {"HTTP_AUTHORIZATION": "Bearer x"},
            {"path": "/?page=2"},
            {"method": "post"},
            {"method": "head"},
        ],
        ids=str,
    )
    def test_others_are_asked_for_anew(self, options: dict[str, Any]) -> None:
        site = Site()
        site.get(options.get("path", "/").partition("?")[0])

        assert site.get(**options) == "copy 2"
        assert site.get(**options) == "copy 3"
        assert site.get() == "copy 1"

    @pytest.mark.parametrize(
        "options",
        [{"storable": False}, {"status": 404}, {"status": 302}, {"cookie": True}],
        ids=str,
    )
    def test_only_what_is_marked_and_the_same_for_all_is_stored(
        self, options: dict[str, Any]
    ) -> None:
        site = Site(**options)

        assert [site.get(), site.get()] == ["copy 1", "copy 2"]

    def test_a_publishing_while_a_page_is_made_is_not_lost(self) -> None:
        site = Site()
        make = site.view

        def publish_meanwhile(request: HttpRequest) -> HttpResponse:
            response = make(request)
            forget_stored_pages()
            return response

        site.middleware = StoredPagesMiddleware(publish_meanwhile)
        site.get()

        assert site.get() == "copy 2"
