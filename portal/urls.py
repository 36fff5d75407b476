"""Every address of the portal. The page tree takes what is left."""

from __future__ import annotations

from django.conf import settings
from django.contrib import admin
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from learning.documents import serve_document
from portal import api
from portal.admin_entrance import admin_login
from portal.common.files import serve_media
from portal.common.health import healthz, readyz
from portal.common.styleguide import styleguide
from portal.sitemaps import robots, sitemap

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("admin/login/", admin_login, name="admin_login"),
    path("django-admin/login/", admin_login),
    path("django-admin/", admin.site.urls),
    path("admin/", include(wagtailadmin_urls)),
    # In place of Wagtail's own view: byte ranges, right names, never stored by a cache.
    re_path(
        r"^documents/(?P<document_id>\d+)/(?P<filename>.*)$",
        serve_document,
        name="wagtaildocs_serve",
    ),
    path("documents/", include(wagtaildocs_urls)),
    re_path(r"^media/(?P<path>.*)$", serve_media, name="media"),
    path("api/", include(api)),
    path("", include("accounts.urls")),
    path("", include("learning.urls")),
    path("", include("community.urls")),
    path("search/", include("search.urls")),
]

if settings.DEBUG:
    urlpatterns += [path("styleguide/", styleguide, name="styleguide")]

urlpatterns += [path("", include(wagtail_urls))]

handler400 = "portal.common.error_pages.bad_request"
handler403 = "portal.common.error_pages.permission_denied"
handler404 = "portal.common.error_pages.page_not_found"
handler500 = "portal.common.error_pages.server_error"
