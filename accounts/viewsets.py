"""The people of Wagtail's admin. `PortalUsersAppConfig` stands in INSTALLED_APPS in place of
"wagtail.users".
"""

from __future__ import annotations

from typing import Any

from wagtail.users.views.users import UserViewSet

from accounts.admin_forms import PersonCreationForm, PersonEditForm


class PersonViewSet(UserViewSet):
    """People with roles; groups follow from them."""

    template_prefix = "accounts/admin/"

    def get_form_class(self, for_update: bool = False) -> Any:
        return PersonEditForm if for_update else PersonCreationForm
