from __future__ import annotations

from django.apps import AppConfig


class BlogConfig(AppConfig):
    """Articles, their authors and their feed."""

    name = "blog"
