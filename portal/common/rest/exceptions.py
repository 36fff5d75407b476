"""One shape for every error of the API: RFC 9457, `application/problem+json`."""

from __future__ import annotations

import math
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.exceptions import ValidationError as DjangoValidationError
from django.http import Http404, HttpRequest, JsonResponse
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler, set_rollback

from portal.common.errors import DomainError

PROBLEM_JSON = "application/problem+json"


def problem(
    status: int,
    *,
    code: str,
    detail: str = "",
    errors: dict[str, list[str]] | None = None,
    extra: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """Return the body of an error answer."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "code": code,
    }
    if errors:
        body["errors"] = errors
    return body | (extra or {})


def problem_handler(exc: Exception, context: dict[str, Any]) -> Response | None:
    """Turn an exception of a view into a problem document; unknown exceptions stay unknown (and are
    logged as such).
    """
    if isinstance(exc, DomainError):
        set_rollback()
        return _respond(
            problem(exc.status, code=exc.code, detail=str(exc.message), extra=exc.extra)
        )
    if isinstance(exc, DjangoValidationError):
        exc = exceptions.ValidationError(_django_errors(exc))
    elif isinstance(exc, Http404):
        exc = exceptions.NotFound()
    elif isinstance(exc, PermissionDenied):
        exc = exceptions.PermissionDenied()
    response = exception_handler(exc, context)
    if response is None or not isinstance(exc, exceptions.APIException):
        return None
    headers = {name: value for name, value in response.items() if name.lower() != "content-type"}
    if isinstance(exc, exceptions.Throttled) and exc.wait is not None:
        headers["Retry-After"] = str(math.ceil(exc.wait))
    return _respond(_from_api_exception(exc), headers)


def json_problem(request: HttpRequest, status: int, *, code: str, detail: str = "") -> JsonResponse:
    """Answer with a problem document outside of REST framework's views."""
    return JsonResponse(
        problem(status, code=code, detail=detail), status=status, content_type=PROBLEM_JSON
    )


def _respond(body: dict[str, Any], headers: dict[str, str] | None = None) -> Response:
    response = Response(body, status=body["status"], headers=headers, content_type=PROBLEM_JSON)
    response["Cache-Control"] = "private, no-store"
    return response


def _from_api_exception(exc: exceptions.APIException) -> dict[str, Any]:
    if isinstance(exc, exceptions.ValidationError):
        errors = _flatten(exc.detail)
        return problem(
            exc.status_code, code="invalid", detail="Some fields are not valid.", errors=errors
        )
    detail_code = getattr(exc.detail, "code", None)
    code = str(detail_code or exc.default_code)
    return problem(exc.status_code, code=code, detail=str(exc.detail))


def _django_errors(exc: DjangoValidationError) -> dict[str, list[str]] | list[str]:
    return exc.message_dict if hasattr(exc, "error_dict") else exc.messages


def _flatten(detail: Any, prefix: str = "") -> dict[str, list[str]]:
    """Return field paths ("lines.0.price") with their messages."""
    if isinstance(detail, dict):
        found: dict[str, list[str]] = {}
        for name, value in detail.items():
            found |= _flatten(value, f"{prefix}.{name}" if prefix else str(name))
        return found
    if isinstance(detail, list) and any(isinstance(item, dict | list) for item in detail):
        found = {}
        for index, value in enumerate(detail):
            found |= _flatten(value, f"{prefix}.{index}" if prefix else str(index))
        return found
    messages = detail if isinstance(detail, list) else [detail]
    return {prefix or "non_field_errors": [str(message) for message in messages]}
