"""Links to pages in rich text cost nothing after the first time, and follow the pages."""

from __future__ import annotations

from typing import Any

import pytest
from wagtail.rich_text import expand_db_html

from courses.models import CoursePage
from portal.common.stored_pages import forget_stored_pages
from tests.factories import make_course

pytestmark = pytest.mark.django_db


def link_to(page: CoursePage) -> str:
    return f'<p><a linktype="page" id="{page.pk}">there</a></p>'


class TestPageLinks:
    def test_a_known_page_is_not_looked_up_again(self, django_assert_num_queries: Any) -> None:
        page = make_course("Linked")
        first = expand_db_html(link_to(page))

        with django_assert_num_queries(0):
            again = expand_db_html(link_to(page) * 30)

        assert page.url in first
        assert again.count(f'href="{page.url}"') == 30

    def test_known_and_unknown_pages_keep_their_order(self) -> None:
        known, unknown = make_course("Known"), make_course("Unknown")
        expand_db_html(link_to(known))

        html = expand_db_html(link_to(unknown) + link_to(known) + link_to(unknown))

        positions = [html.index(unknown.url), html.index(known.url), html.rindex(unknown.url)]
        assert positions == sorted(positions)

    def test_a_page_that_is_gone_has_a_link_to_nowhere(self) -> None:
        assert expand_db_html('<a linktype="page" id="999999">x</a>') == "<a>x</a>"

    def test_a_new_address_is_used_after_publishing(
        self, django_capture_on_commit_callbacks: Any
    ) -> None:
        page = make_course("Moving")
        expand_db_html(link_to(page))

        with django_capture_on_commit_callbacks(execute=True):
            page.slug = "moved-elsewhere"
            page.save_revision().publish()

        assert "moved-elsewhere" in expand_db_html(link_to(page))

    def test_another_generation_starts_anew(self, django_assert_num_queries: Any) -> None:
        page = make_course("Again")
        expand_db_html(link_to(page))
        CoursePage.objects.filter(pk=page.pk).update(url_path="/home/courses/changed/")
        forget_stored_pages()

        assert "/courses/changed/" in expand_db_html(link_to(page))
