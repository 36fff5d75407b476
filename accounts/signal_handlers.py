"""What follows from saving a person."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from accounts import services
from accounts.models import User

_FIELDS_OF_ROLE = {"role", "is_superuser", "is_staff"}


@receiver(post_save, sender=User, dispatch_uid="accounts.follow_role")
def follow_role(
    instance: User, raw: bool, update_fields: frozenset[str] | None, **_kwargs: Any
) -> None:
    """Whoever saves a person, in whichever admin: groups and flags follow the role."""
    if not raw and (update_fields is None or _FIELDS_OF_ROLE & set(update_fields)):
        services.follow_role(instance)
