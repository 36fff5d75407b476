"""Quizzes for headless clients."""

from __future__ import annotations

from typing import Any

from rest_framework import status
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import ScopedRateThrottle
from rest_framework.views import APIView

from learning import access
from learning.quizzes import selectors, services
from learning.quizzes.errors import AttemptOpen, QuizNotOpen, ReviewNotOpen
from learning.quizzes.models import Attempt, QuizPage
from learning.quizzes.serializers import (
    AttemptSerializer,
    QuizSerializer,
    ResponseReadSerializer,
    ResponseWriteSerializer,
    ResultSerializer,
    ReviewSerializer,
)
from learning.rest import ActionView, uuid_or_404


class QuizApiView(APIView):
    """What the views below share: finding the quiz or the attempt, and answers that no cache may
    keep."""

    throttle_classes = [ScopedRateThrottle]

    def finalize_response(
        self, request: Request, response: Response, *args: Any, **kwargs: Any
    ) -> Response:
        response.setdefault("Cache-Control", "private, no-store")
        return super().finalize_response(request, response, *args, **kwargs)

    def get_quiz(self, value: str) -> QuizPage:
        quiz = selectors.live_quiz(uuid_or_404(value))
        if quiz is None:
            raise NotFound
        return quiz

    def get_own_attempt(self, value: str) -> Attempt:
        return self._settled(selectors.attempt_for_sitting(self.request.user, uuid_or_404(value)))

    @staticmethod
    def _settled(attempt: Attempt | None) -> Attempt:
        if attempt is None:
            raise NotFound
        return services.settle(attempt)


class QuizView(QuizApiView):
    """Rules, attempts used and left, best score."""

    def get(self, request: Request, uuid: str) -> Response:
        quiz = self.get_quiz(uuid)
        allowed = access.unit_access(request.user, quiz)
        if allowed.reason == "inactive":
            raise NotFound
        if not allowed.is_allowed:
            raise QuizNotOpen(str(allowed.message), code=services.refusal_code(allowed.reason))
        return Response(QuizSerializer(services.standing_of(request.user, quiz)).data)


class AttemptStartView(QuizApiView, ActionView):
    """Start an attempt (201), or get the open one (200)."""

    throttle_scope = "starts"

    def post(self, request: Request, uuid: str) -> Response:
        self.require_empty_body(request)
        quiz = self.get_quiz(uuid)
        before = selectors.open_attempt_id(request.user, quiz)
        attempt = services.start_attempt(request.user, quiz=quiz)
        code = status.HTTP_200_OK if attempt.pk == before else status.HTTP_201_CREATED
        return Response(AttemptSerializer(attempt, context={"request": request}).data, status=code)


class AttemptView(QuizApiView):
    """The attempt with its questions and what has been answered."""

    def get(self, request: Request, uuid: str) -> Response:
        attempt = self.get_own_attempt(uuid)
        return Response(AttemptSerializer(attempt, context={"request": request}).data)


class AttemptResponseView(QuizApiView):
    """Save the answer to one question."""

    throttle_scope = "saves"

    def put(self, request: Request, uuid: str, question_uuid: str) -> Response:
        attempt = self._settled(selectors.attempt_for_answer(request.user, uuid_or_404(uuid)))
        question_id = uuid_or_404(question_uuid)
        body = ResponseWriteSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        stored = services.save_response(
            attempt,
            question_id=question_id,
            answer=body.validated_data["response"],
            sequence=body.validated_data["sequence"],
        )
        return Response(ResponseReadSerializer(stored).data)


class AttemptSubmitView(QuizApiView, ActionView):
    """Hand in; again: the same answer."""

    throttle_scope = "saves"

    def post(self, request: Request, uuid: str) -> Response:
        self.require_empty_body(request)
        attempt = services.submit_attempt(self.get_own_attempt(uuid))
        return Response(ResultSerializer(selectors.result_of(attempt, viewer=request.user)).data)


class AttemptReviewView(QuizApiView):
    """A finished attempt question by question, as its rules allow."""

    def get(self, request: Request, uuid: str) -> Response:
        attempt = selectors.attempt_for_review(request.user, uuid_or_404(uuid))
        if attempt is None:
            raise NotFound
        attempt = services.settle(attempt)
        if attempt.status not in Attempt.FINAL_STATUSES:
            raise AttemptOpen
        result = selectors.result_of(attempt, viewer=request.user)
        if not result.seen.responses:
            raise ReviewNotOpen
        return Response(ReviewSerializer(result).data)
