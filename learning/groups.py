"""Names of the groups that sockets of this app listen to."""

from __future__ import annotations

from typing import Any


def student_dashboard_group(user_pk: Any) -> str:
    """Return the group of one learner's open dashboards."""
    return f"dashboard.student.{user_pk}"
