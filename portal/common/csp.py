"""Content security policy: strict on the portal, with an exception for the two admins only."""

from __future__ import annotations

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

ADMIN_PREFIXES = ("/admin/", "/django-admin/")


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """Send the strict policy everywhere, and the admin's policy below the admin's addresses."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if request.path.startswith(ADMIN_PREFIXES):
            response._csp_replace = settings.ADMIN_CSP_REPLACE
        return super().process_response(request, response)
