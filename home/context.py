"""The frame of every page: brand, navigation, footer, from the site's settings.

It is built with a few queries and kept in the cache; publishing anything or saving the settings
starts it anew.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import get_random_string
from django.utils.functional import SimpleLazyObject
from wagtail.models import Page, Site

from home.models import SiteSettings

VERSION_KEY = "chrome:version"
SECONDS = 60
LOGO_FILTER = "max-400x64"


@dataclass(frozen=True)
class Link:
    """A link of the navigation."""

    title: str
    url: str
    is_current: bool = False


@dataclass(frozen=True)
class Column:
    """A column of the footer."""

    title: str
    links: list[Link]


@dataclass(frozen=True)
class Chrome:
    """Everything around a page that does not depend on who looks."""

    brand: dict[str, str] = field(default_factory=dict)
    navigation: list[Link] = field(default_factory=list)
    footer: list[Column] = field(default_factory=list)


def chrome(request: HttpRequest) -> dict[str, Any]:
    """Return the frame's variables. They are lazy: a fragment without a frame costs nothing."""
    frame = SimpleLazyObject(lambda: _cached(request))
    return {
        "brand": SimpleLazyObject(lambda: frame.brand),
        "primary_nav": SimpleLazyObject(
            lambda: [_located(link, request.path) for link in frame.navigation]
        ),
        "footer_columns": SimpleLazyObject(lambda: frame.footer),
    }


def forget_chrome() -> None:
    """Build the frame anew at the next request."""
    cache.set(VERSION_KEY, get_random_string(8), timeout=None)


def versioned(name: str) -> str:
    """Return the cache key of something that holds until anything is published."""
    version = cache.get_or_set(VERSION_KEY, lambda: get_random_string(8), timeout=None)
    return f"chrome:{version}:{name}"


def _cached(request: HttpRequest) -> Chrome:
    frame = cache.get_or_set(versioned(request.get_host()), lambda: _build(request), SECONDS)
    return frame or Chrome()


def _located(link: Link, path: str) -> Link:
    is_current = path.startswith(link.url) if link.url != "/" else path == "/"
    return Link(link.title, link.url, is_current)


def _build(request: HttpRequest) -> Chrome:
    site = Site.find_for_request(request)
    if site is None:
        return Chrome()
    settings = SiteSettings.for_site(site)
    logo = settings.logo.get_rendition(LOGO_FILTER).url if settings.logo else ""
    brand = {
        "name": settings.brand_name,
        "tagline": settings.tagline,
        "logo_url": logo,
        "footer_note": settings.footer_note,
    }
    footer = [
        Column(column.value["title"], _links(column.value["links"], request))
        for column in settings.footer
    ]
    navigation = _links([link.value for link in settings.navigation], request) or _menu(
        site, request
    )
    return Chrome(brand, navigation, [column for column in footer if column.links])


def _links(values: Any, request: HttpRequest) -> list[Link]:
    """Return the links that lead somewhere: a page that is not published is left out."""
    found = []
    for value in values:
        page = value.get("page")
        url = page.get_url(request) if page and page.live else (not page and value.get("link"))
        if url:
            found.append(Link(value["title"], url))
    return found


def _menu(site: Site, request: HttpRequest) -> list[Link]:
    """Return the pages below the home page that editors show in menus."""
    pages = Page.objects.child_of(site.root_page).live().in_menu().public()
    return [Link(page.title, page.get_url(request) or "/") for page in pages]
