"""Enrolling and withdrawing over REST."""

from __future__ import annotations

from django.http import Http404
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import ScopedRateThrottle

from learning.enrollments import permissions, selectors
from learning.enrollments import services as enrollments
from learning.enrollments.serializers import enrollment_fields
from learning.enrollments.views import published_course
from learning.rest import ActionView, uuid_or_404


class EnrollView(ActionView):
    """Enroll in a course: 201, or 200 when already enrolled."""

    throttle_classes = [ScopedRateThrottle]
    throttle_scope = "starts"

    def post(self, request: Request, uuid: str) -> Response:
        course = published_course(uuid_or_404(uuid))
        self.require_empty_body(request)
        before = selectors.enrollment_of(request.user, course.translation_key)
        was_open = permissions.opens_course(before)
        enrollment = enrollments.enroll(request.user, course=course)
        code = status.HTTP_200_OK if was_open else status.HTTP_201_CREATED
        return Response(enrollment_fields(enrollment, request), status=code)


class WithdrawView(ActionView):
    """Leave a course. Everything done in it is kept."""

    def post(self, request: Request, uuid: str) -> Response:
        enrollment = selectors.enrollment_of(request.user, uuid_or_404(uuid))
        if enrollment is None:
            raise Http404
        self.require_empty_body(request)
        enrollment = enrollments.withdraw(enrollment, actor=request.user)
        return Response(enrollment_fields(enrollment, request))
