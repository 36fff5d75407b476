"""Canaries: words that stand in every gated body and answer key of the suite, and who may ever see
them.

Every response that a test gets is searched for them (see `conftest.py`), whatever the test is
about.
"""

from __future__ import annotations

import re
from typing import Any

from django.test import Client

from courses.models import CourseTeamMember
from courses.permissions import user_may_inspect_courses
from learning.enrollments.models import Enrollment

BODY_CANARY = "kestrelwordbehindthedoor"
KEY_CANARY = "magpiewordofthekey"

# Where a learner may see explanations, if the quiz's policy says so.
REVIEW_ADDRESSES = re.compile(
    r"^/learn/attempts/[^/]+/result/$|^/api/learning/attempts/[^/]+/review/$"
)


def watch_for_leaks(client: Client, request: dict[str, Any], response: Any) -> None:
    """Fail when a response shows a canary to somebody who may not see it."""
    if response.streaming or response.status_code >= 500:
        return
    body = response.content
    has_body, has_key = BODY_CANARY.encode() in body, KEY_CANARY.encode() in body
    if not (has_body or has_key):
        return
    user = getattr(response.wsgi_request, "user", None)
    path = request["PATH_INFO"]
    if _teaches_or_inspects(user):
        return
    assert not has_key or REVIEW_ADDRESSES.match(path), f"{path} shows an answer key to {user}"
    assert not has_body or _studies(user), f"{path} shows a gated body to {user}"


def _teaches_or_inspects(user: Any) -> bool:
    if user is None or not user.is_authenticated:
        return False
    return (
        user_may_inspect_courses(user)
        or user.taught_courses.exists()
        or CourseTeamMember.objects.filter(user=user).exists()
    )


def _studies(user: Any) -> bool:
    return (
        user is not None and user.is_authenticated and Enrollment.objects.of(user).open().exists()
    )
