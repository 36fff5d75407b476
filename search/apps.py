from __future__ import annotations

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Search over everything a person may find."""

    name = "search"
