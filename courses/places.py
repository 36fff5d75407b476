"""The place of a unit in its course, for clients of the API."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from rest_framework.fields import Field
from wagtail.models import Page

# A unit lies in a module, a module in a course.
STEPS_TO_COURSE = 2


class PlaceField(Field):
    """Counts the published units of a course in order, from 1; one query for each course."""

    def __init__(self, **kwargs: Any) -> None:
        # The source is the whole unit, not an attribute of the name.
        kwargs |= {"read_only": True, "source": "*"}
        super().__init__(**kwargs)

    def to_representation(self, unit: Page) -> int | None:
        places: dict[str, dict[int, int]] = self.context.setdefault("places_of_units", {})
        course_path = unit.path[: -STEPS_TO_COURSE * unit.steplen]
        if course_path not in places:
            places[course_path] = places_of_units(course_path)
        return places[course_path].get(unit.pk)


def places_of_units(course_path: str) -> dict[int, int]:
    """Return the places of a course's published units by their keys: as `course_outline` counts."""
    depth = len(course_path) // Page.steplen
    rows = (
        Page.objects.live()
        .filter(path__startswith=course_path, depth__in=[depth + 1, depth + STEPS_TO_COURSE])
        .order_by("path")
        .values_list("pk", "path", "content_type_id")
    )
    # Campaign pages of a course have children too, but those are no units.
    module_type = ContentType.objects.get_by_natural_key("courses", "modulepage").pk
    modules = {path for _pk, path, content_type in rows if content_type == module_type}
    units = [pk for pk, path, _type in rows if path[: -Page.steplen] in modules]
    return {pk: place for place, pk in enumerate(units, start=1)}
