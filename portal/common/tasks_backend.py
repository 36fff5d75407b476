"""Where Wagtail's own background jobs run."""

from __future__ import annotations

import logging
from typing import Any

from celery import shared_task
from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string
from django_tasks.backends.immediate import ImmediateBackend
from django_tasks.base import Task, TaskResult, TaskResultStatus
from django_tasks.utils import get_random_id

log = logging.getLogger(__name__)


@shared_task(ignore_result=True)
def run_wagtail_task(path: str, args: list[Any], kwargs: dict[str, Any]) -> str:
    """Run one of Wagtail's tasks in a Celery worker."""
    import_string(path).call(*args, **kwargs)
    return path


class AfterCommitBackend(ImmediateBackend):
    """Run a task after the current transaction has committed: in Celery when there is a broker,
    else at once.

    Wagtail's default runs tasks inside the open transaction, where the rows of inline panels and
    tags are not saved yet (the search index would be one save behind), and where a slow index
    update holds locks.
    """

    def enqueue(self, task: Task, args: Any, kwargs: Any) -> TaskResult:
        self.validate_task(task)
        result: TaskResult[Any] = TaskResult(
            task=task,
            id=get_random_id(),
            status=TaskResultStatus.READY,
            enqueued_at=None,
            started_at=None,
            last_attempted_at=None,
            finished_at=None,
            args=args,
            kwargs=kwargs,
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )
        transaction.on_commit(lambda: self._dispatch(result), robust=True)
        return result

    def _dispatch(self, result: TaskResult) -> None:
        if not settings.CELERY_TASK_ALWAYS_EAGER:
            try:
                run_wagtail_task.delay(
                    result.task.module_path, list(result.args), dict(result.kwargs)
                )
            except run_wagtail_task.OperationalError:
                log.warning("broker away, running %s here", result.task.module_path)
            else:
                return
        self._execute_task(result)
        if result.status == TaskResultStatus.FAILED:
            log.error("task %s failed: %s", result.task.module_path, result.errors[-1].traceback)
