"""The portal's rules for allauth's flows."""

from __future__ import annotations

import secrets
from smtplib import SMTPException
from typing import Any

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

logger = structlog.get_logger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    """Addresses that cannot be mistaken for another, mails that only name our own host, limits per
    person.
    """

    def clean_email(self, email: str) -> str:
        """Refuse letters outside ASCII: databases and mail servers disagree on which of them are
        the same.

        With "gıthub.com" (dotless i) for "github.com", a code for one mailbox would be sent to the
        other.
        """
        if not email.isascii():
            raise ValidationError(
                _("Enter an address of plain Latin letters and digits."), code="invalid"
            )
        return super().clean_email(email.strip().lower())

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a mail whose links come from the settings, never from the request's Host header.

        A mail server that is away must not break registration: every code can be asked for again.
        """
        links = {
            "site_name": settings.WAGTAIL_SITE_NAME,
            "site_url": settings.FRONTEND_URL,
            "signup_url": settings.FRONTEND_URL + reverse("account_signup"),
            "login_url": settings.FRONTEND_URL + reverse("account_login"),
            "password_reset_url": settings.FRONTEND_URL + reverse("account_reset_password"),
            "code_minutes": settings.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT // 60,
        }
        try:
            super().send_mail(template_prefix, email, context | links)
        except (OSError, SMTPException):
            logger.exception("account_mail_failed", template=template_prefix)

    def send_account_already_exists_mail(self, email: str) -> None:
        """Take as long as a new registration does, so that time does not tell a known address from
        an unknown one.
        """
        make_password(secrets.token_urlsafe())
        super().send_account_already_exists_mail(email)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count failed logins per address alone; allauth counts them per Host header too, which a
        client may vary.
        """
        return str(credentials.get("email", credentials.get("username", ""))).strip().lower()
