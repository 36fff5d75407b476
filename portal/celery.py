"""The Celery application and its periodic work.

The embedded portal (no broker) runs the same schedule inside `manage.py serve`.
"""

from __future__ import annotations

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

app.conf.beat_schedule = {
    # Without it, scheduled pages never go live and expired ones stay.
    "publish-scheduled": {"task": "portal.common.tasks.publish_scheduled", "schedule": 60.0},
    # Without it, attempts whose time is over are graded only when somebody looks at them.
    "expire-attempts": {"task": "learning.quizzes.tasks.expire_attempts", "schedule": 60.0},
    # Without it, a certificate whose task was lost is never issued, and a missing PDF stays
    # missing.
    "issue-missing-certificates": {
        "task": "learning.certificates.tasks.issue_missing_certificates",
        "schedule": 15 * 60.0,
    },
    # Without it, a course whose structure changed while the broker was away keeps stale
    # percentages.
    "refresh-stale-progress": {
        "task": "learning.progress.tasks.refresh_stale_progress",
        "schedule": 15 * 60.0,
    },
    # Without it, access that has run out stays open.
    "expire-enrollments": {
        "task": "learning.enrollments.tasks.expire_enrollments",
        "schedule": 15 * 60.0,
    },
    # Without it, the session table grows for ever.
    "clear-expired-sessions": {
        "task": "portal.common.tasks.clear_expired_sessions",
        "schedule": crontab(hour=3, minute=20),
    },
}
