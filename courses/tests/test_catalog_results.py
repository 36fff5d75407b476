"""What the catalogue finds, how it divides, in which order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from taggit.models import Tag

from accounts.models import Role, User
from courses import search_signals  # noqa: F401  the index follows names
from courses.catalog import CatalogQuery, CatalogResults, catalog_results
from courses.models import Category, CoursePage, CourseStats
from tests.factories import CategoryFactory, UserFactory, catalog_page, make_course, publish

pytestmark = pytest.mark.django_db


def find(address: str = "") -> CatalogResults:
    return catalog_results(catalog_page(), CatalogQuery.from_params(QueryDict(address)))


def titles(address: str = "") -> list[str]:
    return [course.title for course in find(address).courses]


def counts(results: CatalogResults, name: str) -> dict[str, int]:
    return {
        option.value: option.count
        for facet in results.facets
        if facet.name == name
        for option in facet.options
    }


def set_figures(course: CoursePage, **figures: int) -> None:
    CourseStats.objects.update_or_create(course=course, defaults=figures)


@pytest.fixture
def indexed(django_capture_on_commit_callbacks: Any) -> Callable[..., Any]:
    """Run something and everything that waits for its commit, as the search index does."""

    def run(action: Callable[..., Any], *args: Any, **fields: Any) -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            return action(*args, **fields)

    return run


@pytest.fixture
def library(indexed: Callable[..., Any]) -> dict[str, CoursePage]:
    """Four different courses."""
    crafts = CategoryFactory(name="Crafts", slug="crafts")
    baking = CategoryFactory(name="Baking", slug="baking", parent=crafts)
    science = CategoryFactory(name="Science", slug="science")
    ada = UserFactory(first_name="Ada", last_name="Lindqvist", role=Role.TEACHER)
    tom = UserFactory(first_name="Tomás", last_name="Herrero", role=Role.TEACHER)
    make = lambda *args, **fields: indexed(make_course, *args, **fields)  # noqa: E731
    courses = {
        "bread": make(
            "Bread",
            instructor=tom,
            category=baking,
            tags=["Sourdough"],
            summary="Flour and patience.",
        ),
        "pots": make(
            "Pots", instructor=tom, category=crafts, level="advanced", price=50, tags=["Clay"]
        ),
        "stars": make(
            "Stars", instructor=ada, category=science, tags=["Sky"], content_language="de"
        ),
        "numbers": make(
            "Numbers",
            instructor=ada,
            category=science,
            level="intermediate",
            price=20,
            tags=["Sky", "Clay"],
        ),
    }
    for number, (course, minutes) in enumerate(
        zip(courses.values(), (30, 200, 900, 5000), strict=True)
    ):
        set_figures(course, minutes=minutes, enrolled_count=number)
    return courses


class TestText:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("bread", {"Bread"}),
            ("patience", {"Bread"}),
            ("baking", {"Bread"}),
            ("sourdough", {"Bread"}),
            ("lindqvist", {"Stars", "Numbers"}),
            ("herrero pots", {"Pots"}),
            ("LINDQ", {"Stars", "Numbers"}),
            ("nothing-of-the-kind", set()),
        ],
        ids=[
            "name",
            "keyword",
            "category",
            "tag",
            "teacher",
            "two words",
            "beginning of a word",
            "nothing",
        ],
    )
    def test_it_searches(self, library: Any, text: str, expected: set[str]) -> None:
        assert set(titles(f"q={text}")) == expected

    def test_it_finds_some_of_the_words_and_says_so(self, library: Any) -> None:
        results = find("q=bread lindqvist")

        assert results.is_loose
        assert {course.title for course in results.courses} == {"Bread", "Stars", "Numbers"}

    @pytest.mark.parametrize(
        ("typed", "meant"),
        [("sourdouhg", "sourdough"), ("lindqist", "lindqvist"), ("bred", "bread")],
    )
    def test_it_suggests_what_was_meant(self, library: Any, typed: str, meant: str) -> None:
        suggestion = find(f"q={typed}").suggestion

        assert suggestion is not None
        assert suggestion.text == meant
        assert titles(suggestion.url.removeprefix("?"))

    def test_a_renamed_teacher_is_found_under_the_new_name_only(
        self, library: dict[str, CoursePage], indexed: Callable[..., Any]
    ) -> None:
        teacher = User.objects.get(last_name="Lindqvist")
        teacher.last_name = "Okonkwo"

        indexed(teacher.save)

        assert set(titles("q=okonkwo")) == {"Stars", "Numbers"}
        assert titles("q=lindqvist") == []

    def test_a_renamed_subject_is_found_under_the_new_name(
        self, library: Any, indexed: Callable[..., Any]
    ) -> None:
        subject = Category.objects.get(slug="science")
        subject.name = "Astronomy"

        indexed(subject.save)

        assert set(titles("q=astronomy")) == {"Stars", "Numbers"}


class TestFilters:
    @pytest.mark.parametrize(
        ("address", "expected"),
        [
            ("category=science", {"Stars", "Numbers"}),
            ("category=crafts", {"Bread", "Pots"}),
            ("category=baking", {"Bread"}),
            ("level=beginner", {"Bread", "Stars"}),
            ("level=beginner&level=advanced", {"Bread", "Stars", "Pots"}),
            ("tag=sky", {"Stars", "Numbers"}),
            ("tag=sky&tag=clay", {"Stars", "Numbers", "Pots"}),
            ("language=de", {"Stars"}),
            ("price=free", {"Bread", "Stars"}),
            ("price=paid", {"Pots", "Numbers"}),
            ("duration=short", {"Bread"}),
            ("duration=medium&duration=extensive", {"Pots", "Numbers"}),
            ("category=science&price=paid", {"Numbers"}),
            ("q=lindqvist&tag=clay", {"Numbers"}),
            ("category=gone", {"Bread", "Pots", "Stars", "Numbers"}),
            ("tag=gone", {"Bread", "Pots", "Stars", "Numbers"}),
        ],
    )
    def test_they_narrow(self, library: Any, address: str, expected: set[str]) -> None:
        results = find(address)

        assert {course.title for course in results.courses} == expected
        assert results.total == len(expected)

    def test_counts_reflect_the_other_filters_but_not_their_own(self, library: Any) -> None:
        results = find("category=science")

        assert counts(results, "category") == {"crafts": 2, "baking": 1, "science": 2}
        assert counts(results, "level") == {"beginner": 1, "intermediate": 1}
        assert counts(results, "tag") == {"sky": 2, "clay": 1}

    def test_counts_reflect_the_text(self, library: Any) -> None:
        assert counts(find("q=herrero"), "category") == {"crafts": 2, "baking": 1}

    def test_a_count_is_what_choosing_the_option_shows(self, library: Any) -> None:
        for address in ("", "category=science", "q=herrero", "price=paid&level=advanced"):
            for facet in find(address).facets:
                for option in facet.options:
                    if not getattr(find(address).query, facet.name):
                        assert find(option.url.removeprefix("?")).total == option.count, (
                            address,
                            option,
                        )

    def test_a_course_with_two_chosen_tags_counts_once(self, library: Any) -> None:
        assert sum(counts(find("tag=sky&tag=clay"), "price").values()) == 3

    def test_each_chip_takes_one_filter_away(self, library: Any) -> None:
        results = find("q=a&level=beginner&tag=sky&sort=title")

        assert [chip.label for chip in results.chips] == ["Level: Beginner", "Topic: Sky"]
        assert [chip.url for chip in results.chips] == [
            "?q=a&tag=sky&sort=title",
            "?q=a&level=beginner&sort=title",
        ]

    def test_a_renamed_tag_is_seen_at_once(self, library: Any, indexed: Callable[..., Any]) -> None:
        find()
        tag = Tag.objects.get(slug="sky")
        tag.name = "Heaven"

        indexed(tag.save)

        labels = [
            option.label
            for facet in find().facets
            if facet.name == "tag"
            for option in facet.options
        ]
        assert "Heaven" in labels


class TestOrder:
    @pytest.mark.parametrize(
        ("sort", "expected"),
        [
            ("newest", ["Numbers", "Stars", "Pots", "Bread"]),
            ("title", ["Bread", "Numbers", "Pots", "Stars"]),
            ("popular", ["Numbers", "Stars", "Pots", "Bread"]),
            ("price", ["Bread", "Stars", "Numbers", "Pots"]),
        ],
    )
    def test_it_sorts(self, library: Any, sort: str, expected: list[str]) -> None:
        assert titles(f"sort={sort}") == expected

    def test_a_found_text_can_be_sorted_too(self, library: Any) -> None:
        assert titles("q=lindqvist&sort=price") == ["Stars", "Numbers"]


class TestVisibility:
    def test_drafts_are_not_shown(self, library: Any, indexed: Callable[..., Any]) -> None:
        indexed(make_course, "Draft of bread", live=False)

        assert "Draft of bread" not in titles() + titles("q=bread")

    def test_a_published_course_appears_at_once_and_a_hidden_one_leaves(
        self, indexed: Callable[..., Any]
    ) -> None:
        course = indexed(make_course, "Sewing", live=False)
        assert find().total == 0

        indexed(publish, course)
        assert find().total == 1
        assert titles("q=sewing") == ["Sewing"]

        indexed(course.unpublish)
        assert find().total == 0
        assert titles("q=sewing") == []


class TestPaging:
    def test_it_pages_and_answers_a_page_too_far_with_the_last(
        self, indexed: Callable[..., Any]
    ) -> None:
        for number in range(14):
            indexed(make_course, f"Course {number:02}")

        assert len(titles("sort=title")) == 12
        assert titles("sort=title&page=2") == ["Course 12", "Course 13"]
        assert titles("sort=title&page=999999") == ["Course 12", "Course 13"]
        assert len(titles("q=course&page=2")) == 2

    @pytest.mark.parametrize(
        "address", ["", "q=course&level=beginner", "q=course&sort=title&tag=common"]
    )
    def test_the_number_of_queries_does_not_grow(
        self, indexed: Callable[..., Any], address: str
    ) -> None:
        teacher = UserFactory(role=Role.TEACHER)
        category = CategoryFactory()
        add = lambda n: indexed(  # noqa: E731
            make_course,
            f"Course {n}",
            instructor=teacher,
            category=category,
            tags=["common", f"tag {n}"],
        )
        add(0)
        find(address)
        with CaptureQueriesContext(connection) as one:
            find(address)
        for number in range(1, 50):
            add(number)
        find(address)

        with CaptureQueriesContext(connection) as fifty:
            results = find(address)

        assert results.total == 50
        assert len(fifty) == len(one) <= 10
