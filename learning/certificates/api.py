"""Certificates for headless clients."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control
from rest_framework.exceptions import NotFound
from rest_framework.generics import ListAPIView, RetrieveAPIView
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from learning.certificates import selectors
from learning.certificates.downloads import pdf_response
from learning.certificates.errors import PdfNotReady
from learning.certificates.models import Certificate
from learning.certificates.permissions import user_can_download_certificate
from learning.certificates.serializers import (
    CertificateDetailSerializer,
    CertificateSerializer,
    VerificationSerializer,
)
from learning.rest import uuid_or_404

if TYPE_CHECKING:
    from accounts.models import User


class NeverStoredMixin:
    """Answers that no cache may keep."""

    def finalize_response(
        self, request: Request, response: HttpResponseBase, *args: Any, **kwargs: Any
    ) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)  # type: ignore[misc]
        patch_cache_control(response, private=True, no_store=True)
        return response


class CertificateListApi(NeverStoredMixin, ListAPIView):
    """`GET certificates/`: the caller's own."""

    serializer_class = CertificateSerializer

    def get_queryset(self) -> QuerySet[Certificate]:
        learner = cast("User", self.request.user)
        return selectors.certificates_of(learner).order_by("-issued_at", "pk")


class CertificateDetailApi(NeverStoredMixin, RetrieveAPIView):
    """`GET certificates/{uuid}/`: one of the caller's own."""

    serializer_class = CertificateDetailSerializer

    def get_object(self) -> Certificate:
        own = selectors.certificates_of(cast("User", self.request.user))
        certificate = own.filter(pk=uuid_or_404(self.kwargs["uuid"])).first()
        if certificate is None:
            raise NotFound
        return certificate


class CertificatePdfApi(NeverStoredMixin, APIView):
    """`GET certificates/{uuid}/pdf/`: the file."""

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:
        """Accept `Accept: application/pdf`: the renderers are for errors only."""
        return super().perform_content_negotiation(request, force=True)

    def get(self, request: Request, uuid: str) -> HttpResponseBase:
        certificate = (
            Certificate.objects.select_related("course").filter(pk=uuid_or_404(uuid)).first()
        )
        if certificate is None or not user_can_download_certificate(request.user, certificate):
            raise NotFound
        if not certificate.pdf:
            raise PdfNotReady
        return pdf_response(request, certificate)


class CertificateVerifyApi(NeverStoredMixin, APIView):
    """`GET certificates/verify/{code}/`: whether a certificate is to be believed, for anybody."""

    permission_classes = [AllowAny]

    def get(self, request: Request, code: str) -> Response:
        certificate = selectors.find_by_code(uuid_or_404(code))
        if certificate is None:
            raise NotFound
        return Response(VerificationSerializer(certificate).data)
