"""Handing out the PDF, at the page's door and at the API's."""

from __future__ import annotations

from typing import BinaryIO, cast

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.text import slugify
from wagtail.log_actions import log

from courses.permissions import user_may_inspect_courses
from learning.certificates.models import Certificate
from learning.certificates.permissions import user_owns_certificate
from portal.common.files import private_file_response


def pdf_response(request: HttpRequest, certificate: Certificate) -> HttpResponseBase:
    """Answer with the PDF of a certificate; downloads by office are written down."""
    if user_may_inspect_courses(request.user) and not user_owns_certificate(
        request.user, certificate
    ):
        log(certificate, "certificates.inspect", user=request.user)
    name = slugify(f"{certificate.course_title} {certificate.learner_name}")[:80] or "certificate"
    return private_file_response(
        request,
        cast("BinaryIO", certificate.pdf.open("rb")),
        name=f"{name}-{certificate.serial}.pdf",
        content_type="application/pdf",
        size=certificate.pdf.size,
    )
