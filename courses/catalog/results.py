"""The answer of the catalogue: one page of courses and everything around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator
from django.db.models import F
from django.utils.functional import Promise
from taggit.models import Tag

from courses.catalog.facets import (
    Counts,
    Facet,
    all_but,
    build_facets,
    chip_label,
    conditions,
    count_courses,
)
from courses.catalog.freshness import remembered
from courses.catalog.matching import Matches, find_matches
from courses.catalog.query import FACETS, RELEVANCE, CatalogQuery
from courses.catalog.spelling import corrected, course_vocabulary
from courses.models.category import Category
from courses.models.course import CoursePage, CoursePageTag
from courses.querysets import CoursePageQuerySet

if TYPE_CHECKING:
    from courses.models import CourseIndexPage

PAGE_SIZE = 12
COUNTS_SECONDS = 5 * 60
MAX_TAGS_KNOWN = 2000
ORDERS: dict[str, tuple[Any, ...]] = {
    "newest": ("-first_published_at", "-pk"),
    "popular": (F("stats__enrolled_count").desc(nulls_last=True), "title", "pk"),
    "title": ("title", "pk"),
    "price": ("price", "title", "pk"),
}


@dataclass(frozen=True)
class Chip:
    """A filter in use, and the address without it."""

    label: str
    url: str


@dataclass(frozen=True)
class SortOption:
    """An order that can be chosen."""

    value: str
    label: str | Promise
    is_on: bool
    url: str


@dataclass(frozen=True)
class Suggestion:
    """What the visitor may have meant."""

    text: str
    url: str


@dataclass(frozen=True)
class CatalogResults:
    """One page of courses and everything around it."""

    query: CatalogQuery
    courses: list[CoursePage]
    page: Page
    total: int
    facets: list[Facet]
    chips: list[Chip]
    sorts: list[SortOption]
    is_loose: bool
    suggestion: Suggestion | None

    @property
    def query_string(self) -> str:
        return self.query.urlencode()

    @property
    def chosen_filters(self) -> int:
        return len(self.chips)


def catalog_results(index_page: CourseIndexPage, query: CatalogQuery) -> CatalogResults:
    """Return what the catalogue shows for a query.

    The number of database queries does not depend on the courses.
    """
    courses = CoursePage.objects.child_of(index_page).live().public()
    categories, tags = _subjects()
    query = query.keeping({"category": {one.slug for one in categories}, "tag": tags})
    matches = find_matches(courses, query.text) if query.text else None
    found = courses if matches is None else courses.filter(pk__in=matches.ids)
    counts = _counts(found, query, categories, index_page)
    ids: Any = _ordered_ids(found, query, matches, counts.total)
    page = Paginator(ids, PAGE_SIZE).get_page(query.page)
    facets = build_facets(query, counts, categories, tags)
    return CatalogResults(
        query=query,
        courses=_cards(list(page.object_list)),
        page=page,
        total=counts.total,
        facets=facets,
        chips=_chips(query, facets),
        sorts=_sorts(query),
        is_loose=bool(matches and matches.is_loose and matches.ids),
        suggestion=_suggestion(query, matches),
    )


class _CountedIds:
    """Ids of courses in order; their number is known, so that paging does not count them."""

    def __init__(self, ids: Any, total: int) -> None:
        self.ids, self.total = ids, total

    def __len__(self) -> int:
        return self.total

    def __getitem__(self, window: slice) -> list[int]:
        return list(self.ids[window])


def _counts(
    found: CoursePageQuerySet,
    query: CatalogQuery,
    categories: list[Category],
    index_page: CourseIndexPage,
) -> Counts:
    if query.text:
        return count_courses(found, query, categories)
    name = f"counts:{index_page.pk}:{query.without_order().urlencode()}"
    return remembered(name, lambda: count_courses(found, query, categories), COUNTS_SECONDS)


def _ordered_ids(
    found: CoursePageQuerySet, query: CatalogQuery, matches: Matches | None, total: int
) -> _CountedIds:
    chosen = found.filter(all_but(conditions(query)))
    if query.order == RELEVANCE and matches is not None:
        kept = (
            set(chosen.order_by().values_list("pk", flat=True))
            if query.is_filtered
            else set(matches.ids)
        )
        return _CountedIds([pk for pk in matches.ids if pk in kept], total)
    return _CountedIds(chosen.order_by(*ORDERS[query.order]).values_list("pk", flat=True), total)


def _cards(ids: Sequence[int]) -> list[CoursePage]:
    rows = CoursePage.objects.filter(pk__in=ids).for_cards().defer_streamfields()
    by_id = {course.pk: course for course in rows}
    return [by_id[pk] for pk in ids if pk in by_id]


def _subjects() -> tuple[list[Category], dict[str, str]]:
    """Return the categories, and the names of the tags by slug; from the cache."""
    return remembered("subjects", _read_subjects, COUNTS_SECONDS)


def _read_subjects() -> tuple[list[Category], dict[str, str]]:
    used = Tag.objects.filter(pk__in=CoursePageTag.objects.values("tag"))
    return list(Category.objects.all()), dict(
        used.order_by("-pk").values_list("slug", "name")[:MAX_TAGS_KNOWN]
    )


def _chips(query: CatalogQuery, facets: list[Facet]) -> list[Chip]:
    labels = {
        (facet.name, option.value): option.label for facet in facets for option in facet.options
    }
    return [
        Chip(chip_label(name, labels.get((name, value), value)), query.toggled(name, value).url)
        for name in FACETS
        for value in getattr(query, name)
    ]


def _sorts(query: CatalogQuery) -> list[SortOption]:
    return [
        SortOption(value, label, value == query.sort, query.sorted_by(value).url)
        for value, label in query.orders().items()
    ]


def _suggestion(query: CatalogQuery, matches: Matches | None) -> Suggestion | None:
    if matches is None or (matches.ids and not matches.is_loose):
        return None
    text = corrected(query.text, course_vocabulary())
    return Suggestion(text, query.with_text(text).url) if text else None
