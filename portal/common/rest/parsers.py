"""Reading request bodies without surprises."""

from __future__ import annotations

import json
import re
from typing import IO, Any

from django.conf import settings
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import JSONParser

MAX_DEPTH = 32
STRING = re.compile(rb'"(?:[^"\\]|\\.)*"')
BRACKET = re.compile(rb"[\[\]{}]")
# After an even number of backslashes: after an odd one it is text about NUL.
NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")


class PayloadTooLarge(APIException):
    status_code = 413
    default_code = "payload_too_large"
    default_detail = "The request is larger than this address accepts."


class StrictJSONParser(JSONParser):
    """Parse JSON as RFC 8259 means it: no NaN, no lone surrogates, no NUL in strings, no bottomless
    nesting.
    """

    def parse(
        self, stream: IO[bytes], media_type: str | None = None, parser_context: Any = None
    ) -> Any:
        body = stream.read(settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
        if len(body) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise PayloadTooLarge
        _refuse_deep_nesting(body)
        try:
            data = json.loads(body.decode("utf-8"), parse_constant=_refuse_constant)
            # Lone surrogates cannot be encoded, and 1e999 is infinite.
            json.dumps(data, ensure_ascii=False, allow_nan=False).encode("utf-8")
        except (ValueError, RecursionError) as error:
            raise ParseError(f"The body is not valid JSON: {str(error)[:120]}") from error
        if NUL.search(body):
            raise ParseError("The body holds a NUL character.")
        return data


def _refuse_deep_nesting(body: bytes) -> None:
    """Count brackets before parsing: deep nesting would exhaust the parser's stack.

    Strings are cut out first, so that brackets inside them do not count.
    """
    if body.count(b"[") + body.count(b"{") <= MAX_DEPTH:
        return
    depth = 0
    for bracket in BRACKET.findall(STRING.sub(b"", body)):
        depth += 1 if bracket in b"[{" else -1
        if depth > MAX_DEPTH:
            raise ParseError("The body is nested too deeply.")


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not a JSON number")
