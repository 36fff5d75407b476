"""What happens when content of a course changes."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished, post_page_move

from courses import search_signals, services
from courses.models import CoursePage, CourseTeamMember, CourseWorkspace, ModulePage, UnitPage
from courses.versions import record_version

__all__ = ["search_signals"]


@receiver(page_published, dispatch_uid="courses.write_ledger")
def write_ledger(instance: Page, revision: Any = None, **_kwargs: Any) -> None:
    """A published unit gets its row in the version ledger, in the same transaction."""
    if isinstance(instance, UnitPage):
        record_version(instance, revision=revision, author=getattr(revision, "user", None))


@receiver(page_published, dispatch_uid="courses.ensure_workspace")
def ensure_workspace(instance: Page, **_kwargs: Any) -> None:
    """A published course has its group and its collection."""
    if isinstance(instance, CoursePage):
        services.ensure_workspace(instance)


@receiver([page_published, page_unpublished], dispatch_uid="courses.count_units")
def count_units(instance: Page, **_kwargs: Any) -> None:
    """The figures of the course follow its published content."""
    if isinstance(instance, CoursePage):
        services.refresh_stats(instance)
    elif isinstance(instance, UnitPage | ModulePage):
        _refresh_course_at(instance.path)


@receiver(post_page_move, dispatch_uid="courses.count_moved_units")
def count_moved_units(
    instance: Page, parent_page_before: Page, parent_page_after: Page, **_kwargs: Any
) -> None:
    """A moved module or unit changes the figures of the courses it left and came to."""
    if isinstance(instance.specific_deferred, UnitPage | ModulePage):
        for path in {parent_page_before.path, parent_page_after.path}:
            _refresh_course_at(path)


@receiver(post_delete, dispatch_uid="courses.count_deleted_units")
def count_deleted_units(sender: type, instance: Any, **_kwargs: Any) -> None:
    """A deleted module or unit changes the figures of its course."""
    if isinstance(instance, UnitPage | ModulePage):
        path = instance.path
        transaction.on_commit(lambda: _refresh_course_at(path), robust=True)


@receiver(post_delete, sender=CourseTeamMember, dispatch_uid="courses.drop_member")
def drop_member(instance: CourseTeamMember, **_kwargs: Any) -> None:
    """Who leaves the team leaves the group."""
    if CourseWorkspace.objects.filter(course_id=instance.course_id).exists():
        services.sync_team(instance.course)


def _refresh_course_at(path: str) -> None:
    steplen = Page.steplen
    upwards = [path[:length] for length in range(steplen, len(path) + 1, steplen)]
    for course in CoursePage.objects.filter(path__in=upwards):
        services.refresh_stats(course)
