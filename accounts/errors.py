"""What may go wrong with accounts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal.common.errors import DomainError


class RoleChangeDenied(DomainError):
    """The actor may not give this person this role."""

    code = "role_change_denied"
    status = 403
    message = _("You may not give this role to this person.")


class LastAdministrator(DomainError):
    """Somebody must be left who can run the portal."""

    code = "last_administrator"
    message = _(
        "You are the only administrator. Make somebody else an administrator before you leave."
    )


class BadPicture(DomainError):
    """An upload that is no picture, or not one that can be used as a photo."""

    code = "bad_picture"
    status = 400
    message = _("This file is not a picture that can be used. Choose a JPEG, PNG or WebP file.")
