"""Registration in the Wagtail admin; what is registered lives in the modules named here."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail import hooks
from wagtail.models import Page
from wagtail_modeladmin.options import modeladmin_register

from learning import gating_hooks
from learning.protection import forget_empty_columns, refuse_deletion
from learning.registers import LearningRegisters

__all__ = ["gating_hooks"]

modeladmin_register(LearningRegisters)


@hooks.register("before_delete_page")
def explain_protected_page(request: HttpRequest, page: Page) -> HttpResponse | None:
    """https://docs.wagtail.org/en/stable/reference/hooks.html#before-delete-page"""
    refusal = refuse_deletion(request, [page])
    if refusal is None and request.method == "POST":
        forget_empty_columns([page])
    return refusal


@hooks.register("before_bulk_action")
def explain_protected_pages(
    request: HttpRequest, action_type: str, objects: list[Any], action_class_instance: Any
) -> HttpResponse | None:
    """https://docs.wagtail.org/en/stable/reference/hooks.html#before-bulk-action"""
    if action_type != "delete" or not issubclass(action_class_instance.get_default_model(), Page):
        return None
    refusal = refuse_deletion(request, objects)
    if refusal is None and request.method == "POST":
        forget_empty_columns(objects)
    return refusal
