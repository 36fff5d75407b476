"""The learner's pages around a unit, and the dashboard."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from courses.models import UnitPage
from learning.access import Standing
from learning.enrollments.models import Enrollment
from learning.enrollments.selectors import enrollment_of
from learning.progress import selectors
from learning.progress import services as progress
from learning.progress.check_questions import CheckResult, answer_check
from learning.progress.dashboard import dashboard_of
from learning.progress.errors import CompletionRuleNotMet
from learning.progress.forms import BeaconForm, CheckAnswerForm
from learning.progress.player import Player, resume_unit


@require_safe
@login_required
def dashboard(request: HttpRequest) -> HttpResponse:
    """What the person learns and teaches, with the place to go on at first."""
    return TemplateResponse(
        request, "learning/dashboard.html", {"dashboard": dashboard_of(request.user)}
    )


@require_safe
@login_required
def resume(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Go to the exact place where the learner stopped in a course."""
    enrollment = enrollment_of(request.user, uuid)
    if enrollment is None:
        raise Http404
    standing = Standing(request.user, enrollment.course, enrollment=enrollment)
    unit = resume_unit(standing) if standing.open_enrollment else None
    if unit is None or not standing.access(unit).is_allowed:
        return redirect(enrollment.course.get_url(request) or reverse("learning:dashboard"))
    return redirect(unit.url)


@require_POST
def unit_complete(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Mark a unit as done.

    Without scripts the page comes back with the state; with htmx only its part.
    """
    player = _learner_player(request, uuid)
    if isinstance(player, HttpResponse):
        return player
    try:
        progress.complete_by_learner(_enrollment(player), unit=player.unit)
    except CompletionRuleNotMet as error:
        messages.warning(request, str(error.message))
        return (
            redirect(player.unit.get_url(request))
            if not request.htmx
            else _completion(request, player)
        )
    player.standing.forget_progress()
    if request.htmx:
        return _completion(request, Player(player.standing, player.unit))
    messages.success(request, _("“%(title)s” is done.") % {"title": player.unit.title})
    return redirect(player.unit.get_url(request))


@require_POST
def unit_activity(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take the last report of a page that is being left (a beacon, which cannot send the API's
    headers).
    """
    player = _learner_player(request, uuid)
    if isinstance(player, HttpResponse):
        return player
    form = BeaconForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=400)
    progress.record_activity(_enrollment(player), unit=player.unit, **form.cleaned_data["report"])
    return HttpResponse(status=204)


@require_POST
def check_question(request: HttpRequest, uuid: UUID, block_id: UUID) -> HttpResponse:
    """Say whether the choice at a check question is right.

    The key never leaves the server before that.
    """
    unit = selectors.find_unit(uuid)
    if unit is None:
        raise Http404
    standing = Standing(request.user, unit.course)
    refusal = _refusal(request, standing, unit)
    if refusal is not None:
        return refusal
    form = CheckAnswerForm(request.POST)
    result = (
        answer_check(unit, str(block_id), form.cleaned_data["choice"])
        if form.is_valid()
        else CheckResult()
    )
    if result is None:
        raise Http404
    template = "learning/_check_result.html" if request.htmx else "learning/check_result.html"
    context = {"result": result, "unit": unit, "block_id": block_id, "course": standing.course}
    return TemplateResponse(
        request, template, context, status=200 if result.is_answered or request.htmx else 400
    )


def _learner_player(request: HttpRequest, uuid: UUID) -> Player | HttpResponse:
    """Return the player of a unit that the person may write progress in, or the answer that says
    what is missing.
    """
    unit = selectors.find_unit_head(uuid)
    if unit is None:
        raise Http404
    standing = Standing(request.user, unit.course)
    if not request.user.is_authenticated:
        return _login(request, unit)
    if standing.open_enrollment is None:
        refusal = _refusal(request, standing, unit)
        return refusal or redirect(standing.course.get_url(request))
    return _refusal(request, standing, unit, as_learner=True) or Player(standing, unit)


def _refusal(
    request: HttpRequest, standing: Standing, unit: UnitPage, *, as_learner: bool = False
) -> HttpResponse | None:
    access = standing.access_as_learner(unit) if as_learner else standing.access(unit)
    if access.is_allowed:
        return None
    if access.reason == "inactive":
        raise Http404
    if access.reason == "login":
        return _login(request, unit)
    if access.reason == "enroll":
        messages.info(request, access.message)
        return redirect(standing.course.get_url(request))
    context: dict[str, Any] = {"course": standing.course, "access": access}
    return TemplateResponse(request, "learning/locked.html", context, status=403)


def _login(request: HttpRequest, unit: UnitPage) -> HttpResponse:
    """Lead to the login and from there to the unit: the address of a form cannot be opened."""
    return redirect_to_login(unit.get_url(request), reverse("account_login"))


def _enrollment(player: Player) -> Enrollment:
    enrollment = player.standing.open_enrollment
    if enrollment is None:
        raise Http404  # `_learner_player` has let nobody else through
    return enrollment


def _completion(request: HttpRequest, player: Player) -> HttpResponse:
    context = player.context() | {"page": player.unit, "is_fragment": True}
    return TemplateResponse(request, "learning/_completion.html", context)
