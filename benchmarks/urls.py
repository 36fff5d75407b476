"""The portal's addresses and those of the references."""

from __future__ import annotations

from django.urls import path

from benchmarks import views
from portal.urls import handler400, handler403, handler404, handler500
from portal.urls import urlpatterns as portal_urlpatterns

__all__ = ["handler400", "handler403", "handler404", "handler500"]

urlpatterns = [
    path("benchmark-hello/", views.hello),
    path("benchmark-rows/", views.rows),
    path("own-middleware-hello/", views.hello),
    *portal_urlpatterns,
]
