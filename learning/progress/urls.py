"""Addresses of the player and the dashboard."""

from __future__ import annotations

from django.urls import path, re_path

from learning.page_routing import serve_course_content
from learning.progress import views

urlpatterns = [
    path("dashboard/", views.dashboard, name="dashboard"),
    path("learn/courses/<uuid:uuid>/resume/", views.resume, name="resume"),
    path("learn/units/<uuid:uuid>/complete/", views.unit_complete, name="unit_complete"),
    path("learn/units/<uuid:uuid>/activity/", views.unit_activity, name="unit_activity"),
    path(
        "learn/units/<uuid:uuid>/check/<uuid:block_id>/",
        views.check_question,
        name="check_question",
    ),
    # Pages of the tree, found by their address; with another address of the catalogue Wagtail's own
    # way is taken.
    re_path(r"^(?P<path>courses/(?:[\w\-]+/)+)$", serve_course_content, name="course_content"),
]
