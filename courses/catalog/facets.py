"""How the matching courses divide.

The counts of a facet reflect all the other filters, but not its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf.locale import LANG_INFO
from django.db.models import Count, Q
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from courses.catalog.query import DURATIONS, FACETS, PRICES, CatalogQuery
from courses.models.category import Category
from courses.models.course import CoursePage, CoursePageTag
from courses.querysets import CoursePageQuerySet

TITLES = {
    "category": _("Subject"),
    "level": _("Level"),
    "duration": _("Length"),
    "price": _("Price"),
    "language": _("Language"),
    "tag": _("Topic"),
}
MAX_TAGS = 12


@dataclass(frozen=True)
class Option:
    """One value of a facet: how many courses it would show, and the address that switches it."""

    value: str
    label: str | Promise
    count: int
    is_on: bool
    url: str
    is_child: bool = False


@dataclass(frozen=True)
class Facet:
    """One way to narrow the courses."""

    name: str
    title: str | Promise
    options: list[Option]

    @property
    def is_on(self) -> bool:
        return any(option.is_on for option in self.options)

    @property
    def chosen(self) -> int:
        return sum(option.is_on for option in self.options)


@dataclass(frozen=True)
class Counts:
    """How many courses there are: in all, and per value of each facet."""

    total: int
    values: dict[str, dict[str, int]]
    tag_names: dict[str, str]


def conditions(query: CatalogQuery) -> dict[str, Q]:
    """Return the condition of each facet that is in use."""
    found: dict[str, Q] = {}
    if query.category:
        found["category"] = Q(category__slug__in=query.category) | Q(
            category__parent__slug__in=query.category
        )
    if query.level:
        found["level"] = Q(level__in=query.level)
    if query.duration:
        found["duration"] = _any(_lasts(name) for name in query.duration)
    if query.price:
        found["price"] = _any(_costs(name) for name in query.price)
    if query.language:
        found["language"] = Q(content_language__in=query.language)
    if query.tag:
        # As a subquery: joined, a course with two of the tags would count twice.
        tagged = CoursePageTag.objects.filter(tag__slug__in=query.tag)
        found["tag"] = Q(pk__in=tagged.values("content_object_id"))
    return found


def all_but(found: dict[str, Q], name: str = "") -> Q:
    """Return the conditions of all facets but one, as one condition."""
    joined = Q()
    for facet, condition in found.items():
        if facet != name:
            joined &= condition
    return joined


def count_courses(
    courses: CoursePageQuerySet, query: CatalogQuery, categories: list[Category]
) -> Counts:
    """Count the courses that the text has found: two queries, however many facets are in use.

    The first groups by language and category, both few, and sums every other count on the way.
    """
    found = conditions(query)
    fixed = {
        **{("level", value): Q(level=value) for value in CoursePage.Level.values},
        **{("price", value): _costs(value) for value in PRICES},
        **{("duration", value): _lasts(value) for value in DURATIONS},
    }
    sums = {
        f"{facet}_{value}": all_but(found, facet) & condition
        for (facet, value), condition in fixed.items()
    }
    sums |= {
        "total": all_but(found),
        "language": all_but(found, "language"),
        "category": all_but(found, "category"),
    }
    rows = list(
        courses.order_by()
        .values("content_language", "category_id")
        .annotate(
            **{
                f"n_{name}": Count("pk", filter=condition or None)
                for name, condition in sums.items()
            }
        )
    )
    values: dict[str, dict[str, int]] = {name: {} for name in FACETS}
    for facet, value in fixed:
        values[facet][value] = sum(row[f"n_{facet}_{value}"] for row in rows)
    values["language"] = _summed(rows, "content_language", "n_language")
    values["category"] = _with_parents(_summed(rows, "category_id", "n_category"), categories)
    tags = _count_tags(courses.filter(all_but(found, "tag")))
    values["tag"] = {slug: count for slug, _name, count in tags}
    total = sum(row["n_total"] for row in rows)
    return Counts(total=total, values=values, tag_names={slug: name for slug, name, _count in tags})


def build_facets(
    query: CatalogQuery, counts: Counts, categories: list[Category], tags: dict[str, str]
) -> list[Facet]:
    """Return the facets that have something to choose. `tags`: names of the chosen tags by slug."""
    tags = counts.tag_names | tags
    labels: dict[str, list[tuple[str, Any, bool]]] = {
        "category": [
            (one.slug, one.name, one.parent_id is not None) for one in in_tree_order(categories)
        ],
        "level": [(value, label, False) for value, label in CoursePage.Level.choices],
        "duration": [(value, DURATIONS[value][0], False) for value in DURATIONS],
        "price": [(value, label, False) for value, label in PRICES.items()],
        "language": [
            (code, language_name(code), False) for code in sorted(counts.values["language"])
        ],
        "tag": [
            (slug, tags.get(slug, slug), False)
            for slug in _popular(counts.values["tag"], query.tag)
        ],
    }
    facets = [
        Facet(
            name=name,
            title=TITLES[name],
            options=[
                _option(query, name, value, label, counts.values[name].get(value, 0), is_child)
                for value, label, is_child in labels[name]
                if counts.values[name].get(value) or value in getattr(query, name)
            ],
        )
        for name in FACETS
    ]
    return [facet for facet in facets if len(facet.options) > 1 or facet.is_on]


def in_tree_order(categories: list[Category]) -> list[Category]:
    """Return each category followed by those that lie in it."""
    tops = [one for one in categories if one.parent_id is None]
    return [
        one
        for top in tops
        for one in (top, *(child for child in categories if child.parent_id == top.pk))
    ]


def language_name(code: str) -> str:
    """Return the name of a language in that language."""
    return LANG_INFO[code]["name_local"].capitalize() if code in LANG_INFO else code


def _option(
    query: CatalogQuery, name: str, value: str, label: Any, count: int, is_child: bool
) -> Option:
    return Option(
        value=value,
        label=label,
        count=count,
        is_on=value in getattr(query, name),
        url=query.toggled(name, value).url,
        is_child=is_child,
    )


def _any(parts: Iterable[Q]) -> Q:
    joined = Q()
    for condition in parts:
        joined |= condition
    return joined


def _costs(name: str) -> Q:
    return Q(price=0) if name == "free" else Q(price__gt=0)


def _lasts(name: str) -> Q:
    _label, shortest, limit = DURATIONS[name]
    long_enough = Q(stats__minutes__gt=0) if shortest == 0 else Q(stats__minutes__gte=shortest)
    return long_enough & Q(stats__minutes__lt=limit) if limit else long_enough


def _summed(rows: list[dict[str, Any]], key: str, count: str) -> dict[Any, int]:
    sums: dict[Any, int] = {}
    for row in rows:
        sums[row[key]] = sums.get(row[key], 0) + row[count]
    return {value: number for value, number in sums.items() if number}


def _with_parents(counts: dict[Any, int], categories: list[Category]) -> dict[str, int]:
    """A category counts its own courses and those of the categories in it."""
    slugs = {one.pk: one.slug for one in categories}
    by_slug: dict[str, int] = {}
    for one in categories:
        for place in [one.slug, *([slugs[one.parent_id]] if one.parent_id else [])]:
            by_slug[place] = by_slug.get(place, 0) + counts.get(one.pk, 0)
    return by_slug


def _count_tags(courses: CoursePageQuerySet) -> list[tuple[str, str, int]]:
    tagged = CoursePageTag.objects.filter(content_object__in=courses.order_by().values("pk"))
    counted = tagged.values_list("tag__slug", "tag__name").annotate(n=Count("pk"))
    return list(counted.order_by("-n", "tag__slug")[: 4 * MAX_TAGS])


def _popular(counts: dict[str, int], chosen: tuple[str, ...]) -> list[str]:
    first = sorted(counts, key=lambda slug: (-counts[slug], slug))[:MAX_TAGS]
    return sorted({*first, *chosen}, key=lambda slug: (-counts.get(slug, 0), slug))


def chip_label(name: str, label: Any) -> str:
    """Return what a chip says."""
    return gettext("%(facet)s: %(value)s") % {"facet": TITLES[name], "value": label}
