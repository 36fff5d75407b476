"""Whole pages kept for visitors without a session.

The outermost middleware answers a visitor who has no session cookie from a stored copy, before
any other middleware runs. A view opts in by marking its response with `storable`; it does so
only where the page is the same for every such visitor. Addresses with parameters are never
stored: there are too many of them. Publishing, moving or unpublishing
anything starts a new generation of copies (see `signal_handlers`).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control
from django.utils.crypto import get_random_string

GENERATION_KEY = "stored-pages:generation"
STORED_SECONDS = 60
LOCAL_SECONDS = 1.0
MAX_LOCAL_COPIES = 256

GetResponse = Callable[[HttpRequest], HttpResponseBase]

# key -> (time of reading, stored copy); saves the round trip to Redis for the busiest pages.
_local: dict[str, tuple[float, Any]] = {}
# The same for the generation: it is asked for by every visitor's request.
_local_generation: tuple[float, str] = (float("-inf"), "")


def storable(response: HttpResponseBase) -> HttpResponseBase:
    """Mark a response as the same for every visitor without a session."""
    response.is_storable = True  # type: ignore[attr-defined]
    return response


def forget_stored_pages() -> None:
    """Start a new generation: no copy stored so far is used again, here at once, in other processes
    within a second.
    """
    global _local_generation
    generation = get_random_string(8)
    cache.set(GENERATION_KEY, generation, timeout=None)
    _local.clear()
    _local_generation = (time.monotonic(), generation)


def current_generation() -> str:
    """Return the name of the present generation, at most a second old.

    Whatever is kept under that name is out of date within a second after anything was published.
    """
    global _local_generation
    now = time.monotonic()
    read_at, generation = _local_generation
    if now - read_at >= LOCAL_SECONDS:
        generation = _read_generation()
        _local_generation = (now, generation)
    return generation


class StoredPagesMiddleware:
    """Answer visitors without a session from stored copies, and store what views have marked."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not _may_be_stored(request):
            return self.get_response(request)
        key = f"{request.META.get('HTTP_HOST', '')}|{request.scheme}|{request.get_full_path()}"
        generation = current_generation()
        stored = _read(key, generation)
        if stored is not None:
            return _rebuild(stored)
        response = self.get_response(request)
        if (
            getattr(response, "is_storable", False)
            and response.status_code == 200
            and not response.cookies
        ):
            # Under the generation of before: after a publish during rendering nobody reads it.
            patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
            copy = (bytes(response.content), dict(response.items()))  # type: ignore[attr-defined]
            cache.set(f"stored-page:{generation}:{key}", copy, timeout=STORED_SECONDS)
        return response


def _may_be_stored(request: HttpRequest) -> bool:
    return (
        request.method == "GET"
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and "messages" not in request.COOKIES
        and "HTTP_HX_REQUEST" not in request.META
        and "HTTP_AUTHORIZATION" not in request.META
        and not request.META.get("QUERY_STRING")
    )


def _read_generation() -> str:
    generation = cache.get(GENERATION_KEY)
    if generation is None:
        generation = get_random_string(8)
        cache.add(GENERATION_KEY, generation, timeout=None)
        generation = cache.get(GENERATION_KEY, generation)
    return generation


def _read(key: str, generation: str) -> Any:
    now = time.monotonic()
    local = _local.get(key)
    if local is not None and now - local[0] < LOCAL_SECONDS:
        return local[1]
    stored = cache.get(f"stored-page:{generation}:{key}")
    if stored is None:
        _local.pop(key, None)
        return None
    if len(_local) >= MAX_LOCAL_COPIES:
        _local.clear()
    _local[key] = (now, stored)
    return stored


def _rebuild(stored: Any) -> HttpResponse:
    content, headers = stored
    response = HttpResponse(content)
    for name, value in headers.items():
        response[name] = value
    return response
