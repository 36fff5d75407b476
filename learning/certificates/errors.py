"""What can stand in the way."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal.common.errors import DomainError


class RevocationForbidden(DomainError):
    code = "revocation_forbidden"
    status = 403
    message = _("Only managers and administrators may revoke a certificate.")


class ReasonMissing(DomainError):
    code = "reason_missing"
    status = 400
    message = _("Say why the certificate is revoked.")


class PdfNotReady(DomainError):
    code = "pdf_not_ready"
    status = 409
    message = _("The PDF is still being made. Ask again in a moment.")
