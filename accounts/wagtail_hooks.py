"""What accounts add to Wagtail's admin."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.log_actions import LogFormatter

from accounts.models import Role, User


@hooks.register("register_log_actions")
def register_account_actions(actions: Any) -> None:
    @actions.register_action("accounts.set_role")
    class SetRole(LogFormatter):
        label = gettext_lazy("Change role")

        def format_message(self, log_entry: Any) -> str:
            names = dict(Role.choices)
            old, new = (names.get(log_entry.data.get(key), "?") for key in ("old", "new"))
            return _("Role changed from %(old)s to %(new)s") % {"old": old, "new": new}

    @actions.register_action("accounts.set_duties")
    class SetDuties(LogFormatter):
        label = gettext_lazy("Change duties")

        def format_message(self, log_entry: Any) -> str:
            return _("Duties: %(duties)s") % {
                "duties": ", ".join(log_entry.data.get("duties", [])) or "–"
            }

    actions.register_action(
        "accounts.close", gettext_lazy("Close account"), gettext_lazy("Account closed")
    )


@hooks.register("get_avatar_url")
def photo_url(user: User, size: int) -> str | None:
    return user.avatar.url if user.avatar else None


@hooks.register("before_delete_user")
def keep_people(request: HttpRequest, user: User) -> HttpResponse:
    """Records of learning name their learner for good, so people are never deleted."""
    messages.error(request, _explanation())
    return redirect("wagtailusers_users:edit", user.pk)


@hooks.register("before_bulk_action")
def keep_people_in_bulk(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    if action_type != "delete" or User not in action.models:
        return None
    messages.error(request, _explanation())
    return redirect("wagtailusers_users:index")


def _explanation() -> str:
    return _(
        "People are not deleted: take away the check mark at “Active”, "
        "or let them close their account."
    )
