"""When content changes, percentages change; when a learner gets on, open dashboards hear of it."""

from __future__ import annotations

import logging
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver
from kombu.exceptions import OperationalError
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished, post_page_move

from courses.models import CoursePage, ModulePage, UnitPage
from courses.outline import unit_models
from learning.groups import student_dashboard_group
from learning.progress import services as progress
from learning.progress.models import Completion
from learning.progress.tasks import refresh_course_progress
from learning.signals import unit_completed
from portal.common.realtime import push

log = logging.getLogger(__name__)

CONTENT = (CoursePage, ModulePage, UnitPage)


@receiver([page_published, page_unpublished], dispatch_uid="learning.progress.content_changed")
def content_changed(instance: Page, **_kwargs: Any) -> None:
    """A unit counts or counts no longer."""
    if isinstance(instance, CONTENT):
        _courses_changed([instance.path])


@receiver(post_page_move, dispatch_uid="learning.progress.content_moved")
def content_moved(
    instance: Page, parent_page_before: Page, parent_page_after: Page, **_kwargs: Any
) -> None:
    """A unit counts in another course now."""
    if isinstance(instance.specific_deferred, CONTENT):
        _courses_changed([parent_page_before.path, parent_page_after.path])


def content_deleted(instance: Page, **_kwargs: Any) -> None:
    """A unit that had no records is gone; the number of units has changed all the same."""
    _courses_changed([instance.path])


gated: tuple[type[Page], ...] = (ModulePage, *unit_models())
for model in gated:
    post_delete.connect(
        content_deleted, sender=model, dispatch_uid=f"learning.progress.deleted.{model.__name__}"
    )


@receiver(unit_completed, dispatch_uid="learning.progress.push_progress")
def push_progress(completion: Completion, **_kwargs: Any) -> None:
    """Tell the learner's open dashboards that they show too little now. Sent after the commit."""
    group = student_dashboard_group(completion.enrollment.learner_id)
    push(group, {"type": "dashboard.changed"})


def _courses_changed(paths: list[str]) -> None:
    """Mark the courses at these places as stale now, and compute them again after the commit."""
    step = Page.steplen
    above = {path[:length] for path in paths for length in range(step, len(path) + 1, step)}
    keys = list(CoursePage.objects.filter(path__in=above).values_list("translation_key", flat=True))
    if keys and progress.mark_stale(keys):
        transaction.on_commit(lambda: _queue(keys), robust=True)


def _queue(keys: list[UUID]) -> None:
    try:
        for key in keys:
            refresh_course_progress.delay(str(key))
    except OperationalError:
        log.warning("broker away: the sweep will refresh %s", keys)
