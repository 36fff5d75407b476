"""Wagtail's own database search, made safe for whatever people type.

Named in `WAGTAILSEARCH_BACKENDS` as a module: Wagtail calls `SearchBackend(params)`.
"""

from __future__ import annotations

import re
from typing import Any

from modelsearch.backends.database import SearchBackend as DatabaseSearchBackend
from wagtail.search.query import Phrase

MAX_QUERY_LENGTH = 200
# On SQLite a double quote or a NUL ends the full-text query language's string and raises an
# OperationalError.
UNSAFE = re.compile(r"[\x00-\x1f\"]+")


def clean_query(text: str) -> str:
    """Return `text` without characters that break a full-text query, at most `MAX_QUERY_LENGTH`
    characters.
    """
    return " ".join(UNSAFE.sub(" ", text).split())[:MAX_QUERY_LENGTH]


def SearchBackend(params: dict[str, Any]) -> Any:
    """Return the backend for the configured database, with its queries cleaned."""
    backend_class = type(DatabaseSearchBackend(params))

    class SafeSearchBackend(backend_class):  # type: ignore[valid-type,misc]
        def _search(
            self, compiler_class: type, query: Any, model_or_queryset: Any, **kwargs: Any
        ) -> Any:
            if isinstance(query, str):
                query = clean_query(query)
            elif isinstance(query, Phrase):
                query = Phrase(clean_query(query.query_string))
            return super()._search(compiler_class, query, model_or_queryset, **kwargs)

    return SafeSearchBackend(params)
