"""Identifiers of our own rows."""

from __future__ import annotations

import uuid

import uuid_utils.compat


def new_id() -> uuid.UUID:
    """Return a new time-ordered UUID (version 7, RFC 9562), so that new rows go to the end of an
    index.
    """
    return uuid_utils.compat.uuid7()
