"""The search index and the catalogue's cached counts follow what they are made of."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from taggit.models import Tag
from wagtail.search import index
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from accounts.models import TeacherProfile
from courses.catalog.freshness import forget_catalog
from courses.models import Category, CoursePage, CourseTeamMember
from portal.common.stored_pages import forget_stored_pages

NAMES = {"first_name", "last_name", "display_name", "email"}


@receiver(
    [page_published, page_unpublished, page_slug_changed, post_page_move],
    dispatch_uid="courses.forget_catalog",
)
def forget_after_publishing(instance: Any, **_kwargs: Any) -> None:
    """A published, hidden or moved page changes the counts."""
    transaction.on_commit(forget_catalog, robust=True)


@receiver([post_save, post_delete], sender=Category, dispatch_uid="courses.forget_category")
@receiver([post_save, post_delete], sender=Tag, dispatch_uid="courses.forget_tag")
def forget_after_renaming(**_kwargs: Any) -> None:
    """A renamed subject or tag is seen at once."""
    transaction.on_commit(_forget_all, robust=True)


@receiver(post_save, sender=TeacherProfile, dispatch_uid="courses.forget_teacher")
def forget_after_changing_people(**_kwargs: Any) -> None:
    """The page of a course shows who teaches it."""
    transaction.on_commit(_forget_all, robust=True)


@receiver([post_save, post_delete], sender=CourseTeamMember, dispatch_uid="courses.forget_team")
def follow_team(instance: CourseTeamMember, **_kwargs: Any) -> None:
    """A course is found under the names of its present team, and its page shows them."""
    course = CoursePage.objects.live().filter(pk=instance.course_id).first()
    if course is not None:
        transaction.on_commit(lambda: index.insert_or_update_object(course), robust=True)
    transaction.on_commit(_forget_all, robust=True)


@receiver(post_delete, sender=CoursePage, dispatch_uid="courses.forget_deleted")
def forget_after_deleting(**_kwargs: Any) -> None:
    """A deleted course is no longer counted."""
    transaction.on_commit(_forget_all, robust=True)


@receiver(post_save, sender=settings.AUTH_USER_MODEL, dispatch_uid="courses.index_teacher")
def index_renamed_teacher(
    instance: Any, created: bool, update_fields: Any = None, **_kwargs: Any
) -> None:
    """A renamed teacher is found under the new name."""
    if created or (update_fields is not None and not NAMES & set(update_fields)):
        return
    courses = list(CoursePage.objects.live().taught_by(instance))
    for course in courses:
        # The course remembers the person it was loaded with: none, so the name is read anew.
        index.insert_or_update_object(course)
    if courses:
        transaction.on_commit(_forget_all, robust=True)


@receiver(post_save, sender=Category, dispatch_uid="courses.index_category")
def index_renamed_category(instance: Category, created: bool, **_kwargs: Any) -> None:
    """A renamed subject is found under the new name."""
    if not created:
        for course in CoursePage.objects.live().filter(category=instance):
            index.insert_or_update_object(course)


def _forget_all() -> None:
    forget_catalog()
    forget_stored_pages()
