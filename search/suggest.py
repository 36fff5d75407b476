"""Suggestions while somebody types."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.http import HttpRequest
from wagtail.models import Page

from portal.common.search_backend import clean_query
from search.gate import readable_pages
from search.kinds import KINDS, kind_of, models_of

SHORTEST = 2
MOST = 7


@dataclass(frozen=True)
class Suggested:
    """A page that may be meant."""

    type: str
    label: str
    icon: str
    title: str
    url: str

    def as_dict(self) -> dict[str, str]:
        return {name: str(value) for name, value in asdict(self).items() if name != "icon"}


def suggestions(request: HttpRequest) -> tuple[str, list[Suggested]]:
    """Return the cleaned text and the pages whose words begin with it.

    One search over all kinds.
    """
    text = clean_query(request.GET.get("q", ""))
    if len(text) < SHORTEST:
        return text, []
    gate = (
        readable_pages(request.user, Page.objects.type(*models_of(KINDS.values())))
        .public()
        .values("pk")
    )
    pages = Page.objects.filter(pk__in=gate).autocomplete(text, operator="and")[:MOST]
    return text, [
        Suggested(kind.name, str(kind.one), kind.icon, page.title, page.get_url(request) or "")
        for page in pages
        if (kind := kind_of(page))
    ]
