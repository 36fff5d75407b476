"""Enrollments, units and progress over REST."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils import timezone
from rest_framework import exceptions, generics
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import ScopedRateThrottle
from rest_framework.views import APIView

from courses.models import UnitPage
from learning.access import Standing, UnitAccess
from learning.enrollments.models import Enrollment
from learning.enrollments.serializers import enrollment_fields
from learning.progress import selectors
from learning.progress import services as progress
from learning.progress.player import Player, resume_unit
from learning.progress.serializers import (
    ActivitySerializer,
    neighbor_fields,
    progress_fields,
    unit_fields,
)
from learning.rest import ActionView, uuid_or_404


class EnrollmentListView(generics.GenericAPIView):
    """The caller's enrollments, latest first."""

    def get_queryset(self) -> Any:
        mine = Enrollment.objects.of(self.request.user)
        return mine.select_related("course", "progress", "progress__last_unit", "grade").order_by(
            "-enrolled_at", "pk"
        )

    def get(self, request: Request) -> Response:
        page = self.paginate_queryset(self.get_queryset())
        rows = [
            enrollment_fields(row, request) | {"resume": _last_place(row)} for row in page or []
        ]
        return self.get_paginated_response(rows)


class EnrollmentView(APIView):
    """One of the caller's enrollments, with the exact place to resume at."""

    def get(self, request: Request, uuid: str) -> Response:
        mine = Enrollment.objects.of(request.user).select_related(
            "course", "progress", "progress__last_unit", "grade"
        )
        enrollment = mine.filter(pk=uuid_or_404(uuid)).first()
        if enrollment is None:
            raise Http404
        return Response(
            enrollment_fields(enrollment, request) | {"resume": _resume_place(request, enrollment)}
        )


class UnitView(APIView):
    """A unit with its content, for whoever may open it."""

    permission_classes = [AllowAny]

    def get(self, request: Request, uuid: str) -> Response:
        player = open_player(request, uuid)
        return Response(unit_fields(player, request))


class ActivityView(APIView):
    """Where the learner is in a unit; answers with what all devices together have reported."""

    throttle_classes = [ScopedRateThrottle]
    throttle_scope = "saves"

    def patch(self, request: Request, uuid: str) -> Response:
        unit, enrollment = learner_unit(request, uuid)
        body = ActivitySerializer(data=request.data)
        body.is_valid(raise_exception=True)
        saved = progress.record_activity(enrollment, unit=unit, **body.validated_data)
        return Response(progress_fields(saved, is_complete=saved.is_completed))


class CompleteView(ActionView):
    """The learner's word that a unit is done.

    200, or 409 with the rule that does not allow it yet.
    """

    throttle_classes = [ScopedRateThrottle]
    throttle_scope = "saves"

    def post(self, request: Request, uuid: str) -> Response:
        unit, enrollment = learner_unit(request, uuid)
        self.require_empty_body(request)
        completion = progress.complete_by_learner(enrollment, unit=unit)
        summary = enrollment.progress
        return Response(
            {
                "uuid": str(unit.translation_key),
                "is_completed": True,
                "completed_at": completion.completed_at,
                "source": completion.source,
                "progress_percent": summary.percent,
                "is_course_completed": enrollment.completed_at is not None,
            }
        )


def open_player(request: Request, uuid: str) -> Player:
    """Return the player of a unit that the caller may open."""
    unit = selectors.find_unit(uuid_or_404(uuid))
    if unit is None:
        raise Http404
    standing = Standing(request.user, unit.course)
    require_access(request, standing.access(unit))
    return Player(standing, unit)


def learner_unit(request: Request, uuid: str) -> tuple[UnitPage, Enrollment]:
    """Return a unit and the caller's enrollment that lets him write progress in it.

    Who has opened the unit before may go on writing: neither order nor release dates can have
    closed it since.
    """
    unit = selectors.find_unit_head(uuid_or_404(uuid))
    if unit is None:
        raise Http404
    writer = selectors.writer_of(request.user, unit)
    if writer is None:
        require_access(request, Standing(request.user, unit.course).access_as_learner(unit))
        raise exceptions.PermissionDenied("Enroll in the course first.", code="not_enrolled")
    if not unit.live:
        raise Http404
    if not writer.has_opened:
        standing = Standing(request.user, unit.course, enrollment=writer.enrollment)
        require_access(request, standing.access_as_learner(unit))
    return unit, writer.enrollment


def require_access(request: Request, access: UnitAccess) -> None:
    """Raise what the policy's answer means over REST."""
    if access.is_allowed:
        return
    if access.reason == "inactive":
        raise Http404
    if access.reason == "login":
        raise exceptions.NotAuthenticated
    raise exceptions.PermissionDenied(
        access.message, code={"enroll": "not_enrolled"}.get(access.reason, access.reason)
    )


def _last_place(enrollment: Enrollment) -> dict[str, Any] | None:
    """Return the unit that was opened last; the exact place to resume at is in the detail."""
    summary = getattr(enrollment, "progress", None)
    unit = summary.last_unit if summary else None
    if summary is None or unit is None:
        return None
    return {
        "unit": {"uuid": str(unit.translation_key), "title": unit.title},
        "at": summary.last_activity_at,
    }


def _resume_place(request: Request, enrollment: Enrollment) -> dict[str, Any] | None:
    if not enrollment.is_open or (
        enrollment.expires_at and enrollment.expires_at <= timezone.now()
    ):
        return None
    unit = resume_unit(Standing(request.user, enrollment.course, enrollment=enrollment))
    if unit is None:
        return None
    place = selectors.unit_progress_of(enrollment, unit.uuid)
    return {
        "unit": neighbor_fields(unit),
        "position_seconds": place.position_seconds if place else 0,
    }
