"""Enrolling and withdrawing by form. Works without scripts; sent twice it does what once does."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from courses.models import CoursePage
from learning.enrollments import selectors
from learning.enrollments import services as enrollments
from learning.enrollments.errors import EmailNotVerified
from learning.publication import has_dead_ancestor
from portal.common.errors import DomainError


@require_POST
@login_required
def course_enroll(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Enroll in a course and go to its first lesson.

    On a broken rule go back to the course page and say which.
    """
    course = published_course(uuid)
    try:
        enrollment = enrollments.enroll(request.user, course=course)
    except EmailNotVerified as error:
        messages.warning(request, str(error.message))
        return redirect("account_email")
    except DomainError as error:
        messages.error(request, str(error.message))
        return redirect(course.get_url(request))
    messages.success(request, _("You are enrolled in “%(title)s”.") % {"title": course.title})
    return redirect("learning:resume", enrollment.course_key)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def course_withdraw(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Ask, then withdraw. Nothing that the learner has done is lost."""
    enrollment = selectors.enrollment_of(request.user, uuid)
    if enrollment is None:
        raise Http404
    course = enrollment.course
    if request.method != "POST":
        return TemplateResponse(request, "learning/withdraw.html", {"course": course})
    enrollments.withdraw(enrollment, actor=request.user, reason=request.POST.get("reason", ""))
    messages.success(
        request, _("You have left “%(title)s”. Your progress is kept.") % {"title": course.title}
    )
    return redirect(reverse("learning:dashboard"))


def published_course(uuid: UUID) -> CoursePage:
    """Return a course that the public can see."""
    course = get_object_or_404(CoursePage.objects.live().order_by("pk"), translation_key=uuid)
    if has_dead_ancestor(course):
        raise Http404
    return course
