"""Wagtail's background jobs: after the commit, and never in the way of what was saved."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from django.db import transaction
from django_tasks import task

from portal.common import tasks_backend
from portal.common.tasks_backend import run_wagtail_task

pytestmark = pytest.mark.django_db

done: list[str] = []


@task()
def remember(word: str) -> None:
    done.append(word)


@task()
def fail() -> None:
    raise ValueError("no luck")


@pytest.fixture(autouse=True)
def _nothing_done() -> None:
    done.clear()


class TestAfterCommitBackend:
    def test_a_task_waits_for_the_commit(self, django_capture_on_commit_callbacks: Any) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            remember.enqueue("one")
            assert done == []

        assert done == ["one"]

    def test_what_is_rolled_back_is_not_done(self, django_capture_on_commit_callbacks: Any) -> None:
        def save() -> None:
            with transaction.atomic():
                remember.enqueue("one")
                raise RuntimeError

        with django_capture_on_commit_callbacks(execute=True), pytest.raises(RuntimeError):
            save()

        assert done == []

    def test_a_failure_is_logged_and_the_next_is_done(
        self, django_capture_on_commit_callbacks: Any, caplog: pytest.LogCaptureFixture
    ) -> None:
        with (
            caplog.at_level(logging.ERROR, logger=tasks_backend.__name__),
            django_capture_on_commit_callbacks(execute=True),
        ):
            fail.enqueue()
            remember.enqueue("two")

        assert done == ["two"]
        assert "no luck" in caplog.text

    def test_without_the_broker_it_is_done_here(
        self,
        settings: Any,
        monkeypatch: pytest.MonkeyPatch,
        django_capture_on_commit_callbacks: Any,
    ) -> None:
        def away(*args: Any) -> None:
            raise run_wagtail_task.OperationalError

        settings.CELERY_TASK_ALWAYS_EAGER = False
        monkeypatch.setattr(run_wagtail_task, "delay", away)
        with django_capture_on_commit_callbacks(execute=True):
            remember.enqueue("three")

        assert done == ["three"]

    def test_with_a_broker_it_is_handed_over(
        self,
        settings: Any,
        monkeypatch: pytest.MonkeyPatch,
        django_capture_on_commit_callbacks: Any,
    ) -> None:
        sent: list[tuple[Any, ...]] = []
        settings.CELERY_TASK_ALWAYS_EAGER = False
        monkeypatch.setattr(run_wagtail_task, "delay", lambda *args: sent.append(args))
        with django_capture_on_commit_callbacks(execute=True):
            remember.enqueue("four")

        assert sent == [(remember.module_path, ["four"], {})]
        assert done == []

    def test_a_worker_runs_it(self) -> None:
        run_wagtail_task(remember.module_path, ["five"], {})

        assert done == ["five"]
