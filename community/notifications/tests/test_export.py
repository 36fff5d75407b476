"""A person's copy of their data holds what the portal has told them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from accounts.models import User
from community.notifications.models import Notification

pytestmark = pytest.mark.django_db


def test_own_notifications_and_nobody_elses(learner: User, outsider: User, client_for: Any) -> None:
    for person, title in ((learner, "For me"), (outsider, "For somebody else")):
        Notification.objects.create(
            recipient=person, kind="grade", title=title, url="/x/", dedupe_key=title
        )

    found = json.loads(client_for(learner).get("/profile/data/export/").content)

    assert [(one["title"], one["url"]) for one in found["notifications"]] == [("For me", "/x/")]
