"""Wagtail's app of users, with the portal's view of people."""

from __future__ import annotations

from wagtail.users.apps import WagtailUsersAppConfig


class PortalUsersAppConfig(WagtailUsersAppConfig):
    """Wagtail's users app whose forms know roles instead of "Administrator" and groups."""

    user_viewset = "accounts.viewsets.PersonViewSet"
