from __future__ import annotations

import threading
from unittest import mock
from uuid import uuid4

import pytest
from django.db import connection

from community.notifications import services as notifications
from community.notifications.models import Notification
from community.notifications.selectors import COUNT_LIMIT, unread_count


def tell(user, key: str = "a", **changes) -> Notification:
    return notifications.notify(
        user, **({"kind": "grade", "title": "Something", "url": "/x/", "dedupe_key": key} | changes)
    )


@pytest.fixture
def pushed():
    """What was pushed: (group, message) pairs."""
    sent: list = []
    with (
        mock.patch.object(
            notifications, "push", side_effect=lambda group, event: sent.append((group, event))
        ),
        mock.patch(
            "portal.common.realtime.push",
            side_effect=lambda group, event: sent.append((group, event)),
        ),
    ):
        yield sent


@pytest.mark.django_db
class TestNotify:
    def test_the_same_key_is_told_once(
        self, learner, pushed, django_capture_on_commit_callbacks
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            first = tell(learner)
            second = tell(learner, title="In other words")

        assert first == second
        assert Notification.objects.get().title == "Something"
        assert [event["message"]["type"] for _group, event in pushed] == ["notification", "unread"]

    def test_the_same_key_for_somebody_else_is_another(self, learner, outsider) -> None:
        assert tell(learner) != tell(outsider)

    def test_it_pushes_to_its_reader_only_and_after_the_commit(
        self, learner, pushed, django_capture_on_commit_callbacks
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            tell(learner)
            assert pushed == []

        assert {group for group, _event in pushed} == {f"notifications.{learner.pk.hex}"}
        assert pushed[1][1]["message"] == {"type": "unread", "count": 1}

    def test_a_long_title_is_cut(self, learner) -> None:
        assert len(tell(learner, title="x" * 400).title) == 255


@pytest.mark.django_db
class TestMarkRead:
    def test_it_marks_ones_own_once(self, learner) -> None:
        notification = tell(learner)

        assert notifications.mark_read(learner, uuid=notification.pk)
        first = Notification.objects.get().read_at
        assert not notifications.mark_read(learner, uuid=notification.pk)
        assert Notification.objects.get().read_at == first

    def test_it_leaves_other_peoples_alone(self, learner, outsider) -> None:
        notification = tell(learner)

        assert not notifications.mark_read(outsider, uuid=notification.pk)
        assert not notifications.mark_read(outsider, uuid=uuid4())
        assert unread_count(learner) == 1

    def test_all_at_once(self, learner, outsider) -> None:
        for key in "abc":
            tell(learner, key)
        tell(outsider)

        assert notifications.mark_all_read(learner) == 3
        assert (unread_count(learner), unread_count(outsider)) == (0, 1)

    def test_counting_ends_at_a_hundred(self, learner) -> None:
        Notification.objects.bulk_create(
            Notification(recipient=learner, kind="grade", title="x", url="/", dedupe_key=str(n))
            for n in range(120)
        )

        assert unread_count(learner) == COUNT_LIMIT


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
class TestInParallel:
    def test_ten_calls_tell_once(self, learner, pushed) -> None:
        gate = threading.Barrier(10)

        def run() -> None:
            gate.wait(20)
            try:
                tell(learner)
            finally:
                connection.close()

        threads = [threading.Thread(target=run) for _ in range(10)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert Notification.objects.count() == 1
        assert len(pushed) == 2
