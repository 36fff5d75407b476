"""Addresses of certificates."""

from __future__ import annotations

from django.urls import path

from learning.certificates.views import CertificatePdfView, CertificateVerifyView, CertificateView

urlpatterns = [
    path("certificates/", CertificateVerifyView.as_view(), name="certificate_verify"),
    path("certificates/<uuid:code>/", CertificateView.as_view(), name="certificate"),
    path("certificates/<uuid:code>/pdf/", CertificatePdfView.as_view(), name="certificate_pdf"),
]
