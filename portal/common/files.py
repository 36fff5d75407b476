"""Handing out files from private storage."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import BinaryIO

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.views.static import serve

# More digits than any file needs would only cost time.
RANGE = re.compile(r"^bytes=(\d{0,18})-(\d{0,18})$", re.ASCII)
CHUNK = 64 * 1024
# The answer to a range that begins behind the end of the file.
UNSATISFIABLE = (-1, -1)


def private_file_response(
    request: HttpRequest,
    file: BinaryIO,
    *,
    name: str,
    content_type: str,
    size: int,
    inline: bool = False,
) -> HttpResponseBase:
    """Answer with a private file: never stored by a cache, never run as a page, a byte range where
    one is asked for.

    Ranges follow RFC 9110: one range per request is honored, a malformed one is ignored, one
    beyond the end is 416.
    """
    wanted = _requested_range(request.headers.get("Range", ""), size)
    if wanted == UNSATISFIABLE:
        response: HttpResponseBase = HttpResponse(
            status=416, headers={"Content-Range": f"bytes */{size}"}
        )
        file.close()
        return _harden(response)
    if wanted is None:
        response = FileResponse(file, content_type=content_type)
        response["Content-Length"] = str(size)
    else:
        start, end = wanted
        response = StreamingHttpResponse(
            _read_range(file, start, end), status=206, content_type=content_type
        )
        response["Content-Range"] = f"bytes {start}-{end}/{size}"
        response["Content-Length"] = str(end - start + 1)
    response["Accept-Ranges"] = "bytes"
    response["Content-Disposition"] = content_disposition_header(not inline, name) or "inline"
    return _harden(response)


def serve_media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Serve public pictures. They may be kept by caches: a changed picture gets a new name."""
    response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    response["X-Content-Type-Options"] = "nosniff"
    if PurePosixPath(path).suffix.lower() not in {
        ".avif",
        ".gif",
        ".jpg",
        ".jpeg",
        ".png",
        ".webp",
    }:
        response["Content-Disposition"] = "attachment"
    return response


def _harden(response: HttpResponseBase) -> HttpResponseBase:
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _requested_range(header: str, size: int) -> tuple[int, int] | None:
    match = RANGE.match(header.strip())
    if not match or match.groups() == ("", ""):
        return None
    first, last = match.groups()
    if not first:
        start, end = max(size - int(last), 0), size - 1
        if int(last) == 0:
            return UNSATISFIABLE
    else:
        start, end = int(first), min(int(last), size - 1) if last else size - 1
        if last and int(last) < start:
            return None
    return UNSATISFIABLE if start >= size else (start, end)


def _read_range(file: BinaryIO, start: int, end: int) -> Iterator[bytes]:
    with file:
        file.seek(start)
        left = end - start + 1
        while left > 0:
            chunk = file.read(min(CHUNK, left))
            if not chunk:
                return
            left -= len(chunk)
            yield chunk
