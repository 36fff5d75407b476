"""Settings of the test suite: the same portal with a fast password hasher and a database file of
its own.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

os.environ.setdefault("SECRET_KEY", "test-only-" + "k" * 50)
_scratch = tempfile.mkdtemp(prefix="portal-test-")
os.environ["DATA_DIR"] = _scratch
os.environ["DEBUG"] = "False"
os.environ["FRONTEND_URL"] = "http://testserver"
os.environ.setdefault("ALLOWED_HOSTS", "*")

_worker = os.environ.get("PYTEST_XDIST_WORKER", "")
if os.environ.get("REDIS_URL") and _worker:
    # Each process clears the cache between tests, so each has a Redis database of its own.
    _address, _, _number = os.environ["REDIS_URL"].rpartition("/")
    os.environ["REDIS_URL"] = f"{_address}/{int(_number) + 1 + int(_worker.removeprefix('gw'))}"

from portal.settings import *  # noqa: E402, F403  the portal's own settings, then what tests need otherwise
from portal.settings import DATABASES, IS_SQLITE, STORAGES  # noqa: E402

if IS_SQLITE:
    # A file, not memory: threads and the live server need their own connections.
    DATABASES["default"]["TEST"] = {"NAME": str(Path(_scratch) / "test.sqlite3")}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
# Each test queues what it wants to see; the services suite still talks to the real broker through
# its own fixtures.
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
