"""Every registration of the REST API."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.urls import include, path, re_path
from django.views.decorators.csrf import csrf_exempt

from learning.certificates.api_urls import urlpatterns as certificates
from learning.enrollments.api_urls import course_urlpatterns
from learning.enrollments.api_urls import urlpatterns as enrollments
from learning.progress.api_urls import urlpatterns as progress
from learning.quizzes.api_urls import urlpatterns as quizzes
from portal.common.rest.exceptions import json_problem
from portal.wagtail_api import api_router


@csrf_exempt
def unknown_path(request: HttpRequest, rest: str = "") -> JsonResponse:
    """Nothing lives at this address of the API."""
    return json_problem(request, 404, code="not_found", detail="There is nothing at this address.")


urlpatterns = [
    path("learning/", include([*enrollments, *progress, *quizzes, *certificates])),
    path("courses/", include(course_urlpatterns)),
    path("v2/", api_router.urls),
    re_path(r"^(?P<rest>.*)$", unknown_path),
]
