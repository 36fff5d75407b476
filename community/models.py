"""The models of the packages below, found here by Django."""

from __future__ import annotations

from community.notifications.models import Notification

__all__ = ["Notification"]
