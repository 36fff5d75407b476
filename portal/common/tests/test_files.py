"""Private files: whole and in byte ranges, as RFC 9110 says, never kept by a cache."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.test import RequestFactory

from portal.common.files import private_file_response

CONTENT = b"0123456789"


def answer(header: str = "", *, content: bytes = CONTENT, **options: Any) -> Any:
    request = RequestFactory().get("/", **({"HTTP_RANGE": header} if header else {}))
    return private_file_response(
        request,
        BytesIO(content),
        name=options.pop("name", "plan.pdf"),
        content_type="application/pdf",
        size=len(content),
        **options,
    )


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content)


class TestWhole:
    def test_it_may_not_be_kept_or_guessed(self) -> None:
        response = answer()

        assert (response.status_code, body(response)) == (200, CONTENT)
        assert response["Content-Length"] == "10"
        assert response["Accept-Ranges"] == "bytes"
        assert response["Cache-Control"] == "private, no-store"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Disposition"] == 'attachment; filename="plan.pdf"'

    def test_inline_where_it_is_asked_for(self) -> None:
        assert answer(inline=True)["Content-Disposition"].startswith("inline")

    def test_no_name_can_add_a_header(self) -> None:
        disposition = answer(name='a"\r\nSet-Cookie: x=1.pdf')["Content-Disposition"]

        assert "\r" not in disposition
        assert "\n" not in disposition


class TestRanges:
    @pytest.mark.parametrize(
        ("header", "part", "content_range"),
        [
            ("bytes=0-3", b"0123", "bytes 0-3/10"),
            ("bytes=0-0", b"0", "bytes 0-0/10"),
            ("bytes=7-", b"789", "bytes 7-9/10"),
            ("bytes=7-999", b"789", "bytes 7-9/10"),
            ("bytes=-2", b"89", "bytes 8-9/10"),
            ("bytes=-999", CONTENT, "bytes 0-9/10"),
            (" bytes=1-2 ", b"12", "bytes 1-2/10"),
        ],
    )
    def test_a_part(self, header: str, part: bytes, content_range: str) -> None:
        response = answer(header)

        assert (response.status_code, body(response)) == (206, part)
        assert response["Content-Range"] == content_range
        assert response["Content-Length"] == str(len(part))
        assert response["Cache-Control"] == "private, no-store"

    @pytest.mark.parametrize(
        "header",
        ["bytes=", "bytes=-", "bytes=a-b", "bytes=5-2", "lines=0-3", "bytes=0-1,3-4", "0-3",
         "bytes=--1", f"bytes={'9' * 5000}-", "bytes=٣-", "\x00"],
    )  # fmt: skip
    def test_a_malformed_one_is_ignored(self, header: str) -> None:
        response = answer(header)

        assert (response.status_code, body(response)) == (200, CONTENT)

    @pytest.mark.parametrize("header", ["bytes=10-", "bytes=10-12", "bytes=999-", "bytes=-0"])
    def test_one_behind_the_end_is_416(self, header: str) -> None:
        response = answer(header)

        assert response.status_code == 416
        assert response["Content-Range"] == "bytes */10"
        assert response["Cache-Control"] == "private, no-store"

    def test_an_empty_file_has_no_range(self) -> None:
        assert answer("bytes=0-", content=b"").status_code == 416
        assert answer("bytes=-5", content=b"").status_code == 416
        assert answer(content=b"").status_code == 200
