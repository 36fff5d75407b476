"""Who may open which unit: one policy, asked by every door (page, API, search, sitemap, socket,
document).

`Standing` holds what is known about one person in one course; `Standing.access` is the policy
itself and causes no query beyond what the standing loads once. `visible_pages` is the same policy
for a queryset, as far as data can tell.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, cached_property, reduce
from operator import or_
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.models import Page

from courses.models import CoursePage, LessonPage, UnitPage
from courses.outline import Outline, OutlineUnit, cached_outline, unit_models
from courses.permissions import user_is_course_team, user_may_inspect_courses
from learning.enrollments.models import Enrollment
from learning.enrollments.permissions import opens_course
from learning.enrollments.selectors import enrollment_of
from learning.progress.selectors import completed_keys
from learning.publication import dead_paths, has_dead_ancestor

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from wagtail.query import PageQuerySet

    from accounts.models import User
    from learning.progress.models import UnitProgress

    Person = User | AnonymousUser

ReleaseRule = UnitPage.ReleaseRule


@dataclass(frozen=True, slots=True)
class UnitAccess:
    """Whether a unit may be opened; if not, why, in words, and which step comes first."""

    reason: str = ""
    message: str = ""
    step_title: str = ""
    step_url: str = ""

    @property
    def is_allowed(self) -> bool:
        return not self.reason


ALLOWED = UnitAccess()


class Standing:
    """How a person stands to a course. Loads each fact once, when it is first needed."""

    def __init__(
        self, user: Person, course: CoursePage, *, enrollment: Enrollment | None = None
    ) -> None:
        self.user = user
        self.course = course
        self.unit_progress: UnitProgress | None = None
        self._live: dict[int, bool] = {}
        if enrollment is not None:
            self.__dict__["enrollment"] = enrollment

    @cached_property
    def enrollment(self) -> Enrollment | None:
        """The person's enrollment, whatever its status."""
        return enrollment_of(self.user, self.course.translation_key)

    @cached_property
    def open_enrollment(self) -> Enrollment | None:
        """The person's enrollment if it opens the course."""
        return self.enrollment if opens_course(self.enrollment) else None

    @cached_property
    def is_team(self) -> bool:
        return user_is_course_team(self.user, self.course)

    @cached_property
    def is_inspector(self) -> bool:
        """Reads everything by office, not as a learner or as the team.

        What is read is written down.
        """
        return user_may_inspect_courses(self.user)

    @cached_property
    def completed(self) -> frozenset[UUID]:
        return completed_keys(self.enrollment)

    @cached_property
    def outline(self) -> Outline:
        return cached_outline(self.course)

    @cached_property
    def is_published(self) -> bool:
        """Whether the course and everything above it is live; one query."""
        return self.course.live and not has_dead_ancestor(self.course)

    def forget_progress(self) -> None:
        """Read completions and summary again when they are next asked for.

        Something has been completed.
        """
        for name in ("completed", "enrollment", "open_enrollment", "first_open_step"):
            self.__dict__.pop(name, None)

    def access(self, unit: UnitPage | OutlineUnit) -> UnitAccess:
        """Return whether this person may open a unit of the course."""
        as_learner = self.access_as_learner(unit)
        if as_learner.is_allowed or self.is_inspector or self.is_team:
            return ALLOWED
        return as_learner

    def access_as_learner(self, unit: UnitPage | OutlineUnit) -> UnitAccess:
        """Return what the person may open without any right of team or office.

        The view as a learner.
        """
        if not self.is_live(unit):
            return UnitAccess("inactive", _("This is not available."))
        if unit.is_preview and unit.kind == LessonPage.kind:
            return ALLOWED
        if not self.user.is_authenticated:
            return UnitAccess("login", _("Log in to open this."))
        if self.open_enrollment is None:
            return self._enroll_first()
        return self._released(unit) or self._in_order(unit) or ALLOWED

    def is_live(self, unit: UnitPage | OutlineUnit) -> bool:
        """Whether the unit is published, with everything above it.

        The outline holds published units only.
        """
        if isinstance(unit, OutlineUnit):
            return self.is_published
        if unit.pk not in self._live:
            self._live[unit.pk] = unit.live and not has_dead_ancestor(unit)
            if self._live[unit.pk]:
                self.__dict__["is_published"] = True  # what lies above the unit includes the course
        return self._live[unit.pk]

    def _enroll_first(self) -> UnitAccess:
        status = self.enrollment.status if self.enrollment else None
        if status == Enrollment.Status.SUSPENDED:
            message = _("Your access to this course is paused. Please contact the team.")
        elif status is not None and status != Enrollment.Status.WITHDRAWN:
            message = _("Your access to this course has ended.")
        else:
            message = _("Enroll in the course to open this.")
        return UnitAccess(
            "enroll", message, step_title=self.course.title, step_url=self.course.url or ""
        )

    def _released(self, unit: UnitPage | OutlineUnit) -> UnitAccess | None:
        opens = self.opens_at(unit)
        if opens is None or opens <= timezone.now():
            return None
        when = date_format(timezone.localtime(opens), "DATETIME_FORMAT")
        return UnitAccess("not_released", _("This opens on %(when)s.") % {"when": when})

    def opens_at(self, unit: UnitPage | OutlineUnit) -> datetime | None:
        """Return when a unit opens for this learner; None means that it is open."""
        times = [self.course.starts_at] if self.course.starts_at else []
        if unit.release_rule == ReleaseRule.ON_DATE and unit.release_at:
            times.append(unit.release_at)
        if unit.release_rule == ReleaseRule.AFTER_DAYS and unit.release_days and self.enrollment:
            times.append(self.enrollment.enrolled_at + timedelta(days=unit.release_days))
        return max(times, default=None)

    def _in_order(self, unit: UnitPage | OutlineUnit) -> UnitAccess | None:
        """In a sequential course the first required unit that is not done comes first.

        What was done stays open.
        """
        if self.course.order != CoursePage.Order.SEQUENTIAL:
            return None
        uuid = unit.uuid
        if uuid in self.completed:
            return None
        step = self.first_open_step
        if step is None:
            return None
        place = self.outline.find(uuid)
        if place is None or place.position <= step.position:
            return None
        message = _("Complete “%(title)s” first.") % {"title": step.title}
        return UnitAccess("locked", message, step_title=step.title, step_url=step.url)

    @cached_property
    def first_open_step(self) -> OutlineUnit | None:
        """The first required unit that is not done."""
        return next(
            (unit for unit in self.outline.required_units if unit.uuid not in self.completed), None
        )


def unit_access(user: Person, unit: UnitPage) -> UnitAccess:
    """Return whether a person may open a unit, and if not, why."""
    return Standing(user, unit.course).access(unit)


def user_can_open_unit(user: Person, unit: UnitPage) -> bool:
    """Whether a person may open a unit."""
    return unit_access(user, unit).is_allowed


def visible_pages(user: Person, queryset: PageQuerySet | None = None) -> PageQuerySet:
    """Return the pages whose content a person may read: published, and gated ones only with access
    to their course.

    The twin of `unit_access` for lists and searches. Unlike it, it knows neither order nor release
    dates of units: doors that show a body ask `unit_access` as well.
    """
    pages = (Page.objects.all() if queryset is None else queryset).live()
    dead = dead_paths()
    if dead:
        pages = pages.exclude(_below(dead))
    if user_may_inspect_courses(user):
        return pages
    allowed = ~Q(content_type__in=gated_content_types()) | Q(pk__in=_preview_ids())
    paths = _course_paths(user)
    if paths:
        allowed |= _below(paths)
    return pages.filter(allowed)


@cache
def gated_models() -> tuple[type[UnitPage], ...]:
    """Return the page types whose content is gated."""
    return unit_models()


def gated_content_types() -> list[ContentType]:
    """Return the content types of gated pages; cached by Django after the first call."""
    return list(ContentType.objects.get_for_models(*gated_models()).values())


def _preview_ids() -> Any:
    return LessonPage.objects.filter(is_preview=True, live=True).values("pk")


def _course_paths(user: Person) -> list[str]:
    """Return where the courses lie that a person may read as a learner or as the team.

    One query.
    """
    if not user.is_authenticated:
        return []
    keys = Enrollment.objects.of(user).opening(at=timezone.now()).values("course_key")
    own = Q(translation_key__in=keys) | Q(instructor=user) | Q(team_members__user=user)
    return list(
        CoursePage.objects.filter(own).order_by("path").values_list("path", flat=True).distinct()
    )


def _below(paths: list[str]) -> Q:
    return reduce(or_, (Q(path__startswith=path) for path in paths))
