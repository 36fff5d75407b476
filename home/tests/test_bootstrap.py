"""A fresh database is a portal."""

from __future__ import annotations

import pytest
from wagtail.models import Page, Site

from courses.models import CourseIndexPage
from home.bootstrap import ensure_portal
from home.models import HomePage


@pytest.mark.django_db
class TestEnsurePortal:
    def test_it_makes_the_frame_of_the_site(self) -> None:
        assert Site.objects.get(is_default_site=True).root_page.specific == HomePage.objects.get()
        assert CourseIndexPage.objects.get().url == "/courses/"

    def test_a_second_run_changes_nothing(self) -> None:
        before = Page.objects.count()

        ensure_portal()

        assert Page.objects.count() == before
        assert Page.find_problems() == ([], [], [], [], [])
