"""Typing errors forgiven: "did you mean" over everything that anybody may find."""

from __future__ import annotations

from django.core.cache import cache

from blog.models import BlogPage
from courses.catalog.spelling import corrected, course_vocabulary, words_of
from support.models import FaqPage

KEY = "search:vocabulary"
SECONDS = 10 * 60
MAX_TITLES = 2000


def suggested_spelling(text: str) -> str:
    """Return the text with its unknown words corrected, or an empty text."""
    titles: set[str] = cache.get_or_set(KEY, _read_titles, SECONDS) or set()
    return corrected(text, course_vocabulary() | titles)


def _read_titles() -> set[str]:
    """Return the words of the titles of articles and questions: public ones only."""
    titles = [
        title
        for model in (BlogPage, FaqPage)
        for title in model.objects.live()
        .public()
        .order_by("-pk")
        .values_list("title", flat=True)[:MAX_TITLES]
    ]
    return words_of(titles)
