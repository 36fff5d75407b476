"""The catalogue's address: read from anything, written in one way."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from courses.catalog import CatalogQuery


def read(address: str) -> CatalogQuery:
    return CatalogQuery.from_params(QueryDict(address))


class TestFromParams:
    def test_it_reads_every_filter(self) -> None:
        query = read(
            "q=bread&category=crafts&level=beginner&duration=short&price=free&language=en&tag=rye&sort=price&page=2"
        )

        assert query == CatalogQuery(
            text="bread", category=("crafts",), level=("beginner",), duration=("short",), price=("free",),
            language=("en",), tag=("rye",), sort="price", page=2,
        )  # fmt: skip

    def test_it_keeps_several_values_of_a_filter_once_each(self) -> None:
        assert read("level=beginner&level=advanced&level=beginner").level == (
            "beginner",
            "advanced",
        )

    @pytest.mark.parametrize(
        "address",
        [
            "level=expert",
            "price=cheap",
            "duration=forever",
            "language=klingon",
            "sort=foo",
            "level=",
            "tag=%00",
            "color=red",
        ],
    )
    def test_it_ignores_what_it_does_not_know(self, address: str) -> None:
        assert read(address) == CatalogQuery()

    @pytest.mark.parametrize(
        ("typed", "page"),
        [
            ("1", 1),
            ("7", 7),
            ("0", 1),
            ("-1", 1),
            ("x", 1),
            ("", 1),
            ("1.5", 1),
            ("٣", 1),
            ("9" * 40, 1),
            ("999999", 999999),
        ],
    )
    def test_it_reads_a_page_number_or_takes_the_first_page(self, typed: str, page: int) -> None:
        assert read(f"page={typed}").page == page

    def test_it_bounds_text_and_values(self) -> None:
        query = CatalogQuery.from_params(
            QueryDict(f"q={'a' * 5000}&" + "&".join(f"tag=t{n}" for n in range(500)))
        )

        assert len(query.text) == 200
        assert len(query.tag) == 12

    @pytest.mark.parametrize("typed", ["%22", "%00", "%20%20", "%22%22%22"])
    def test_it_says_when_no_words_are_left(self, typed: str) -> None:
        query = read(f"q={typed}")

        assert query.text == ""
        assert query.unreadable is (typed != "%20%20")

    @pytest.mark.parametrize(
        ("address", "sort", "order"),
        [
            ("", "", "newest"),
            ("sort=newest", "", "newest"),
            ("sort=relevance", "", "newest"),
            ("q=bread", "", "relevance"),
            ("q=bread&sort=relevance", "", "relevance"),
            ("q=bread&sort=newest", "newest", "newest"),
            ("q=bread&sort=", "", "relevance"),
        ],
    )
    def test_the_order_that_fits_needs_no_word(self, address: str, sort: str, order: str) -> None:
        query = read(address)

        assert (query.sort, query.order) == (sort, order)
        assert sort in query.orders()


class TestAddresses:
    def test_equal_queries_give_equal_addresses(self) -> None:
        assert (
            read("level=b&level=beginner&level=advanced&q=x").urlencode()
            == read("q=x&level=advanced&level=beginner").urlencode()
        )

    def test_an_address_leads_back_to_its_query(self) -> None:
        query = CatalogQuery(
            text="a & b",
            category=("c",),
            level=("advanced", "beginner"),
            tag=("x y",),
            sort="title",
        )

        assert read(query.urlencode()) == query

    def test_a_filter_is_switched_on_and_off_and_leads_to_the_first_page(self) -> None:
        query = CatalogQuery(level=("beginner",), page=4)

        assert query.toggled("level", "advanced") == CatalogQuery(level=("beginner", "advanced"))
        assert query.toggled("level", "beginner") == CatalogQuery()
