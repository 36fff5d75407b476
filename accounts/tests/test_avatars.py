from __future__ import annotations

import io
import struct
import zlib
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts.avatars import MAX_BYTES, square_avatar
from accounts.errors import BadPicture
from accounts.tests.people import picture

PAYLOAD = b"<script>alert('avatar')</script>"


def opened(file: Any) -> Image.Image:
    return Image.open(io.BytesIO(file.read()))


def png_header_only(width: int, height: int) -> bytes:
    """A tiny file that claims to be huge."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 100))
        + chunk(b"IEND", b"")
    )


class TestSquareAvatar:
    @pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
    def test_it_draws_a_square_webp(self, kind: str) -> None:
        drawn = square_avatar(picture(kind, size=(900, 300)))
        image = opened(drawn)

        assert drawn.name == "photo.webp"
        assert (image.format, image.size) == ("WEBP", (512, 512))

    def test_it_turns_the_picture_as_its_camera_says_and_forgets_where_it_was_taken(self) -> None:
        exif = Image.Exif()
        exif[0x0112] = 6
        exif[0x010F] = "SecretCam"
        image = opened(square_avatar(picture("JPEG", size=(80, 40), exif=exif.tobytes())))

        assert not image.getexif()
        assert b"SecretCam" not in image.tobytes()

    @pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
    def test_nothing_that_trails_a_picture_survives(self, kind: str) -> None:
        upload = picture(kind)
        polyglot = SimpleUploadedFile("me.html", upload.read() + PAYLOAD, content_type="text/html")

        assert PAYLOAD not in square_avatar(polyglot).read()

    @pytest.mark.parametrize(
        "content",
        [
            b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
            b"<html>" + PAYLOAD + b"</html>",
            b"GIF89a" + b"\0" * 40,
            b"",
            b"\x89PNG\r\n\x1a\n",
            b"\xff\xd8\xff\xe0" + PAYLOAD,
            b"RIFF\0\0\0\0WEBPVP8 ",
            b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
        ],
        ids=["svg", "html", "gif", "empty", "cut-png", "fake-jpeg", "cut-webp", "eps"],
    )
    def test_it_refuses_what_is_no_photo_whatever_its_name(self, content: bytes) -> None:
        with pytest.raises(BadPicture):
            square_avatar(SimpleUploadedFile("me.png", content, content_type="image/png"))

    def test_it_refuses_gif_even_when_it_is_a_good_one(self) -> None:
        with pytest.raises(BadPicture):
            square_avatar(picture("GIF", name="me.png"))

    @pytest.mark.parametrize(("width", "height"), [(5001, 5000), (60000, 60000), (25_000_001, 1)])
    def test_it_refuses_bombs_by_their_header(self, width: int, height: int) -> None:
        with pytest.raises(BadPicture):
            square_avatar(SimpleUploadedFile("me.png", png_header_only(width, height)))

    def test_it_refuses_large_files_unread(self) -> None:
        upload = picture()
        upload.size = MAX_BYTES + 1
        with pytest.raises(BadPicture, match="5 MB"):
            square_avatar(upload)

    def test_it_keeps_transparency(self) -> None:
        file = io.BytesIO()
        Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(file, "PNG")
        assert opened(square_avatar(SimpleUploadedFile("me.png", file.getvalue()))).mode == "RGBA"
