"""Which courses a text finds. Wagtail's search answers with ids; everything else works on them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from courses.querysets import CoursePageQuerySet

# More hits than anybody pages through; a bound keeps every request's work the same however large
# the catalogue is.
MAX_MATCHES = 1000


@dataclass(frozen=True)
class Matches:
    """Ids of courses, best first. `is_loose`: no course holds all the words, these hold some."""

    ids: list[int]
    is_loose: bool = False


def find_matches(courses: CoursePageQuerySet, text: str) -> Matches:
    """Return the courses with all words.

    Else those whose words begin so; else those with some of the words.
    """
    found = _ids(courses.search(text, operator="and")) or _ids(
        courses.autocomplete(text, operator="and")
    )
    if found or " " not in text:
        return Matches(found)
    return Matches(_ids(courses.search(text, operator="or")), is_loose=True)


def _ids(results: Any) -> list[int]:
    return list(results[:MAX_MATCHES].get_queryset().values_list("pk", flat=True))
