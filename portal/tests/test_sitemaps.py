"""What search engines are told."""

from __future__ import annotations

import pytest
from django.test import Client
from wagtail.models import Page

from courses.models import CoursePage, LessonPage
from tests.factories import make_course, publish

pytestmark = pytest.mark.django_db


class TestSitemap:
    def test_it_names_public_pages_and_free_previews_only(
        self, course: CoursePage, client: Client
    ) -> None:
        preview = LessonPage.objects.get(title="First lesson")
        preview.is_preview = True
        publish(preview)
        make_course("Draft", live=False)

        text = client.get("/sitemap.xml").content.decode()

        assert "/courses/course/</loc>" in text
        assert "/courses/</loc>" in text
        assert "/first-lesson/</loc>" in text
        assert "second-lesson" not in text
        assert "final-quiz" not in text
        assert "draft" not in text

    def test_it_names_nothing_below_an_unpublished_page(
        self, course: CoursePage, client: Client
    ) -> None:
        LessonPage.objects.filter(title="First lesson").update(is_preview=True)
        Page.objects.filter(pk=course.pk).update(live=False)

        assert "first-lesson" not in client.get("/sitemap.xml").content.decode()


def test_robots_names_the_sitemap_and_what_to_leave_alone(client: Client) -> None:
    text = client.get("/robots.txt").content.decode()

    assert "Sitemap: http://testserver/sitemap.xml" in text
    assert "Disallow: /admin/" in text
    assert "Disallow: /courses/" not in text
