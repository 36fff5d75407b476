"""Addresses below /api/learning/."""

from __future__ import annotations

from django.urls import path

from learning.quizzes import api

urlpatterns = [
    path("quizzes/<str:uuid>/", api.QuizView.as_view(), name="api_quiz"),
    path("quizzes/<str:uuid>/attempts/", api.AttemptStartView.as_view(), name="api_attempt_start"),
    path("attempts/<str:uuid>/", api.AttemptView.as_view(), name="api_attempt"),
    path(
        "attempts/<str:uuid>/responses/<str:question_uuid>/",
        api.AttemptResponseView.as_view(),
        name="api_attempt_response",
    ),
    path("attempts/<str:uuid>/submit/", api.AttemptSubmitView.as_view(), name="api_attempt_submit"),
    path("attempts/<str:uuid>/review/", api.AttemptReviewView.as_view(), name="api_attempt_review"),
]
