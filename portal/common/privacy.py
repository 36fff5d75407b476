"""Nothing that belongs to one person may be kept by a cache."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class PrivateByDefaultMiddleware:
    """Mark every answer to a signed-in person `private, no-store`, unless the view has said
    otherwise.

    Answers to visitors without a session keep what the view says; without a word of the view
    they are not stored either.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            if request.user.is_authenticated:
                patch_cache_control(response, private=True, no_store=True)
            else:
                patch_cache_control(response, private=True, no_cache=True)
        return response
