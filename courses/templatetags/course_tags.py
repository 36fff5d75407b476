"""What pages say about courses.

Price, length, facts, teachers, subjects. A tag that queries says so.
"""

from __future__ import annotations

from decimal import Decimal

from django import template
from django.db.models import Count, Q
from django.template import Context
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext, ngettext

from courses.catalog.facets import language_name
from courses.catalog.freshness import remembered
from courses.landing import Surroundings, surroundings
from courses.models import Category, CoursePage, CourseStats

register = template.Library()

SYMBOLS = {"EUR": "€", "USD": "$", "GBP": "£"}
SUBJECTS_SECONDS = 10 * 60


@register.filter
def price_label(course: CoursePage) -> str:
    """Return "Free", or the price with its currency."""
    if course.is_free:
        return gettext("Free")
    price = Decimal(course.price)
    amount = number_format(price, decimal_pos=0 if price == price.to_integral_value() else 2)
    symbol = SYMBOLS.get(course.currency)
    return f"{symbol}{amount}" if symbol else f"{course.currency} {amount}"


@register.filter
def duration_label(minutes: int | None) -> str:
    """Return a length in words.

    Minutes below an hour, above it hours and at most quarters of an hour.
    """
    if not minutes:
        return ""
    if minutes < 60:
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    hours, rest = divmod(minutes + 7, 60)
    quarter = rest // 15 * 15
    if quarter and hours < 10:
        return gettext("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": quarter}
    return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}


@register.simple_tag(takes_context=True)
def course_surroundings(context: Context, course: CoursePage) -> Surroundings:
    """Return teachers, prerequisites, tags and subject of a course; cached, except in a preview."""
    is_preview = getattr(context.get("request"), "is_preview", False)
    return surroundings(course, fresh=is_preview)


@register.simple_tag
def subjects(limit: int = 8) -> list[Category]:
    """Return the categories that hold published courses, largest first, with their `courses_count`.

    From the cache.
    """
    return remembered(f"largest-subjects:{limit}", lambda: _read_subjects(limit), SUBJECTS_SECONDS)


@register.simple_tag
def shelf(limit: int = 3) -> list[CoursePage]:
    """Return courses to show first.

    Featured ones, newest first. Causes a constant number of queries.
    """
    courses = (
        CoursePage.objects.live().public().order_by("-is_featured", "-first_published_at", "-pk")
    )
    return list(courses.for_cards().defer_streamfields()[:limit])


@register.simple_tag
def course_facts(course: CoursePage) -> list[dict[str, str]]:
    """Return what a buyer asks first, as icon, label and value."""
    stats = getattr(course, "stats", None)
    certificate = gettext("Yes, from %(percent)d%%") % {"percent": course.passing_grade}
    facts = [
        ("chart", gettext("Level"), course.get_level_display()),
        ("clock", gettext("Length"), duration_label(stats.minutes) if stats else ""),
        ("list-tree", gettext("Content"), _content(stats)),
        ("language", gettext("Language"), language_name(course.content_language)),
        ("list", gettext("Order"), course.get_order_display()),
        (
            "calendar",
            gettext("Starts"),
            date_format(course.starts_at, "DATE_FORMAT") if course.starts_at else "",
        ),
        ("unlock", gettext("Access"), _access(course)),
        (
            "certificate",
            gettext("Certificate"),
            certificate if course.has_certificate else gettext("No"),
        ),
    ]
    return [{"icon": icon, "label": label, "value": value} for icon, label, value in facts if value]


def _content(stats: CourseStats | None) -> str:
    if not stats or not stats.units_count:
        return ""
    modules = ngettext("%(n)d module", "%(n)d modules", stats.modules_count) % {
        "n": stats.modules_count
    }
    units = ngettext("%(n)d unit", "%(n)d units", stats.units_count) % {"n": stats.units_count}
    return f"{modules}, {units}"


def _access(course: CoursePage) -> str:
    if not course.access_days:
        return gettext("For as long as you like")
    return ngettext("%(n)d day", "%(n)d days", course.access_days) % {"n": course.access_days}


def _read_subjects(limit: int) -> list[Category]:
    live = Q(courses__live=True) | Q(children__courses__live=True)
    counted = Category.objects.filter(parent=None).annotate(
        own=Count("courses", filter=Q(courses__live=True), distinct=True),
        below=Count("children__courses", filter=Q(children__courses__live=True), distinct=True),
    )
    found = sorted(
        counted.filter(live).distinct(), key=lambda one: (-one.own - one.below, one.name)
    )[:limit]
    for one in found:
        one.courses_count = one.own + one.below
    return found
