"""Is the process alive, and can it do its work?"""

from __future__ import annotations

import logging

from django.conf import settings
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

log = logging.getLogger(__name__)

PROBE = "readyz/probe"


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """The process answers. Touches nothing else, so that a slow database does not get the process
    killed.
    """
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """The process can serve people: the database answers and private files can be written.

    A cache that is away is reported and does not make the portal unready: it loses speed, not
    function.
    """
    checks = {"database": _database_answers(), "storage": _storage_takes_files()}
    ready = all(checks.values())
    body = {"status": "ok" if ready else "unavailable", **checks, "cache": _cache_answers()}
    return JsonResponse(body, status=200 if ready else 503)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        log.exception("database does not answer")
        return False
    return True


def _storage_takes_files() -> bool:
    """Write one byte and take it away again.

    The storage gives each probe a name of its own, so several processes can ask at once.
    """
    storage = storages["private"]
    try:
        storage.delete(storage.save(PROBE, ContentFile(b"1")))
    except Exception:  # what is raised depends on the storage: a disk, S3, anything
        log.exception("private storage takes no files")
        return False
    return True


def _cache_answers() -> bool:
    cache.set("readyz", "1", timeout=5)
    return cache.get("readyz") == "1" or not settings.REDIS_URL
