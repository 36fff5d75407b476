"""Searching: whatever people type is a question, never an error of the database."""

from __future__ import annotations

import pytest
from wagtail.search.query import Phrase

from courses.models import CoursePage
from portal.common.search_backend import MAX_QUERY_LENGTH, clean_query


class TestCleanQuery:
    @pytest.mark.parametrize(
        ("text", "cleaned"),
        [
            ("bread", "bread"),
            ("  sour \t dough\n", "sour dough"),
            ('say "hello', "say hello"),
            ("a\x00b", "a b"),
            ('"""', ""),
            ("", ""),
            ("日本語 🐍", "日本語 🐍"),
            ("O'Brien (x) *", "O'Brien (x) *"),
        ],
    )
    def test_it_takes_out_what_breaks(self, text: str, cleaned: str) -> None:
        assert clean_query(text) == cleaned

    def test_it_is_short(self) -> None:
        assert len(clean_query("a" * 5000)) == MAX_QUERY_LENGTH


@pytest.mark.django_db
class TestBackend:
    @pytest.mark.parametrize(
        "query", ['"', "\x00", "NEAR(", "*", "a OR", "-", "^a", ":", "(", "\\", Phrase('a "b')]
    )
    def test_it_answers_anything(self, query: str | Phrase) -> None:
        assert list(CoursePage.objects.live().search(query)) == []
        if isinstance(query, str):
            assert list(CoursePage.objects.live().autocomplete(query)) == []
