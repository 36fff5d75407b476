"""The list of notifications."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.generic import View

from community.notifications import services as notifications
from community.notifications.selectors import notifications_of, unread_count

if TYPE_CHECKING:
    from accounts.models import User

    class SignedInRequest(HttpRequest):
        user: User


PAGE_SIZE = 20
UNREAD = "unread"


class NotificationListView(LoginRequiredMixin, View):
    """All or unread notifications, newest first. With htmx only the list."""

    def get(self, request: SignedInRequest) -> HttpResponse:
        unread_only = request.GET.get("filter") == UNREAD
        count = unread_count(request.user)
        pages = Paginator(notifications_of(request.user, unread_only=unread_only), PAGE_SIZE)
        url = reverse("community:notifications")
        context = {
            "page_obj": pages.get_page(request.GET.get("page")),
            "filter": UNREAD if unread_only else "",
            "unread_total": count,
            "tabs": [
                {"title": _("All"), "url": url, "is_current": not unread_only},
                {
                    "title": _("Unread"),
                    "url": f"{url}?filter={UNREAD}",
                    "is_current": unread_only,
                    "count": count or "",
                },
            ],
        }
        template = (
            "community/_notification_list.html" if request.htmx else "community/notifications.html"
        )
        response = render(request, template, context)
        patch_vary_headers(response, ["HX-Request"])
        return response


class NotificationReadView(LoginRequiredMixin, View):
    """Mark one as read. Other people's and unknown ones are left alone, with the same answer."""

    def post(self, request: SignedInRequest, uuid: UUID) -> HttpResponse:
        notifications.mark_read(request.user, uuid=uuid)
        return _back(request)


class NotificationReadAllView(LoginRequiredMixin, View):
    """Mark everything as read."""

    def post(self, request: SignedInRequest) -> HttpResponse:
        notifications.mark_all_read(request.user)
        return _back(request)


def _back(request: HttpRequest) -> HttpResponse:
    """Lead back to the list in the state it was in; a script that only tells needs no page."""
    if request.POST.get("quiet"):
        return HttpResponse(status=204)
    query = f"?filter={UNREAD}" if request.POST.get("filter") == UNREAD else ""
    return redirect(reverse("community:notifications") + query)
