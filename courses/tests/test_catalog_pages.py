"""The catalogue and the page of a course, as a visitor gets them."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Site

from accounts.models import Role
from courses.models import CoursePage
from tests.factories import CategoryFactory, UserFactory, make_course

pytestmark = pytest.mark.django_db

HOSTILE = [
    '"', "'", "\x00", "a\x00b", "🐍", "%", "*", "(", "a OR", "NOT", "AND OR NOT", "a:b", "-x", "^x", "\\", "*" * 300,
    "x" * 5000, "<script>alert(1)</script>", "' OR 1=1 --", "NEAR(a b)", "日本語", " ", "\u202e", "title:bread",
]  # fmt: skip


class TestHostileParameters:
    def test_the_catalogue_answers_200(self, course: CoursePage, client: Client) -> None:
        for name in (
            "q",
            "category",
            "level",
            "tag",
            "language",
            "price",
            "duration",
            "sort",
            "page",
        ):
            for text in HOSTILE:
                response = client.get("/courses/", {name: text})

                assert response.status_code == 200, (name, text)
                assert b"<script>alert(1)" not in response.content, (name, text)

    def test_any_page_number_shows_courses(self, course: CoursePage, client: Client) -> None:
        for page in ("999999", "-1", "0", "abc", "1e9", "9" * 100):
            assert course.summary in client.get("/courses/", {"page": page}).content.decode(), page


class TestCatalogPage:
    def test_it_works_as_a_plain_form(self, course: CoursePage, client: Client) -> None:
        page = BeautifulSoup(client.get("/courses/?level=beginner&q=course").content, "html.parser")

        form = page.find("form", id="catalog-form")
        assert form["method"] == "get"
        assert form.find("input", {"name": "q"})["value"] == "course"
        assert form.find("input", {"name": "level", "value": "beginner"}).has_attr("checked")
        assert page.find("link", rel="canonical")["href"].endswith("/courses/")

    def test_htmx_gets_the_results_and_a_tidy_address(
        self, course: CoursePage, client: Client
    ) -> None:
        response = client.get(
            "/courses/?q=course&sort=title&price=", headers={"HX-Request": "true"}
        )

        html = response.content.decode()
        assert "<html" not in html
        assert 'id="catalog-results"' in html
        assert 'id="catalog-facets" class="catalog__facets" hx-swap-oob="true"' in html
        assert response["HX-Push-Url"] == "/courses/?q=course&sort=title"
        assert "HX-Request" in response["Vary"]

    def test_going_back_gets_the_whole_page(self, course: CoursePage, client: Client) -> None:
        headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}

        assert "<html" in client.get("/courses/?q=course", headers=headers).content.decode()

    def test_it_says_that_nothing_was_found_and_what_else_there_is(
        self, course: CoursePage, client: Client
    ) -> None:
        html = client.get("/courses/?q=zzzzzz").content.decode()

        assert "Nothing found for" in html
        assert "Perhaps one of these" in html

    def test_an_empty_catalogue_says_so(self, client: Client) -> None:
        assert "There are no courses yet" in client.get("/courses/").content.decode()

    @pytest.mark.parametrize(
        "address", ["/courses/", "/courses/?q=course&tag=common&level=beginner"]
    )
    def test_queries_are_few_and_equal_for_1_and_50(
        self, client: Client, address: str, django_capture_on_commit_callbacks: Any
    ) -> None:
        teacher, category = UserFactory(role=Role.TEACHER), CategoryFactory()

        def add(numbers: range) -> None:
            with django_capture_on_commit_callbacks(execute=True):
                for number in numbers:
                    make_course(
                        f"Course {number}", instructor=teacher, category=category, tags=["common"]
                    )

        def count() -> int:
            Site.clear_site_root_paths_cache()
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address, headers={"X-Nothing": "1"}).status_code == 200
            return len(queries)

        client.force_login(UserFactory(), backend="django.contrib.auth.backends.ModelBackend")
        add(range(1))
        one = count()
        add(range(1, 50))

        assert count() == one <= 17  # with the session and the person


class TestCoursePage:
    def test_it_tells_search_engines_what_it_is(self, course: CoursePage, client: Client) -> None:
        course.title = 'Course </script><script>alert("x")</script>'
        course.save_revision().publish()

        html = client.get(course.url).content.decode()

        assert 'alert("x")</script>' not in html
        data = json.loads(
            re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.S).group(1)
        )
        assert [one["@type"] for one in data] == ["Course", "BreadcrumbList"]
        assert data[0]["name"] == course.title

    def test_it_shows_the_outline_but_no_gated_text(
        self, course: CoursePage, client: Client
    ) -> None:
        html = client.get(course.url).content.decode()

        assert "First lesson" in html
        assert "Final quiz" in html
        assert "Body of First lesson" not in html
        assert "Which one?" not in html

    def test_it_has_an_address_to_share(self, course: CoursePage, client: Client) -> None:
        page = BeautifulSoup(client.get(course.url).content, "html.parser")

        assert page.find("meta", property="og:title")["content"] == course.title
        assert page.find("meta", property="og:url")["content"] == course.full_url
        assert page.find("meta", {"name": "description"})["content"] == course.summary

    def test_a_module_leads_to_its_place_in_the_outline(
        self, course: CoursePage, client: Client
    ) -> None:
        module = course.get_children().first()

        response = client.get(module.url)

        assert response.status_code == 302
        assert response["Location"] == f"{course.url}#module-{module.slug}"

    def test_queries_stay_below_the_ceiling(self, course: CoursePage, client: Client) -> None:
        client.get(course.url + "?warm=1")

        with CaptureQueriesContext(connection) as queries:
            client.get(course.url + "?x=1")

        assert len(queries) <= 15
