"""On PostgreSQL searches use the indexes of `search/migrations`, also when there are many pages."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from wagtail.models import Page

from courses.models import CoursePage, LessonPage

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(settings.IS_SQLITE, reason="SQLite has full-text tables of its own"),
]

ENTRIES = "wagtailsearch_indexentry"


def plan_of(results: Any) -> str:
    """Return how PostgreSQL answers when it has to find the words by an index.

    In the few rows of a test it would rather read them all, or look for the type of page.
    """
    sql, params = results[:20].get_queryset().query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        for name, found in connection.introspection.get_constraints(cursor, ENTRIES).items():
            if found["unique"] and not found["primary_key"]:
                cursor.execute(f'ALTER TABLE {ENTRIES} DROP CONSTRAINT "{name}"')
            elif found["index"] and found["columns"] == ["content_type_id"]:
                cursor.execute(f'DROP INDEX "{name}"')
        cursor.execute(f"EXPLAIN {sql}", params)
        return "\n".join(row[0] for row in cursor.fetchall())


@pytest.mark.parametrize("model", [Page, CoursePage, LessonPage])
def test_words_are_looked_up_in_one_index(model: type[Page]) -> None:
    plan = plan_of(model.objects.live().search("careful evidence", operator="and"))

    assert "search_entry_title_body_gin" in plan


@pytest.mark.parametrize(
    "table",
    ["wagtailcore_page", "courses_coursepage", "courses_lessonpage", "learning_quizpage"],
)
def test_pages_are_indexed_by_their_id_as_text(table: str) -> None:
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, table)

    assert f"search_{table}_text_id" in found
