"""Photos of people: whatever is uploaded, only its picture survives."""

from __future__ import annotations

import io
import warnings

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from accounts.errors import BadPicture

FORMATS = ("JPEG", "PNG", "WEBP")
MAX_BYTES = 5 * 1024 * 1024
MAX_PIXELS = 25_000_000
SIDE = 512


def square_avatar(upload: UploadedFile) -> ContentFile:
    """Return the upload's picture, cut to a square and drawn anew as WebP.

    Nothing of the file itself is kept: no metadata, no trailing bytes, no name. The kind is judged
    by the content alone.
    """
    if (upload.size or 0) > MAX_BYTES:
        raise BadPicture(_("This file is too large. Choose a picture of at most 5 MB."))
    picture = _decode(upload)
    square = ImageOps.fit(picture, (SIDE, SIDE), Image.Resampling.LANCZOS)
    drawn = io.BytesIO()
    square.save(drawn, "WEBP", quality=84, method=4)
    return ContentFile(drawn.getvalue(), name="photo.webp")


def _decode(upload: UploadedFile) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture: Image.Image = Image.open(upload, formats=FORMATS)
            # Known from the header, so that a bomb is refused before anything is unpacked.
            if picture.width * picture.height > MAX_PIXELS:
                raise BadPicture(
                    _("This picture is too large. Choose one of at most 25 megapixels.")
                )
            picture.draft("RGB", (2 * SIDE, 2 * SIDE))
            picture = ImageOps.exif_transpose(picture)
            return picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    except BadPicture:
        raise
    # Pillow's decoders raise many kinds of errors on broken input; each means the same here.
    except Exception as error:
        raise BadPicture from error
