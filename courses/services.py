"""Writes about courses: figures, teams, workspaces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from courses.models import CoursePage, CourseStats, CourseTeamMember, CourseWorkspace
from courses.outline import course_outline

if TYPE_CHECKING:
    from accounts.models import User

PAGE_PERMISSIONS = ("add_page", "change_page", "publish_page")
FILE_PERMISSIONS = (
    *("add_image", "change_image", "choose_image"),
    *("add_document", "change_document", "choose_document"),
)


def refresh_stats(course: CoursePage) -> CourseStats:
    """Count the course's published modules, units and minutes again. Learners are counted by
    `learning`.
    """
    outline = course_outline(course)
    figures = {
        "modules_count": len(outline.modules),
        "units_count": len(outline.units),
        "required_units_count": len(outline.required_units),
        "minutes": outline.minutes,
    }
    stats, _created = CourseStats.objects.update_or_create(course=course, defaults=figures)
    return stats


@transaction.atomic
def ensure_workspace(course: CoursePage) -> CourseWorkspace:
    """Give the course its group and its collection, with the permissions of a team, and put the
    team into the group.

    Safe to call as often as one likes; called after every change of the course or its team.
    """
    workspace = (
        CourseWorkspace.objects.filter(course=course).select_related("group", "collection").first()
    )
    if workspace is None:
        group = Group.objects.create(name=_workspace_name(course))
        collection = _add_collection(_workspace_name(course))
        workspace = CourseWorkspace.objects.create(
            course=course, group=group, collection=collection
        )
    _grant(workspace)
    sync_team(course)
    return workspace


def sync_team(course: CoursePage) -> None:
    """Make the group's members exactly the instructor and the team."""
    group = course.workspace.group
    members = set(CourseTeamMember.objects.filter(course=course).values_list("user_id", flat=True))
    if course.instructor_id:
        members.add(course.instructor_id)
    group.user_set.set(members)


def add_team_member(course: CoursePage, *, user: User, team_role: str) -> CourseTeamMember:
    """Put somebody on the team, or change what he does there."""
    member, _created = CourseTeamMember.objects.update_or_create(
        course=course, user=user, defaults={"team_role": team_role}
    )
    ensure_workspace(course)
    return member


def _add_collection(name: str) -> Collection:
    """Add a collection at the end of those of the courses.

    Wagtail would keep them by name, and would move all that follow with each new one.
    """
    parent = Collection.objects.select_for_update().get(pk=_courses_collection().pk)
    last = parent.get_last_child()
    depth = parent.depth + 1
    place = last._inc_path() if last else Collection._get_path(parent.path, depth, 1)
    collection = Collection.objects.create(name=name, path=place, depth=depth)
    Collection.objects.filter(pk=parent.pk).update(numchild=F("numchild") + 1)
    return collection


def _courses_collection() -> Collection:
    """Return the collection that holds those of the courses. It gives no rights by itself."""
    # One at a time, or two courses that are published first would each make one.
    root = Collection.objects.select_for_update().get(pk=Collection.get_first_root_node().pk)
    with translation.override(settings.LANGUAGE_CODE):
        name = _("Courses")
    return root.get_children().filter(name=name).first() or root.add_child(name=name)


def _workspace_name(course: CoursePage) -> str:
    # Group names are limited to 150 characters and must be unique, titles are neither.
    return _("Course %(title)s (%(id)s)") % {"title": course.title[:110], "id": course.pk}


def _grant(workspace: CourseWorkspace) -> None:
    permissions = {
        permission.codename: permission
        for permission in Permission.objects.filter(
            codename__in=[*PAGE_PERMISSIONS, *FILE_PERMISSIONS, "access_admin"],
            content_type__app_label__in=[
                "wagtailcore",
                "wagtailimages",
                "wagtaildocs",
                "wagtailadmin",
            ],
        )
    }
    for codename in PAGE_PERMISSIONS:
        GroupPagePermission.objects.get_or_create(
            group=workspace.group, page_id=workspace.course_id, permission=permissions[codename]
        )
    for codename in FILE_PERMISSIONS:
        GroupCollectionPermission.objects.get_or_create(
            group=workspace.group, collection=workspace.collection, permission=permissions[codename]
        )
    workspace.group.permissions.add(permissions["access_admin"])
