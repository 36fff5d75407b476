"""REST addresses of enrollments, units and progress, below /api/learning/."""

from __future__ import annotations

from django.urls import URLPattern, path

from learning.progress import api

urlpatterns = [
    path("enrollments/", api.EnrollmentListView.as_view(), name="api_enrollments"),
    path("enrollments/<str:uuid>/", api.EnrollmentView.as_view(), name="api_enrollment"),
    path("units/<str:uuid>/", api.UnitView.as_view(), name="api_unit"),
    path("units/<str:uuid>/progress/", api.ActivityView.as_view(), name="api_unit_progress"),
    path("units/<str:uuid>/complete/", api.CompleteView.as_view(), name="api_unit_complete"),
]
course_urlpatterns: list[URLPattern] = []
