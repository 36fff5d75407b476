"""Pages about certificates: anybody verifies, the owner shares and downloads."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.generic import View

from learning.certificates import selectors
from learning.certificates.downloads import pdf_response
from learning.certificates.forms import VerifyForm
from learning.certificates.models import Certificate
from learning.certificates.permissions import user_can_download_certificate, user_owns_certificate
from learning.certificates.qr import qr_data_uri

# How often an open page asks for its PDF, each time after a longer wait.
MAX_ASKED = 7

never_stored = method_decorator(cache_control(private=True, no_store=True), name="dispatch")


@never_stored
class CertificateVerifyView(View):
    """Ask for a code and lead to the certificate. Signed-in people also find their own here."""

    def get(self, request: HttpRequest) -> HttpResponse:
        form = VerifyForm(request.GET if "code" in request.GET else None)
        if form.is_valid():
            return redirect("learning:certificate", code=form.cleaned_data["code"])
        own = selectors.certificates_of(request.user) if request.user.is_authenticated else []
        return render(
            request, "learning/certificate_verify.html", {"form": form, "certificates": own}
        )


@never_stored
class CertificateView(View):
    """What a certificate says and whether it is valid. With htmx only the download."""

    def get(self, request: HttpRequest, code: UUID) -> HttpResponse:
        certificate = selectors.find_by_code(code)
        if certificate is None:
            context = {"form": VerifyForm(), "code": code}
            return render(request, "learning/certificate_unknown.html", context, status=404)
        template = (
            "learning/_certificate_download.html" if request.htmx else "learning/certificate.html"
        )
        response = render(
            request, template, self._context(certificate) | self._waiting(certificate)
        )
        patch_vary_headers(response, ["HX-Request"])
        return response

    def _context(self, certificate: Certificate) -> dict[str, Any]:
        user = self.request.user
        facts = selectors.certificate_facts(certificate)
        is_owner = user_owns_certificate(user, certificate)
        context = {
            "certificate": certificate,
            "facts": facts,
            "sizes": selectors.type_sizes(facts),
            "is_owner": is_owner,
            "can_download": user_can_download_certificate(user, certificate),
        }
        if is_owner:
            context |= {
                "qr": qr_data_uri(facts.verify_url),
                "linkedin_url": selectors.linkedin_url(certificate),
            }
        return context

    def _waiting(self, certificate: Certificate) -> dict[str, Any]:
        text = self.request.GET.get("asked", "0")
        asked = int(text) if text.isascii() and text.isdecimal() and len(text) < 3 else 0
        return {
            "is_waiting": certificate.is_valid and not certificate.pdf,
            "asks_again": asked < MAX_ASKED,
            "next_asked": asked + 1,
            "wait_seconds": min(2 ** min(asked, 5), 30),
        }


@never_stored
class CertificatePdfView(LoginRequiredMixin, View):
    """The PDF. Who may not have it gets the same answer as for a code that nobody has."""

    def get(self, request: HttpRequest, code: UUID) -> HttpResponseBase:
        certificate = selectors.find_by_code(code)
        if certificate is None or not user_can_download_certificate(request.user, certificate):
            raise Http404
        if not certificate.pdf:
            messages.info(request, _("The PDF is still being made. It appears here in a moment."))
            return redirect("learning:certificate", code=code)
        return pdf_response(request, certificate)
