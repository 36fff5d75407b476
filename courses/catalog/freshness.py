"""What the catalogue keeps in the cache is forgotten as soon as a course changes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any, TypeVar

from django.core.cache import cache
from django.utils.crypto import get_random_string

VERSION_KEY = "catalog:version"

T = TypeVar("T")


def versioned(name: str) -> str:
    """Return the cache key of something that holds until the catalogue changes."""
    version = cache.get(VERSION_KEY)
    if version is None:
        version = get_random_string(8)
        cache.add(VERSION_KEY, version, timeout=None)
        version = cache.get(VERSION_KEY, version)
    return f"catalog:{version}:{name}"


def remembered(name: str, read: Callable[[], T], seconds: int) -> T:
    """Return what `read` gives, from the cache as long as it holds."""
    # Names hold what visitors ask for, of any length: a digest is a sound key for every cache.
    key = versioned(hashlib.sha256(name.encode()).hexdigest())
    value: Any = cache.get_or_set(key, read, seconds)
    return value


def forget_catalog() -> None:
    """Start anew: counts and words are read again at the next request."""
    cache.set(VERSION_KEY, get_random_string(8), timeout=None)
