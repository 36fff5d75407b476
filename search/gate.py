"""Whose words a search may answer with: what the person may see, without locked units.

A hit tells that a word stands in a text. So a unit that will open later must not be found by its
body, although its
title is public in the outline.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from courses.models import CoursePage, UnitPage
from courses.outline import unit_models
from courses.permissions import courses_taught_by, user_may_inspect_courses
from learning.access import visible_pages
from learning.enrollments.models import Enrollment
from learning.progress.models import Completion, UnitProgress

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


def readable_pages(user: User | AnonymousUser, pages: QuerySet[Any]) -> QuerySet[Any]:
    """Narrow `pages` to those whose whole content the person may read now.

    Causes a constant number of queries.
    """
    visible = visible_pages(user, pages)
    if not user.is_authenticated or user_may_inspect_courses(user):
        return visible
    locked = _locked(user)
    for model in unit_models():
        visible = visible.exclude(pk__in=model.objects.filter(locked).values("pk"))
    return visible


def _locked(user: User) -> Q:
    """Return the condition of units that may still be locked for a learner.

    When in doubt, they are.
    """
    rules = UnitPage.ReleaseRule
    own = Enrollment.objects.of(user).open()
    in_steps = CoursePage.objects.filter(translation_key__in=own.values("course_key")).filter(
        Q(order=CoursePage.Order.SEQUENTIAL) | Q(starts_at__gt=timezone.now())
    )
    waiting = (
        Q(release_rule=rules.ON_DATE, release_at__gt=timezone.now())
        | Q(release_rule=rules.AFTER_DAYS)
        | _below(in_steps.values_list("path", flat=True))
    )
    opened = Q(
        translation_key__in=UnitProgress.objects.filter(enrollment__in=own).values("unit_key")
    ) | Q(translation_key__in=Completion.objects.filter(enrollment__in=own).values("unit_key"))
    taught = _below(courses_taught_by(user).values_list("path", flat=True))
    return Q(is_preview=False) & waiting & ~opened & ~taught


def _below(paths: Any) -> Q:
    condition = Q(pk__in=[])
    for tree_path in paths:
        condition |= Q(path__startswith=tree_path)
    return condition
