"""What a search finds for a person."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from courses.models import CoursePage, LessonPage
from portal.common.search_backend import clean_query
from search.gate import readable_pages
from search.kinds import KINDS, Kind
from search.snippets import marked, snippet, words_pattern
from search.typos import suggested_spelling

ALL = "all"
# Nobody pages further; a bound keeps the work of a search the same however much there is.
MAX_HITS = 200
PAGE_SIZE = 10
SHOWN_OF_EACH = 3


@dataclass(frozen=True)
class Hit:
    """A page that was found."""

    kind: Kind
    title: SafeString
    url: str
    text: SafeString
    note: str


@dataclass(frozen=True)
class Tab:
    """A kind of page with the number of its hits."""

    title: str | Promise
    url: str
    is_current: bool
    count: str


@dataclass(frozen=True)
class Group:
    """The first hits of one kind."""

    kind: Kind
    hits: list[Hit]
    total: int
    url: str


@dataclass(frozen=True)
class SearchResults:
    """The answer to a search: groups on the first tab, a page of hits on the others."""

    text: str
    total: int
    tabs: list[Tab]
    groups: list[Group]
    hits: list[Hit]
    page: PaginatorPage | None
    query_string: str
    suggestion: str
    unreadable: bool = False


def find_pages(request: HttpRequest) -> SearchResults:
    """Return what the address asks for.

    The number of queries does not depend on the number of hits.
    """
    typed = request.GET.get("q", "")
    text = clean_query(typed)
    tab = request.GET.get("type", ALL)
    tab = tab if tab in KINDS else ALL
    if not text:
        return SearchResults("", 0, [], [], [], None, "", "", unreadable=bool(typed.strip()))
    ids = _matching_ids(request.user, text)
    total = sum(len(found) for found in ids.values())
    pattern = words_pattern(text)
    page, hits, groups = None, [], []
    if tab == ALL:
        shown = {name: found[:SHOWN_OF_EACH] for name, found in ids.items() if found}
        groups = [
            Group(
                KINDS[name],
                _hits(request, KINDS[name], some, pattern),
                len(ids[name]),
                _address(text, name),
            )
            for name, some in shown.items()
        ]
    else:
        page = Paginator(ids[tab], PAGE_SIZE).get_page(request.GET.get("page"))
        hits = _hits(request, KINDS[tab], list(page.object_list), pattern)
    return SearchResults(
        text=text,
        total=total,
        tabs=_tabs(text, tab, ids, total),
        groups=groups,
        hits=hits,
        page=page,
        query_string=_address(text, tab).removeprefix("?"),
        suggestion="" if total else suggested_spelling(text),
    )


def _matching_ids(user: Any, text: str) -> dict[str, list[int]]:
    """Return the ids of each kind, best first.

    Pages with all words, else pages whose words begin so.
    """
    gate = readable_pages(user, Page.objects.all()).public().values("pk")
    found = {
        name: _ids(_gated(kind, gate).search(text, operator="and")) for name, kind in KINDS.items()
    }
    if any(found.values()):
        return found
    return {
        name: _ids(_gated(kind, gate).autocomplete(text, operator="and"))
        for name, kind in KINDS.items()
    }


def _gated(kind: Kind, gate: QuerySet[Any]) -> Any:
    # As ids: the search backends refuse filters on fields that they do not index.
    return kind.model.objects.filter(pk__in=gate)


def _ids(results: Any) -> list[int]:
    return list(results[:MAX_HITS].get_queryset().values_list("pk", flat=True))


def _hits(
    request: HttpRequest, kind: Kind, ids: list[int], pattern: re.Pattern[str] | None
) -> list[Hit]:
    rows = {page.pk: page for page in kind.rows(kind.model.objects.filter(pk__in=ids))}
    pages = [rows[pk] for pk in ids if pk in rows]
    notes = _notes(kind, pages)
    return [
        Hit(
            kind=kind,
            title=marked(page.title, pattern),
            url=page.get_url(request) or "",
            text=snippet(kind.texts(page), pattern),
            note=notes.get(page.pk, ""),
        )
        for page in pages
    ]


def _notes(kind: Kind, pages: list[Any]) -> dict[int, str]:
    """Return the line that says where a hit belongs.

    The teacher, the course, the author, the topic.
    """
    if kind.model is CoursePage:
        return {page.pk: page.instructor_name for page in pages}
    if kind.model is LessonPage:
        paths = {page.pk: page.path[: -2 * page.steplen] for page in pages}
        titles = dict(
            CoursePage.objects.filter(path__in=paths.values()).values_list("path", "title")
        )
        return {pk: titles.get(course_path, "") for pk, course_path in paths.items()}
    name = "author_name" if hasattr(kind.model, "author_name") else "topic_name"
    return {page.pk: getattr(page, name) for page in pages}


def _tabs(text: str, current: str, ids: dict[str, list[int]], total: int) -> list[Tab]:
    kinds = [
        (ALL, _("All"), total),
        *((name, KINDS[name].title, len(found)) for name, found in ids.items()),
    ]
    return [
        Tab(
            title,
            _address(text, name),
            name == current,
            f"{count}+" if count >= MAX_HITS else str(count),
        )
        for name, title, count in kinds
    ]


def _address(text: str, tab: str) -> str:
    params = QueryDict(mutable=True)
    params["q"] = text
    if tab != ALL:
        params["type"] = tab
    return f"?{params.urlencode()}"
