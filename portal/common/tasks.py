"""Periodic work of the CMS itself."""

from __future__ import annotations

from celery import shared_task
from django.core.management import call_command

from portal.common.tasks_backend import run_wagtail_task

__all__ = ["clear_expired_sessions", "publish_scheduled", "run_wagtail_task"]


@shared_task
def publish_scheduled() -> str:
    """Publish and expire pages whose time has come."""
    call_command("publish_scheduled")
    return "done"


@shared_task
def clear_expired_sessions() -> str:
    """Delete sessions that have ended."""
    call_command("clearsessions")
    return "done"
