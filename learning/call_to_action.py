"""What the course page offers a person to do next: one action whose words follow the state."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from learning.enrollments import permissions, selectors
from learning.enrollments.models import Enrollment

if TYPE_CHECKING:
    from courses.models import CoursePage
    from learning.access import Standing


@dataclass(frozen=True)
class Panel:
    """The call to action.

    `post_url` is a form, `url` a link; without both there is only the message.
    """

    label: str = ""
    url: str = ""
    post_url: str = ""
    message: str = ""
    tone: str = ""
    prerequisites: list[CoursePage] = field(default_factory=list)
    done: int = 0
    required: int = 0
    percent: int | None = None
    certificate_url: str = ""
    withdraw_url: str = ""
    edit_url: str = ""
    expires_at: object = None
    seats_left: int | None = None
    has_new_content: bool = False


def call_to_action(standing: Standing) -> Panel:
    """Return the panel for a person in front of a course."""
    if not standing.user.is_authenticated:
        return _visitor(standing.course)
    if standing.open_enrollment is not None:
        return _learner(standing, standing.open_enrollment)
    edit_url = (
        reverse("wagtailadmin_pages:edit", args=[standing.course.pk]) if standing.is_team else ""
    )
    if standing.is_inspector and not standing.is_team:
        return Panel(
            label=_("Open in the admin"),
            url=reverse("wagtailadmin_explore", args=[standing.course.pk]),
            message=_(
                "You look after courses with this account."
                " You can read every lesson; it is written down."
            ),
        )
    return _not_enrolled(standing, edit_url)


def _visitor(course: CoursePage) -> Panel:
    """The same for every visitor without an account, so that the page can be stored."""
    if not course.is_open_for_enrollment:
        return Panel(message=_window_message(course), tone="info")
    login = f"{reverse('account_login')}?{urlencode({'next': course.url or '/'})}"
    return Panel(label=_("Log in to enroll"), url=login)


def _learner(standing: Standing, enrollment: Enrollment) -> Panel:
    summary = getattr(enrollment, "progress", None)
    required = len(standing.outline.required_units)
    done = sum(unit.uuid in standing.completed for unit in standing.outline.required_units)
    certificate = (
        enrollment.certificates.filter(status="valid").first() if enrollment.completed_at else None
    )
    if enrollment.completed_at and done >= required:
        label = _("Get certificate") if certificate else _("Review the course")
    else:
        label = _("Continue") if summary and summary.last_unit_id else _("Start the course")
    resume = reverse("learning:resume", args=[enrollment.course_key])
    return Panel(
        label=label,
        url=certificate.get_absolute_url() if certificate and done >= required else resume,
        done=done,
        required=required,
        percent=100 * done // required if required else 0,
        certificate_url=certificate.get_absolute_url() if certificate and done < required else "",
        withdraw_url=""
        if enrollment.completed_at
        else reverse("learning:course_withdraw", args=[enrollment.course_key]),
        edit_url=reverse("wagtailadmin_pages:edit", args=[standing.course.pk])
        if standing.is_team
        else "",
        expires_at=enrollment.expires_at,
        has_new_content=bool(enrollment.completed_at) and done < required,
    )


def _not_enrolled(standing: Standing, edit_url: str) -> Panel:
    course, user, enrollment = standing.course, standing.user, standing.enrollment
    if enrollment is not None and enrollment.status == Enrollment.Status.SUSPENDED:
        return Panel(
            message=_("Your access is paused. Please contact the team."),
            tone="warning",
            edit_url=edit_url,
        )
    if not course.is_open_for_enrollment:
        return Panel(message=_window_message(course), tone="info", edit_url=edit_url)
    missing = selectors.missing_prerequisites(user, course)
    if missing:
        return Panel(
            message=_("Complete these courses first:"),
            prerequisites=missing,
            tone="info",
            edit_url=edit_url,
        )
    seats_left = _seats_left(course)
    if seats_left == 0:
        return Panel(message=_("All seats are taken."), tone="warning", edit_url=edit_url)
    if not permissions.user_has_verified_email(user):
        return Panel(
            label=_("Confirm your e-mail address"),
            url=reverse("account_email"),
            message=_("You can enroll as soon as your address is confirmed."),
            edit_url=edit_url,
        )
    if (
        not course.is_free
        and selectors.live_entitlement(user, course.translation_key, at=timezone.now()) is None
    ):
        message = _("This course has to be paid for. Write to us to get access.")
        return Panel(message=message, tone="info", edit_url=edit_url, seats_left=seats_left)
    label = (
        _("Enroll again")
        if enrollment is not None
        else (_("Enroll for free") if course.is_free else _("Enroll"))
    )
    post_url = reverse("learning:course_enroll", args=[course.translation_key])
    return Panel(label=label, post_url=post_url, edit_url=edit_url, seats_left=seats_left)


def _seats_left(course: CoursePage) -> int | None:
    if course.capacity is None:
        return None
    return max(0, course.capacity - selectors.seats_taken(course))


def _window_message(course: CoursePage) -> str:
    opens = course.enrollment_opens_at
    if opens and opens > timezone.now():
        return _("Enrollment opens on %(date)s.") % {
            "date": date_format(timezone.localtime(opens), "DATE_FORMAT")
        }
    return _("Enrollment is closed.")
