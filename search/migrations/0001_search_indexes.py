"""Indexes that PostgreSQL needs to answer a search without reading every page.

Wagtail filters on `title || body` of its index entries, but brings indexes on the two columns
apart only; and it joins entries to pages by the page's id as text. Without these indexes every
search reads the whole table and casts every id. SQLite has its own full-text tables.
"""

from __future__ import annotations

from django.db import migrations

ENTRIES = "wagtailsearch_indexentry"
ENTRIES_INDEX = "search_entry_title_body_gin"
# table -> its key
PAGES = {
    "wagtailcore_page": "id",
    "courses_coursepage": "page_ptr_id",
    "courses_modulepage": "page_ptr_id",
    "courses_lessonpage": "page_ptr_id",
    "learning_quizpage": "page_ptr_id",
    "blog_blogpage": "page_ptr_id",
    "support_faqpage": "page_ptr_id",
}


def page_index(table):
    return f"search_{table}_text_id"


def create(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    schema_editor.execute(
        f"CREATE INDEX IF NOT EXISTS {ENTRIES_INDEX} ON {ENTRIES} USING gin ((title || body))"
    )
    for table, key in PAGES.items():
        schema_editor.execute(
            f"CREATE INDEX IF NOT EXISTS {page_index(table)} ON {table} (({key}::varchar(50)))"
        )


def drop(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    for name in (ENTRIES_INDEX, *map(page_index, PAGES)):
        schema_editor.execute(f"DROP INDEX IF EXISTS {name}")


class Migration(migrations.Migration):
    dependencies = [
        ("wagtailsearch", "0010_add_text_fields"),
        ("wagtailcore", "0098_apitoken"),
        ("courses", "0001_initial"),
        ("learning", "0001_initial"),
        ("blog", "0001_initial"),
        ("support", "0001_initial"),
    ]

    operations = [migrations.RunPython(create, drop)]
