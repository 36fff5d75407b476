"""Django's own admin: for administrators only, entered through the portal's login."""

from __future__ import annotations

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.http import HttpRequest

from accounts.models import User

# Its own login page would go around second factor, rate limits and address verification.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    """People, to look at. They are made, changed and given roles in Wagtail's admin."""

    list_display = ["email", "name", "role", "is_active", "last_login"]
    list_filter = ["role", "is_active"]
    search_fields = ["email", "first_name", "last_name"]
    readonly_fields = [
        "email",
        "first_name",
        "last_name",
        "display_name",
        "role",
        "is_active",
        "last_login",
        "date_joined",
    ]

    def get_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        return list(self.readonly_fields)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False
