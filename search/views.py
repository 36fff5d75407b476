"""Search over the whole portal, and suggestions while typing."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from search.selectors import find_pages
from search.suggest import suggestions


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show what the visitor may find."""
    return render(request, "search/search.html", {"results": find_pages(request)})


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """Return a list of links, or JSON when that is asked for."""
    text, found = suggestions(request)
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        response: HttpResponse = JsonResponse(
            {"query": text, "suggestions": [suggested.as_dict() for suggested in found]}
        )
    else:
        response = render(request, "search/_suggestions.html", {"text": text, "suggestions": found})
    patch_vary_headers(response, ["Accept"])
    return response
