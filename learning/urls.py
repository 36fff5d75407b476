"""Addresses of a learner's pages."""

from __future__ import annotations

from learning.certificates.urls import urlpatterns as certificates
from learning.enrollments.urls import urlpatterns as enrollments
from learning.progress.urls import urlpatterns as progress
from learning.quizzes.urls import urlpatterns as quizzes

app_name = "learning"
urlpatterns = [*enrollments, *progress, *quizzes, *certificates]
