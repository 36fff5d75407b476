"""REST addresses of enrolling, below /api/courses/.

The learner's list of enrollments is in `learning.progress`.
"""

from __future__ import annotations

from django.urls import URLPattern, path

from learning.enrollments.api import EnrollView, WithdrawView

urlpatterns: list[URLPattern] = []
course_urlpatterns = [
    path("<str:uuid>/enroll/", EnrollView.as_view(), name="api_course_enroll_short"),
    path("courses/<str:uuid>/enroll/", EnrollView.as_view(), name="api_course_enroll"),
    path("courses/<str:uuid>/withdraw/", WithdrawView.as_view(), name="api_course_withdraw"),
]
