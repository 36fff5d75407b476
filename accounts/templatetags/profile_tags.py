"""What pages of accounts show, ours and allauth's alike. None of it queries."""

from __future__ import annotations

from typing import Any

from django import template

from accounts.browsers import browser_name as name_of
from accounts.tabs import profile_tabs as tabs_of

register = template.Library()


@register.simple_tag(takes_context=True)
def profile_tabs(context: dict[str, Any], current: str) -> list[dict[str, Any]]:
    """Return the tabs of whoever is signed in."""
    return tabs_of(context["request"].user, current)


@register.filter
def browser_name(user_agent: str) -> str:
    """Return what people call the browser with this User-Agent."""
    return name_of(user_agent)
