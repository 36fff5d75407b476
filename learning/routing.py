"""Socket addresses."""

from __future__ import annotations

from django.urls import URLPattern, path

from learning.consumers import StudentDashboardConsumer

websocket_urlpatterns: list[URLPattern] = [
    path("ws/dashboards/student/", StudentDashboardConsumer.as_asgi(), name="ws_student_dashboard"),
]
