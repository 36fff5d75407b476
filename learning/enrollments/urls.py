"""Addresses of enrolling."""

from __future__ import annotations

from django.urls import path

from learning.enrollments import views

urlpatterns = [
    path("learn/courses/<uuid:uuid>/enroll/", views.course_enroll, name="course_enroll"),
    path("learn/courses/<uuid:uuid>/withdraw/", views.course_withdraw, name="course_withdraw"),
]
