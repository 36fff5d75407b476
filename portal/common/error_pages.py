"""What people see when something is not there, not allowed, or broken. API clients get problem
documents.
"""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views import defaults

from portal.common.rest.exceptions import json_problem

API_PREFIX = "/api/"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    if request.path.startswith(API_PREFIX):
        return json_problem(
            request, 400, code="bad_request", detail="The request cannot be understood."
        )
    return defaults.bad_request(request, exception)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    if request.path.startswith(API_PREFIX):
        return json_problem(request, 403, code="permission_denied", detail="You may not do this.")
    return defaults.permission_denied(request, exception)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    if request.path.startswith(API_PREFIX):
        return json_problem(
            request, 404, code="not_found", detail="There is nothing at this address."
        )
    return defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponseBase:
    if request.path.startswith(API_PREFIX):
        return json_problem(
            request, 500, code="server_error", detail="Something broke. It has been written down."
        )
    return defaults.server_error(request)
