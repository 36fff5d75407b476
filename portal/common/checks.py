"""System checks: mistakes that tests of single features would not see."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register


@register(Tags.security, deploy=True)
def check_services(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """In production, several processes must see each other's events and tasks."""
    problems: list[CheckMessage] = []
    if not settings.REDIS_URL:
        problems.append(
            Warning(
                "REDIS_URL is not set: channel layer, cache and tasks live inside one process.",
                hint="Set REDIS_URL when more than one process serves the portal.",
                id="portal.W001",
            )
        )
    if settings.IS_SQLITE:
        problems.append(
            Warning(
                "The portal runs on SQLite.",
                hint="Set DATABASE_URL to PostgreSQL for more than a classroom.",
                id="portal.W002",
            )
        )
    return problems


@register()
def check_page_types(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Each page type says where it may live, and units show no gated field to headless clients."""
    from wagtail.models import Page

    problems: list[CheckMessage] = []
    for model in apps.get_models():
        if not issubclass(model, Page) or model._meta.app_label.startswith("wagtail"):
            continue
        if "parent_page_types" not in vars(model):
            problems.append(
                Error(
                    f"{model.__name__} does not declare parent_page_types.",
                    obj=model,
                    id="portal.E001",
                )
            )
        gated = set(getattr(model, "gated_fields", ()))
        shown = {getattr(field, "name", field) for field in getattr(model, "api_fields", ())}
        if gated & shown:
            problems.append(
                Error(
                    f"{model.__name__} shows gated fields in api_fields: {sorted(gated & shown)}.",
                    obj=model,
                    id="portal.E002",
                )
            )
    return problems


@register()
def check_search_app(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """`modelsearch` beside `wagtail.search` makes every index task fail, silently."""
    if "modelsearch" in settings.INSTALLED_APPS:
        return [
            Error(
                "Remove `modelsearch` from INSTALLED_APPS: wagtail.search replaces it.",
                id="portal.E003",
            )
        ]
    return []


@register()
def check_site_address(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Addresses in mails must lead to a host that the portal answers for."""
    host = settings.FRONTEND_HOST
    if host in settings.ALLOWED_HOSTS or "*" in settings.ALLOWED_HOSTS:
        return []
    return [Error(f"FRONTEND_URL names {host}, which is not in ALLOWED_HOSTS.", id="portal.E004")]
