"""The catalogue in pieces: what is swapped when a visitor narrows it without leaving the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

FRAME = "courses/_catalog_frame.html"


def serve_catalog(request: HttpRequest, serve: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """Answer htmx with the results alone, and put the tidy address into the address bar."""
    htmx: Any = getattr(request, "htmx", None)
    is_partial = bool(htmx) and not htmx.history_restore_request
    if is_partial:
        request.page_frame = FRAME  # read by the template's `extends`
    response = serve()
    patch_vary_headers(response, ["HX-Request"])
    results = (getattr(response, "context_data", None) or {}).get("results")
    if is_partial and results:
        parameters = results.query.urlencode(page=True)
        response["HX-Push-Url"] = f"{request.path}?{parameters}" if parameters else request.path
    return response
