"""What a visitor looks for, read from the address and written back into addresses."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import Any, Self

from django.conf.locale import LANG_INFO
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from courses.models.course import CoursePage
from portal.common.search_backend import clean_query

RELEVANCE, NEWEST = "relevance", "newest"
SORTS = {
    RELEVANCE: _("Most relevant"),
    NEWEST: _("Newest"),
    "popular": _("Most learners"),
    "title": _("Title A–Z"),
    "price": _("Lowest price"),
}
PRICES = {"free": _("Free"), "paid": _("Paid")}
# name -> (label, shortest minutes, minutes that are too many)
DURATIONS = {
    "short": (_("Under 2 hours"), 0, 120),
    "medium": (_("2 to 6 hours"), 120, 360),
    "long": (_("6 to 20 hours"), 360, 1200),
    "extensive": (_("Over 20 hours"), 1200, None),
}
FACETS = ("category", "level", "duration", "price", "language", "tag")
MAX_VALUES = 12
MAX_VALUE_LENGTH = 100


@dataclass(frozen=True)
class CatalogQuery:
    """What a visitor looks for.

    Unknown values of an address are ignored: a link of last year still shows courses.
    """

    text: str = ""
    category: tuple[str, ...] = ()
    level: tuple[str, ...] = ()
    duration: tuple[str, ...] = ()
    price: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    tag: tuple[str, ...] = ()
    sort: str = ""
    page: int = 1
    unreadable: bool = field(default=False, compare=False)

    @classmethod
    def from_params(cls, params: QueryDict) -> Self:
        """Read the parameters of an address, whatever they hold."""
        typed = params.get("q", "")
        text = clean_query(typed)
        sort = params.get("sort", "")
        return cls(
            text=text,
            category=_values(params, "category"),
            level=_values(params, "level", CoursePage.Level.values),
            duration=_values(params, "duration", DURATIONS),
            price=_values(params, "price", PRICES),
            language=_values(params, "language", LANG_INFO),
            tag=_values(params, "tag"),
            sort=sort if sort in SORTS and sort not in {RELEVANCE, _default_order(text)} else "",
            page=_page_number(params.get("page", "")),
            unreadable=bool(typed.strip()) and not text,
        )

    @property
    def order(self) -> str:
        """The order that applies: the chosen one, or the one that fits."""
        return self.sort or _default_order(self.text)

    @property
    def is_filtered(self) -> bool:
        return any(getattr(self, name) for name in FACETS)

    @property
    def is_narrowed(self) -> bool:
        return self.is_filtered or bool(self.text)

    def keeping(self, known: dict[str, Collection[str]]) -> Self:
        """Drop the values that the database does not know."""
        kept: dict[str, Any] = {
            name: tuple(value for value in getattr(self, name) if value in values)
            for name, values in known.items()
        }
        return replace(self, **kept)

    def toggled(self, name: str, value: str) -> Self:
        """Return the query with a value of a facet added, or removed where it was there."""
        values = getattr(self, name)
        others = tuple(one for one in values if one != value)
        changed: dict[str, Any] = {name: others if value in values else (*values, value)}
        return replace(self, **changed, page=1)

    def without_filters(self) -> Self:
        cleared: dict[str, Any] = dict.fromkeys(FACETS, ())
        return replace(self, **cleared, page=1)

    def without_order(self) -> Self:
        """Return the query without sort and page: what decides how many courses there are."""
        return replace(self, sort="", page=1)

    def with_text(self, text: str) -> Self:
        return replace(self, text=text, page=1)

    def orders(self) -> dict[str, str | Promise]:
        """Return the orders to choose from.

        The one that fits has no value, so that it keeps fitting.
        """
        default = _default_order(self.text)
        chosen = {name: label for name, label in SORTS.items() if name not in {RELEVANCE, default}}
        return {"": SORTS[default], **chosen}

    def sorted_by(self, sort: str) -> Self:
        return replace(self, sort=sort, page=1)

    def urlencode(self, *, page: bool = False) -> str:
        """Return the part of an address behind the question mark.

        Equal queries give equal addresses.
        """
        params = QueryDict(mutable=True)
        if self.text:
            params["q"] = self.text
        for name in FACETS:
            if getattr(self, name):
                params.setlist(name, sorted(getattr(self, name)))
        if self.sort:
            params["sort"] = self.sort
        if page and self.page > 1:
            params["page"] = str(self.page)
        return params.urlencode()

    @property
    def url(self) -> str:
        return f"?{self.urlencode()}"


def _default_order(text: str) -> str:
    return RELEVANCE if text else NEWEST


def _values(params: QueryDict, name: str, known: Collection[str] | None = None) -> tuple[str, ...]:
    values = (value.strip() for value in params.getlist(name)[: 4 * MAX_VALUES])
    # A NUL is no text for PostgreSQL; an over-long value is no slug.
    sound = (
        value
        for value in values
        if value and "\x00" not in value and len(value) <= MAX_VALUE_LENGTH
    )
    chosen = (value for value in sound if known is None or value in known)
    return tuple(dict.fromkeys(chosen))[:MAX_VALUES]


def _page_number(text: str) -> int:
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) <= 9 else 1
