"""Addresses below /api/learning/."""

from __future__ import annotations

from django.urls import path

from learning.certificates.api import (
    CertificateDetailApi,
    CertificateListApi,
    CertificatePdfApi,
    CertificateVerifyApi,
)

urlpatterns = [
    path("certificates/", CertificateListApi.as_view(), name="certificate-list"),
    path(
        "certificates/verify/<str:code>/", CertificateVerifyApi.as_view(), name="certificate-verify"
    ),
    path("certificates/<str:uuid>/", CertificateDetailApi.as_view(), name="certificate-detail"),
    path("certificates/<str:uuid>/pdf/", CertificatePdfApi.as_view(), name="certificate-pdf"),
]
