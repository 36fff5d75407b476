"""Socket addresses."""

from __future__ import annotations

from django.urls import URLPattern, path

from community.notifications.consumers import NotificationsConsumer

websocket_urlpatterns: list[URLPattern] = [
    path("ws/notifications/", NotificationsConsumer.as_asgi()),
]
