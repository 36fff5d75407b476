"""What search engines may find."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail.contrib.sitemaps.sitemap_generator import Sitemap
from wagtail.contrib.sitemaps.views import sitemap as sitemap_view
from wagtail.models import Page

from learning.access import visible_pages

CLOSED = (
    *(
        "/admin/",
        "/django-admin/",
        "/api/",
        "/auth/",
        "/dashboard/",
        "/documents/",
        "/learn/",
        "/notifications/",
    ),
    *("/profile/", "/search/"),
)


class PublicSitemap(Sitemap):
    """The pages that an anonymous visitor may open; of units only the free previews."""

    def items(self) -> QuerySet[Page]:
        root = self.get_wagtail_site().root_page
        pages = visible_pages(AnonymousUser(), root.get_descendants(inclusive=True)).public()
        return pages.order_by("path").defer_streamfields().specific()


@require_safe
@cache_control(public=True, max_age=600)
def sitemap(request: HttpRequest) -> HttpResponse:
    """Return the sitemap."""
    return sitemap_view(request, sitemaps={"pages": PublicSitemap})


@require_safe
@cache_control(public=True, max_age=3600)
def robots(request: HttpRequest) -> HttpResponse:
    """Return what crawlers should leave alone, and where the sitemap is."""
    lines = ["User-agent: *", *(f"Disallow: {place}" for place in CLOSED), ""]
    lines += [f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
