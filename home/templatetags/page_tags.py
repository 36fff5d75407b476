"""Template tags for the head of public pages: breadcrumbs, sharing, structured data."""

from __future__ import annotations

import json
from typing import Any

from django import template
from django.core.cache import cache
from django.http import HttpRequest
from django.template import RequestContext
from django.utils.safestring import SafeString, mark_safe
from wagtail.models import Page, Site

from home.context import versioned

register = template.Library()

CRUMBS_SECONDS = 60
SOCIAL_SIZE = "fill-1200x630|format-jpeg"
# What could end a <script> element or start a comment in it is written as an escape of JSON.
JSON_ESCAPES = {
    ord(">"): "\\u003E",
    ord("<"): "\\u003C",
    ord("&"): "\\u0026",
    0x2028: "\\u2028",
    0x2029: "\\u2029",
}
PICTURES = ("social_image", "hero_image", "cover")
DESCRIPTIONS = ("search_description", "summary", "introduction", "subtitle")


@register.simple_tag(takes_context=True)
def breadcrumb_items(context: RequestContext, page: Page) -> list[dict[str, str]]:
    """Return the way from the home page to a page.

    What lies above the page comes from the cache.
    """
    request = context["request"]
    key = versioned(f"crumbs:{request.get_host()}:{page.path[: -page.steplen]}")
    above = cache.get_or_set(key, lambda: _above(page, request), CRUMBS_SECONDS)
    return [*above, {"title": page.title, "url": page.get_url(request) or ""}]


def _above(page: Page, request: HttpRequest) -> list[dict[str, str]]:
    site = Site.find_for_request(request)
    start = site.root_page.depth if site else 2
    ancestors = page.get_ancestors().filter(depth__gte=start)
    return [{"title": one.title, "url": one.get_url(request) or ""} for one in ancestors]


@register.simple_tag(takes_context=True)
def structured_data(
    context: RequestContext, page: Any, crumbs: list[dict[str, str]] | None = None
) -> SafeString:
    """Render what search engines read about a page (schema.org).

    Data only, browsers do not run it.
    """
    request = context["request"]
    data = list(page.get_json_ld(request))
    if crumbs:
        data.append(_breadcrumb_list(request, crumbs))
    text = json.dumps(data, ensure_ascii=False, default=str).translate(JSON_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')


@register.inclusion_tag("home/_social_meta.html", takes_context=True)
def social_meta(context: RequestContext, page: Any, kind: str = "website") -> dict[str, Any]:
    """Render the description, the canonical address and what is shown where the page is shared."""
    request = context["request"]
    description = next((text for name in DESCRIPTIONS if (text := getattr(page, name, ""))), "")
    picture = next((image for name in PICTURES if (image := getattr(page, name, None))), None)
    return {
        "title": page.seo_title or page.title,
        "description": description,
        "kind": kind,
        "url": page.get_full_url(request),
        "site_name": (context.get("brand") or {}).get("name", ""),
        "picture": picture.get_rendition(SOCIAL_SIZE) if picture else None,
        "origin": f"{request.scheme}://{request.get_host()}",
        "alt": picture.default_alt_text_or_title if picture else "",
    }


def _breadcrumb_list(request: Any, crumbs: list[dict[str, str]]) -> dict[str, Any]:
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "name": crumb["title"],
                "item": request.build_absolute_uri(crumb["url"]),
            }
            for position, crumb in enumerate(crumbs, start=1)
        ],
    }
