"""Registers: read-mostly listings of operational records in the Wagtail admin, by
wagtail-modeladmin.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.admin.utils import label_for_field
from django.db.models import Model
from django.http import Http404, HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from wagtail_modeladmin.helpers import PermissionHelper
from wagtail_modeladmin.options import ModelAdmin
from wagtail_modeladmin.views import IndexView, InspectView

# What a spreadsheet program would take for a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class RegisterPermissionHelper(PermissionHelper):
    """Whoever may see the records may list, inspect and export them; nobody writes past the
    services.
    """

    def user_can_list(self, user: Any) -> bool:
        return user.is_superuser or self.user_has_specific_permission(
            user, self.get_perm_codename("view")
        )

    def user_has_any_permissions(self, user: Any) -> bool:
        return self.user_can_list(user)

    def user_can_create(self, user: Any) -> bool:
        return False

    def user_can_edit_obj(self, user: Any, obj: Model) -> bool:
        return False

    def user_can_delete_obj(self, user: Any, obj: Model) -> bool:
        return False


class RegisterIndexView(IndexView):
    """A listing that survives odd searches, and exports that trick no spreadsheet program."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if "%00" in request.META.get("QUERY_STRING", ""):
            # PostgreSQL takes no NUL in a text; nothing that is stored can hold one.
            request.GET = QueryDict(request.META["QUERY_STRING"].replace("%00", ""))
        return super().dispatch(request, *args, **kwargs)

    def to_row_dict(self, item: Model) -> dict[str, Any]:
        row = super().to_row_dict(item)
        return {name: defuse(value) for name, value in row.items()}


class RegisterInspectView(InspectView):
    """Shows what the register itself computes as well, as the listing does."""

    def get_field_label(self, field_name: str, field: Any = None) -> str:
        label = label_for_field(field_name, model=self.model, model_admin=self.model_admin)
        return str(label)

    def get_field_display_value(self, field_name: str, field: Any = None) -> Any:
        computed = getattr(self.model_admin, field_name, None)
        if callable(computed) and field is None:
            return computed(self.instance)
        return super().get_field_display_value(field_name, field)


def defuse(value: Any) -> Any:
    """Return text that no spreadsheet program runs as a formula; everything else as it is."""
    text = (
        str(value)
        if not isinstance(value, int | float | type(None)) and isinstance(value, str | Model)
        else value
    )
    if isinstance(text, str) and text.startswith(FORMULA_STARTS):
        return f"'{text}"
    return value


class Register(ModelAdmin):
    """A listing with search, filters, inspection and CSV/XLSX export, and no way to write."""

    permission_helper_class = RegisterPermissionHelper
    index_view_class = RegisterIndexView
    inspect_view_class = RegisterInspectView
    inspect_view_enabled = True
    history_view_enabled = False
    list_per_page = 50

    def inspect_view(self, request: HttpRequest, instance_pk: str) -> HttpResponseBase:
        _require_uuid(instance_pk)
        return super().inspect_view(request, instance_pk)

    def edit_view(self, request: HttpRequest, instance_pk: str) -> HttpResponseBase:
        _require_uuid(instance_pk)
        return super().edit_view(request, instance_pk)

    def delete_view(self, request: HttpRequest, instance_pk: str) -> HttpResponseBase:
        _require_uuid(instance_pk)
        return super().delete_view(request, instance_pk)


def _require_uuid(text: str) -> None:
    try:
        UUID(text)
    except ValueError as error:
        raise Http404 from error
