"""What the API says about certificates."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from rest_framework import serializers

from learning.certificates.models import Certificate
from learning.certificates.selectors import verify_url


class CertificateSerializer(serializers.ModelSerializer):
    """A certificate for its owner."""

    uuid = serializers.UUIDField(source="pk")
    course = serializers.SerializerMethodField()
    grade_percent = serializers.DecimalField(max_digits=5, decimal_places=2, allow_null=True)
    verify_url = serializers.SerializerMethodField()
    pdf_url = serializers.SerializerMethodField()

    class Meta:
        model = Certificate
        fields = [
            *(
                "uuid",
                "code",
                "serial",
                "status",
                "course",
                "learner_name",
                "course_title",
                "instructor_name",
            ),
            *("minutes", "grade_percent", "issued_at", "revoked_at", "verify_url", "pdf_url"),
        ]
        read_only_fields = fields

    def get_course(self, certificate: Certificate) -> dict[str, Any]:
        return {"uuid": str(certificate.course_key), "title": certificate.course_title}

    def get_verify_url(self, certificate: Certificate) -> str:
        return verify_url(certificate)

    def get_pdf_url(self, certificate: Certificate) -> str | None:
        """Null until the PDF is there, and after revocation."""
        if not certificate.pdf or not certificate.is_valid:
            return None
        return reverse("certificate-pdf", args=[certificate.pk])


class CertificateDetailSerializer(CertificateSerializer):
    """A certificate with the versions of the units that were studied."""

    class Meta(CertificateSerializer.Meta):
        fields = [*CertificateSerializer.Meta.fields, "manifest"]
        read_only_fields = fields


class VerificationSerializer(serializers.ModelSerializer):
    """What everybody who has the code may know, and nothing else."""

    valid = serializers.BooleanField(source="is_valid")

    class Meta:
        model = Certificate
        fields = ["valid", "status", "learner_name", "course_title", "issued_at"]
        read_only_fields = fields
