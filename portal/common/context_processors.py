"""What every template may count on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

_providers: list[Callable[[HttpRequest], dict[str, Any]]] = []


def register_chrome(provider: Callable[[HttpRequest], dict[str, Any]]) -> None:
    """Let an upper app add to the page's frame (brand, navigation, unread count) without the kernel
    knowing it.
    """
    _providers.append(provider)


def portal(request: HttpRequest) -> dict[str, Any]:
    """Return what the registered providers give for this request. Providers return lazy values
    where they would query.
    """
    context: dict[str, Any] = {}
    for provider in _providers:
        context |= provider(request)
    return context
