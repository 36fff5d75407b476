"""Helpers for the tests of accounts: codes from mails, pictures, forms."""

from __future__ import annotations

import io
import re
from typing import Any

from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from tests.factories import PASSWORD

NEW_PASSWORD = "another-long-passphrase"
CODE = re.compile(r"^\s{4}([A-Z0-9-]{6,12})\s*$", re.MULTILINE)


def registration(**changes: Any) -> dict[str, Any]:
    """Return the fields of a good registration."""
    return {
        "role": "student",
        "first_name": "Mira",
        "last_name": "Novak",
        "email": "mira@example.org",
        "password1": PASSWORD,
        "timezone": "Europe/Ljubljana",
    } | changes


def mailed_code() -> str:
    """Return the code in the newest mail."""
    found = CODE.search(mail.outbox[-1].body)
    assert found, mail.outbox[-1].body
    return found.group(1)


def wrong_code() -> str:
    return "XXXX-XXXX" if mailed_code() != "XXXX-XXXX" else "ZZZZ-ZZZZ"


def log_in(client: Client, email: str, password: str = PASSWORD, **query: str) -> Any:
    return client.post("/auth/login/", {"login": email, "password": password, **query})


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def picture(
    kind: str = "PNG", *, size: tuple[int, int] = (64, 40), name: str = "", **save: Any
) -> SimpleUploadedFile:
    """Return an upload with a picture of that kind."""
    file = io.BytesIO()
    Image.new("RGB", size, "teal").save(file, kind, **save)
    return SimpleUploadedFile(name or f"me.{kind.lower()}", file.getvalue())
