"""Home page, landing page, and the frame around every page."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Site

from courses.models import CourseIndexPage, CoursePage
from home.models import HomePage, LandingPage, SiteSettings
from tests.factories import paragraph, publish

pytestmark = pytest.mark.django_db

BODY: list[dict[str, Any]] = [
    {
        "type": "hero",
        "value": {
            "heading": "Learn something",
            "text": "Here.",
            "primary_label": "",
            "image": None,
        },
    },
    {
        "type": "course_cards",
        "value": {"heading": "Begin", "text": "", "rule": "newest", "courses": []},
    },
    {
        "type": "features",
        "value": {
            "heading": "Why",
            "items": [{"icon": "book", "title": "Short", "text": "Really."}],
        },
    },
    {"type": "stats", "value": {"items": [{"number": "5", "label": "courses"}]}},
    {
        "type": "faq",
        "value": {"heading": "Ask", "items": [{"question": "Free?", "answer": "<p>Yes.</p>"}]},
    },
    {
        "type": "testimonials",
        "value": {"heading": "", "items": [{"quote": "Good.", "name": "Jo", "role": ""}]},
    },
    {
        "type": "call_to_action",
        "value": {"heading": "Go", "text": "", "label": "Now", "link": "/courses/"},
    },
    paragraph("Plain text."),
]


class TestHomePage:
    def test_it_shows_the_search_box_the_blocks_and_real_courses(
        self, course: CoursePage, client: Client
    ) -> None:
        home = HomePage.objects.get()
        home.body = json.dumps(BODY)
        publish(home)

        html = client.get("/").content.decode()

        assert html.count("<h1") == 1
        assert 'id="home-search"' in html
        for text in (
            "Learn something",
            "Course",
            "Really.",
            "Free?",
            "Good.",
            "Plain text.",
            "Now",
        ):
            assert text in html

    def test_it_has_something_to_show_before_anybody_has_written_it(
        self, course: CoursePage, client: Client
    ) -> None:
        html = client.get("/").content.decode()

        assert 'id="home-search"' in html
        assert course.url in html


class TestLandingPage:
    @pytest.mark.parametrize("body", [BODY, BODY[1:], [paragraph("Only text.")], []])
    def test_it_has_one_heading_and_breadcrumbs_for_search_engines(
        self, client: Client, body: Any
    ) -> None:
        page = publish(
            HomePage.objects.get().add_child(
                instance=LandingPage(title="Join us", body=json.dumps(body), live=False)
            )
        )

        html = client.get(page.url).content.decode()

        assert html.count("<h1") == 1
        data = json.loads(
            re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.S).group(1)
        )
        assert data[-1]["@type"] == "BreadcrumbList"
        assert [item["name"] for item in data[-1]["itemListElement"]][-1] == "Join us"


class TestChrome:
    def test_without_settings_the_menu_is_what_editors_show_in_menus(self, client: Client) -> None:
        navigation = [(link.title, link.url) for link in client.get("/faq/").context["primary_nav"]]

        assert ("Courses", "/courses/") in navigation

    def test_the_settings_decide_brand_navigation_and_footer(self, client: Client) -> None:
        catalog = CourseIndexPage.objects.get()
        draft = catalog.get_parent().add_child(instance=LandingPage(title="Draft", live=False))
        SiteSettings.objects.update_or_create(
            site=Site.objects.get(is_default_site=True),
            defaults={
                "brand_name": "Small school",
                "navigation": json.dumps(
                    [
                        {
                            "type": "link",
                            "value": {"title": "Learn", "page": catalog.pk, "link": ""},
                        },
                        {
                            "type": "link",
                            "value": {"title": "Hidden", "page": draft.pk, "link": ""},
                        },
                        {
                            "type": "link",
                            "value": {"title": "Away", "page": None, "link": "/away/"},
                        },
                    ]
                ),
                "footer": json.dumps(
                    [
                        {
                            "type": "column",
                            "value": {
                                "title": "Help",
                                "links": [{"title": "Ask", "link": "/faq/"}],
                            },
                        }
                    ]
                ),
            },
        )

        context = client.get("/courses/?q=x").context

        assert context["brand"]["name"] == "Small school"
        assert [(link.title, link.url, link.is_current) for link in context["primary_nav"]] == [
            ("Learn", "/courses/", True),
            ("Away", "/away/", False),
        ]
        assert [(column.title, column.links[0].url) for column in context["footer_columns"]] == [
            ("Help", "/faq/")
        ]
