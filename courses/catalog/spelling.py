"""Typing errors forgiven: the nearest words that would find something."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches

from courses.catalog.freshness import remembered
from courses.models.course import CoursePage

CUTOFF = 0.7
SHORTEST = 3
MAX_WORDS = 8
MAX_COURSES = 3000
VOCABULARY_SECONDS = 10 * 60
WORD = re.compile(r"[^\W_]+")


def words_of(texts: Iterable[str | None]) -> set[str]:
    """Return the words of some texts, in lower case."""
    return {
        word
        for text in texts
        if text
        for word in WORD.findall(text.lower())
        if len(word) >= SHORTEST
    }


def corrected(text: str, vocabulary: Iterable[str]) -> str:
    """Return `text` with unknown words replaced by the nearest known ones; empty if none is."""
    known = set(vocabulary)
    typed = text.lower().split()[:MAX_WORDS]
    nearest = [_nearest(word, known) for word in typed]
    return " ".join(nearest) if nearest != typed else ""


def _nearest(word: str, known: set[str]) -> str:
    if word in known or len(word) < SHORTEST:
        return word
    # Words of about the same length only: comparing is the dear part.
    candidates = [one for one in known if abs(len(one) - len(word)) <= 2]
    return next(iter(get_close_matches(word, candidates, 1, CUTOFF)), word)


def course_vocabulary() -> set[str]:
    """Return the words of titles, subjects, tags and teachers' names of the published courses.

    Kept in the cache.
    """
    return remembered("vocabulary", _read_vocabulary, VOCABULARY_SECONDS)


def _read_vocabulary() -> set[str]:
    courses = CoursePage.objects.live()
    people = ("instructor__first_name", "instructor__last_name", "instructor__display_name")
    rows = courses.order_by("-pk").values_list("title", "subtitle", "category__name", *people)[
        :MAX_COURSES
    ]
    tags = courses.order_by().values_list("tags__name", flat=True).distinct()[:MAX_COURSES]
    return words_of(text for row in rows for text in row) | words_of(tags)
