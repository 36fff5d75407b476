"""The doors of Wagtail ask the portal's policy.

Pages and documents. Imported by `learning.wagtail_hooks`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.models import Page

from courses.models import CoursePage, UnitPage
from learning.access import Standing, UnitAccess
from learning.documents import gate_document
from learning.inspection import ACTION, record_inspection
from learning.progress import services as progress
from learning.publication import has_dead_ancestor

hooks.register("before_serve_document", gate_document)


@hooks.register("before_serve_page")
def gate_page(
    page: Page, request: HttpRequest, args: list[Any], kwargs: dict[str, Any]
) -> HttpResponse | None:
    """Let a person into a page, or say what comes first.

    A page below an unpublished one does not exist.
    """
    if isinstance(page, CoursePage):
        _keep_standing(request, page)
        return None
    if not isinstance(page, UnitPage):
        if page.depth > 2 and has_dead_ancestor(page):
            raise Http404
        return None
    standing = Standing(request.user, page.course)
    access = standing.access(page)
    if not standing.is_live(page):
        raise Http404
    if not access.is_allowed:
        return _private(_refuse(request, standing, access))
    # The player's tags go on with what is loaded already.
    request.standing = standing  # type: ignore[attr-defined]
    if request.method == "GET" and not _is_prefetch(request):
        _write_down(request, standing, page)
    return None


@hooks.register("on_serve_page")
def keep_gated_pages_private(
    serve_next: Callable[..., HttpResponse],
) -> Callable[..., HttpResponse]:
    """No cache may keep what is shown to some people only."""

    def serve(
        page: Page, request: HttpRequest, args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse:
        response = serve_next(page, request, args, kwargs)
        return _private(response) if isinstance(page, UnitPage) else response

    return serve


@hooks.register("register_log_actions")
def register_inspection(actions: Any) -> None:
    """Name the action in the admin's history."""
    actions.register_action(ACTION, _("Inspect"), _("Read by a manager or an administrator"))


def _keep_standing(request: HttpRequest, course: CoursePage) -> None:
    """Find out how the person stands to a course; its page goes on with that."""
    standing = Standing(request.user, course)
    if not standing.is_published:
        raise Http404
    request.standing = standing  # type: ignore[attr-defined]


def _refuse(request: HttpRequest, standing: Standing, access: UnitAccess) -> HttpResponse:
    if access.reason == "login":
        return redirect_to_login(request.get_full_path(), reverse("account_login"))
    if access.reason == "enroll":
        messages.info(request, access.message)
        return redirect(standing.course.get_url(request))
    context = {"course": standing.course, "access": access}
    return TemplateResponse(request, "learning/locked.html", context, status=403)


def _write_down(request: HttpRequest, standing: Standing, page: UnitPage) -> None:
    if standing.open_enrollment is not None and standing.access_as_learner(page).is_allowed:
        standing.unit_progress = progress.open_unit(standing.open_enrollment, unit=page)
        if page.uuid not in standing.completed and getattr(page, "completion_rule", "") == "opened":
            standing.forget_progress()
    elif (
        standing.is_inspector
        and not standing.access_as_learner(page).is_allowed
        and not standing.is_team
    ):
        record_inspection(request.user, page)


def _private(response: HttpResponse) -> HttpResponse:
    add_never_cache_headers(response)
    response["Cache-Control"] = "private, no-store"
    return response


def _is_prefetch(request: HttpRequest) -> bool:
    return "prefetch" in request.headers.get("Sec-Purpose", request.headers.get("Purpose", ""))
