"""Request bodies: what is no JSON, or more than we take, is refused in words and never a 500."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import pytest
from rest_framework.exceptions import ParseError

from portal.common.rest.parsers import MAX_DEPTH, PayloadTooLarge, StrictJSONParser

MIB = 1024 * 1024


def parse(body: bytes) -> Any:
    return StrictJSONParser().parse(BytesIO(body))


class TestStrictJSONParser:
    @pytest.mark.parametrize(
        "value",
        [{"a": [1, 2.5, None, True, "ä🐍"]}, [], "text", 0, {"brackets": "[{" * 500}, "\\u0000",
         "\\\\u0000", '"[' * 50],
    )  # fmt: skip
    def test_it_reads_json(self, value: Any) -> None:
        assert parse(json.dumps(value).encode()) == value

    @pytest.mark.parametrize("depth", [MAX_DEPTH + 1, 5_000, 1_000_000])
    @pytest.mark.parametrize("bracket", ["[", '{"a":'])
    def test_it_refuses_deep_nesting(self, depth: int, bracket: str) -> None:
        closing = "]" if bracket == "[" else "}"
        with pytest.raises(ParseError):
            parse(f"{bracket * depth}1{closing * depth}".encode()[: 5 * MIB])

    def test_it_takes_as_much_nesting_as_it_says(self) -> None:
        assert parse(b"[" * MAX_DEPTH + b"]" * MAX_DEPTH)

    @pytest.mark.parametrize(
        "body",
        [b"NaN", b"[Infinity]", b"[-Infinity]", b'{"a": 1e999}', b"[-1e999]", rb'"\u0000"',
         rb'"\\\u0000"', b'"\x00"', rb'"\ud800"', rb'{"\udfff": 1}', b"\xff\xfe", b"", b"{", b"{'a': 1}",
         b"[1,]", b"]" * 100 + b"[" * 100, b"9" * 5000, b'"' + b"\\" * 99],
    )  # fmt: skip
    def test_it_refuses_what_is_no_json(self, body: bytes) -> None:
        with pytest.raises(ParseError):
            parse(body)

    def test_it_refuses_more_than_the_limit(self) -> None:
        with pytest.raises(PayloadTooLarge):
            parse(b'"' + b"a" * (6 * MIB) + b'"')

    def test_a_long_text_below_the_limit_is_read(self) -> None:
        assert len(parse(b'"' + b"a" * (4 * MIB) + b'"')) == 4 * MIB
