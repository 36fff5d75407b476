"""Addresses of the pages of an attempt."""

from __future__ import annotations

from django.urls import path

from learning.quizzes import views

urlpatterns = [
    path(
        "learn/quizzes/<uuid:uuid>/start/", views.AttemptStartView.as_view(), name="attempt_start"
    ),
    path("learn/attempts/<uuid:uuid>/", views.AttemptView.as_view(), name="attempt"),
    path(
        "learn/attempts/<uuid:uuid>/submit/",
        views.AttemptSubmitView.as_view(),
        name="attempt_submit",
    ),
    path(
        "learn/attempts/<uuid:uuid>/result/",
        views.AttemptResultView.as_view(),
        name="attempt_result",
    ),
]
