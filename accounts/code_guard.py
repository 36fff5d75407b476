"""A limit on guessing codes that neither starting again nor another browser resets."""

from __future__ import annotations

import hashlib

from django.core.cache import cache

TRIES = 5
WINDOW = 10 * 60


def may_try_code(purpose: str, email: str) -> bool:
    """Count one try for this mailbox and say whether it is still among the five of ten minutes.

    Each code also carries its own count of tries in the session, so that the limit of a single code
    holds without a cache.
    """
    key = _key(purpose, email)
    if cache.add(key, 1, WINDOW):
        return True
    try:
        tries = cache.incr(key)
    except ValueError:  # ended between the two calls
        return True
    return tries is None or tries <= TRIES


def forget_tries(purpose: str, email: str) -> None:
    """A right code ends the count."""
    cache.delete(_key(purpose, email))


def _key(purpose: str, email: str) -> str:
    digest = hashlib.sha256(email.strip().lower().encode()).hexdigest()
    return f"accounts:code:{purpose}:{digest}"
