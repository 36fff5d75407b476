"""The tabs of the profile, for pages of ours and of allauth alike. No query."""

from __future__ import annotations

from typing import Any

from django import template

from accounts.tabs import profile_tabs as tabs_of

register = template.Library()


@register.simple_tag(takes_context=True)
def profile_tabs(context: dict[str, Any], current: str) -> list[dict[str, Any]]:
    """Return the tabs of whoever is signed in."""
    return tabs_of(context["request"].user, current)
