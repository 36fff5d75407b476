"""Tags that bring a learner's state into pages.

They query; what a request has loaded once is not loaded again.
"""

from __future__ import annotations

from typing import Any

from django import template
from django.http import HttpRequest

from courses.models import CoursePage, UnitPage
from learning.access import Standing
from learning.call_to_action import call_to_action
from learning.progress.player import outline_states, player_for

register = template.Library()


@register.simple_tag(takes_context=True)
def use_player(context: template.Context, unit: UnitPage) -> str:
    """Put into the context what `base_player.html` reads, for a unit and the person who looks at
    it.

    Write it first in the blocks `header`, `main` and `footer`, before `block.super`. Works in
    previews too.
    """
    context.update(player_for(context["request"], unit).context())
    return ""


@register.inclusion_tag("learning/_enrollment_panel.html", takes_context=True)
def enrollment_panel(context: template.Context, course: CoursePage) -> dict[str, Any]:
    """Render the course page's call to action for this visitor."""
    request = context["request"]
    panel = call_to_action(standing_of(request, course))
    # A visitor without an account gets a page that is the same for all such visitors: no token in
    # it.
    token = context.get("csrf_token") if request.user.is_authenticated else None
    return {"panel": panel, "course": course, "request": request, "csrf_token": token}


@register.inclusion_tag("learning/_course_outline.html", takes_context=True)
def course_outline_for(context: template.Context, course: CoursePage) -> dict[str, Any]:
    """Render the outline of a course with states and locks for this visitor."""
    standing = standing_of(context["request"], course)
    return {
        "modules": outline_states(standing),
        "course": course,
        "counts": standing.open_enrollment is not None,
    }


def standing_of(request: HttpRequest, course: CoursePage) -> Standing:
    """Return how the request's person stands to a course, loaded once per request."""
    standing = getattr(request, "standing", None)
    if standing is None or standing.course.pk != course.pk or standing.user != request.user:
        standing = Standing(request.user, course)
        request.standing = standing  # type: ignore[attr-defined]
    return standing
