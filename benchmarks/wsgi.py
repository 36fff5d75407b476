"""The portal, and beside it the references behind the usual middleware of a Wagtail site."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.test.utils import override_settings

django.setup(set_prefix=False)

portal = WSGIHandler()
# A handler reads the list of middleware once, when it is made.
with override_settings(MIDDLEWARE=settings.REFERENCE_MIDDLEWARE):
    reference = WSGIHandler()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer `/benchmark…` as a bare Wagtail site would, everything else as the portal does."""
    handler = reference if environ["PATH_INFO"].startswith("/benchmark") else portal
    return handler(environ, start_response)
