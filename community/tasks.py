"""The background work of the packages below, found here by Celery."""

from __future__ import annotations

from community.notifications.tasks import mail_certificate

__all__ = ["mail_certificate"]
