"""Addresses of what people tell each other."""

from __future__ import annotations

from django.urls import path

from community.notifications.views import (
    NotificationListView,
    NotificationReadAllView,
    NotificationReadView,
)

app_name = "community"
urlpatterns = [
    path("notifications/", NotificationListView.as_view(), name="notifications"),
    path(
        "notifications/read-all/", NotificationReadAllView.as_view(), name="notifications_read_all"
    ),
    path(
        "notifications/<uuid:uuid>/read/", NotificationReadView.as_view(), name="notification_read"
    ),
]
