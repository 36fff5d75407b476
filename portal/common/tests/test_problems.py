"""Errors of the API: one shape, the right status, nothing kept by a cache."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.exceptions import ValidationError as DjangoValidationError
from django.http import Http404
from rest_framework import exceptions

from portal.common.errors import DomainError
from portal.common.rest.exceptions import PROBLEM_JSON, problem_handler
from portal.common.rest.parsers import PayloadTooLarge


class SeatsGone(DomainError):
    code = "seats_gone"
    message = "All seats are taken."


def handle(error: Exception) -> Any:
    return problem_handler(error, {"request": None, "view": None})


class TestProblemHandler:
    @pytest.mark.parametrize(
        ("error", "status", "code"),
        [
            (SeatsGone(), 409, "seats_gone"),
            (Http404(), 404, "not_found"),
            (PermissionDenied(), 403, "permission_denied"),
            (exceptions.NotAuthenticated(), 401, "not_authenticated"),
            (exceptions.MethodNotAllowed("PUT"), 405, "method_not_allowed"),
            (exceptions.UnsupportedMediaType("text/x"), 415, "unsupported_media_type"),
            (exceptions.ParseError("Broken"), 400, "parse_error"),
            (PayloadTooLarge(), 413, "payload_too_large"),
            (exceptions.ValidationError({"a": ["Bad."]}), 400, "invalid"),
            (DjangoValidationError("Bad."), 400, "invalid"),
        ],
        ids=lambda value: type(value).__name__ if isinstance(value, Exception) else None,
    )
    def test_status_and_code(self, error: Exception, status: int, code: str) -> None:
        response = handle(error)

        assert (response.status_code, response.data["status"], response.data["code"]) == (
            status,
            status,
            code,
        )
        assert set(response.data) >= {"type", "title", "status", "detail", "code"}
        assert response.content_type == PROBLEM_JSON
        assert response["Cache-Control"] == "private, no-store"

    def test_a_domain_error_may_say_more(self) -> None:
        data = handle(SeatsGone("Sorry.", seats=0)).data

        assert (data["detail"], data["seats"]) == ("Sorry.", 0)

    def test_fields_of_nested_input_are_named_by_their_path(self) -> None:
        error = exceptions.ValidationError(
            {"lines": [{}, {"price": ["Too low."]}], "name": ["Missing.", "Empty."]}
        )

        assert handle(error).data["errors"] == {
            "lines.1.price": ["Too low."],
            "name": ["Missing.", "Empty."],
        }

    def test_errors_of_models_keep_their_fields(self) -> None:
        error = DjangoValidationError({"title": ["Too long."]})

        assert handle(error).data["errors"] == {"title": ["Too long."]}

    def test_who_is_too_fast_is_told_when_to_come_back(self) -> None:
        response = handle(exceptions.Throttled(wait=2.2))

        assert (response.status_code, response["Retry-After"]) == (429, "3")

    def test_what_is_unknown_stays_unknown(self) -> None:
        assert handle(RuntimeError("bug")) is None
