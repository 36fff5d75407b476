"""Whole pages kept for visitors: the same for everybody, fresh at once, never anybody's own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.fallback import FallbackStorage
from django.core.cache import cache
from django.db import connection
from django.template.response import TemplateResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from blog.models import BlogIndexPage, BlogPage
from courses.models import CoursePage
from home.models import HomePage, LandingPage, SiteSettings
from home.public_pages import store_if_public
from support.models import FaqIndexPage, FaqPage
from tests.factories import paragraph, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def places(course: CoursePage) -> list[str]:
    """The address of one page of each public type."""
    article = publish(
        BlogIndexPage.objects.get().add_child(instance=BlogPage(title="Article", live=False))
    )
    question = publish(
        FaqIndexPage.objects.get().add_child(
            instance=FaqPage(title="Why?", answer="<p>So.</p>", live=False)
        )
    )
    landing = publish(
        HomePage.objects.get().add_child(
            instance=LandingPage(title="Join", body=[paragraph("Us.")], live=False)
        )
    )
    return ["/", "/courses/", course.url, "/blog/", article.url, "/faq/", question.url, landing.url]


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Any) -> Callable[..., Any]:
    def run(action: Callable[..., Any], *args: Any) -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            return action(*args)

    return run


def queries_of(client: Client, place: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(place).status_code == 200, place
    return len(queries)


class TestVisitors:
    def test_each_public_page_is_answered_from_its_copy_without_a_query(
        self, places: list[str]
    ) -> None:
        for place in places:
            first = Client().get(place)

            assert queries_of(Client(), place) == 0, place
            assert Client().get(place).content == first.content, place
            assert "public" in first["Cache-Control"], place
            assert "must-revalidate" in first["Cache-Control"], place

    def test_a_copy_holds_no_token_and_sets_no_cookie(self, places: list[str]) -> None:
        for place in places:
            response = Client().get(place)

            assert not response.cookies, place
            assert b"csrfmiddlewaretoken" not in response.content, place
            assert b"X-CSRFToken" not in response.content, place

    @pytest.mark.parametrize("place", ["/courses/?q=course", "/faq/?q=why", "/blog/?page=1"])
    def test_an_address_with_parameters_is_not_stored(self, places: list[str], place: str) -> None:
        Client().get(place)

        assert queries_of(Client(), place) > 0

    def test_what_is_published_is_seen_at_once(
        self, course: CoursePage, committed: Callable[..., Any]
    ) -> None:
        Client().get(course.url)
        course.title = "A new name"

        committed(publish, course)

        assert "A new name" in Client().get(course.url).content.decode()
        assert "A new name" in Client().get("/courses/").content.decode()

    def test_what_is_unpublished_is_gone_at_once(
        self, course: CoursePage, committed: Callable[..., Any]
    ) -> None:
        Client().get(course.url)

        committed(course.unpublish)

        assert Client().get(course.url).status_code == 404

    def test_saved_settings_are_seen_at_once(self, committed: Callable[..., Any]) -> None:
        Client().get("/")
        settings = SiteSettings.for_site(HomePage.objects.get().get_site())
        settings.brand_name = "Other school"

        committed(settings.save)

        assert "Other school" in Client().get("/").content.decode()


class TestPeople:
    def test_a_signed_in_person_never_gets_a_copy_and_never_makes_one(
        self, places: list[str], learner: User, client_for: Any
    ) -> None:
        client = client_for(learner)
        for place in places:
            mine = client.get(place)
            assert learner.email in mine.content.decode(), place
            assert "no-store" in mine["Cache-Control"], place

            theirs = Client().get(place)
            assert learner.email not in theirs.content.decode(), place

            again = client.get(place)
            assert learner.email in again.content.decode(), place
            assert learner.email not in Client().get(place).content.decode(), place

    def test_a_page_with_a_message_is_not_stored(self, course: CoursePage, rf: Any) -> None:
        request = rf.get(course.url)
        request.user = AnonymousUser()
        request.session = {}
        request._messages = FallbackStorage(request)
        response = TemplateResponse(request, "400.html")

        assert getattr(store_if_public(course, request, response), "is_storable", False)

        request._messages.add(messages.INFO, "For one person only")
        response = TemplateResponse(request, "400.html")
        assert not getattr(store_if_public(course, request, response), "is_storable", False)

    def test_a_visitor_with_a_csrf_cookie_is_not_answered_with_somebody_elses_page(
        self, places: list[str]
    ) -> None:
        visitor = Client()
        visitor.get("/auth/login/")
        cache.clear()

        for place in places:
            assert b"csrfmiddlewaretoken" not in visitor.get(place).content
