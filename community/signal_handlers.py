"""What the apps below have done, told to the people concerned; the number at the bell."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import override

from community.notifications import services as notifications
from community.notifications import tasks
from community.notifications.groups import SESSION_ENDED, user_group
from community.notifications.models import Notification
from community.notifications.selectors import unread_count
from learning.certificates.models import Certificate
from learning.enrollments.models import Enrollment
from learning.quizzes.models import Attempt
from learning.signals import attempt_graded, certificate_issued, enrollment_created
from portal.common.context_processors import register_chrome
from portal.common.realtime import push


@receiver(enrollment_created, dispatch_uid="community.enrollment_created")
def tell_about_enrollment(enrollment: Enrollment, **_kwargs: Any) -> None:
    learner, course = enrollment.learner, enrollment.course
    with override(learner.language):
        title = _("You are enrolled in “%(course)s”") % {"course": course.title}
    notifications.notify(
        learner,
        kind=Notification.Kind.ENROLLMENT,
        title=title,
        url=course.get_url() or reverse("learning:dashboard"),
        dedupe_key=f"enrollment:{enrollment.pk}",
    )


@receiver(certificate_issued, dispatch_uid="community.certificate_issued")
def tell_about_certificate(certificate: Certificate, **_kwargs: Any) -> None:
    learner = certificate.learner
    with override(learner.language):
        title = _("You have earned the certificate of “%(course)s”") % {
            "course": certificate.course_title
        }
    notifications.notify(
        learner,
        kind=Notification.Kind.CERTIFICATE,
        title=title,
        url=certificate.get_absolute_url(),
        dedupe_key=f"certificate:{certificate.pk}",
    )
    tasks.mail_certificate.delay(str(certificate.pk))


@receiver(attempt_graded, dispatch_uid="community.attempt_graded")
def tell_about_grading(attempt: Attempt, **_kwargs: Any) -> None:
    # Who hands in sees the result at once; only an attempt that ended by the clock is news.
    # No score here: the quiz decides what is shown, and its result page obeys.
    if attempt.is_preview or attempt.status != Attempt.Status.EXPIRED:
        return
    with override(attempt.learner.language):
        title = _("Time is over for “%(quiz)s”: your saved answers were handed in") % {
            "quiz": attempt.quiz.title
        }
    notifications.notify(
        attempt.learner,
        kind=Notification.Kind.GRADE,
        title=title,
        url=reverse("learning:attempt_result", args=[attempt.pk]),
        dedupe_key=f"attempt:{attempt.pk}",
    )


@receiver(user_logged_out, dispatch_uid="community.user_logged_out")
def hang_up(user: Any, **_kwargs: Any) -> None:
    if user is not None:
        push(user_group(user.pk), {"type": SESSION_ENDED})


def unread_chrome(request: HttpRequest) -> dict[str, Any]:
    """Give every page the number at the bell; it costs a query only where it is shown."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {"unread_count": SimpleLazyObject(lambda: unread_count(user))}


register_chrome(unread_chrome)
