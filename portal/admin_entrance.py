"""The door to both admins."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _


def admin_login(request: HttpRequest) -> HttpResponse:
    """Lead to the portal's own login; whoever is signed in and may not enter goes to the dashboard.

    The admins send both kinds of people here. Leading the second kind to the login page would send
    them back at once, for ever.
    """
    if request.user.is_authenticated:
        messages.error(request, _("Your account may not open the admin."))
        return redirect("learning:dashboard")
    query = urlencode({"next": request.GET["next"]}) if "next" in request.GET else ""
    return redirect(f"{reverse('account_login')}?{query}" if query else reverse("account_login"))
