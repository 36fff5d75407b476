"""The pages of an attempt.

Everything works by plain forms; `static/js/quiz.js` saves each answer as it is given.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import View

from courses.outline import course_outline
from learning.quizzes import permissions, selectors, services
from learning.quizzes.errors import EnrollmentEnded
from learning.quizzes.graders import GRADERS
from learning.quizzes.models import Attempt
from portal.common.errors import DomainError


class AttemptStartView(LoginRequiredMixin, View):
    """Starts an attempt, or leads to the open one.

    A link here (after logging in) leads to the quiz.
    """

    def get(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        return redirect(self._quiz_url(request, uuid))

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        quiz = selectors.live_quiz(uuid)
        if quiz is None:
            raise Http404
        try:
            attempt = services.start_attempt(request.user, quiz=quiz)
        except DomainError as error:
            messages.error(request, str(error.message))
            return redirect(quiz.get_url(request))
        return redirect("learning:attempt", uuid=attempt.pk)

    def _quiz_url(self, request: HttpRequest, uuid: UUID) -> str:
        quiz = selectors.live_quiz(uuid)
        if quiz is None:
            raise Http404
        return quiz.get_url(request)


class OpenAttemptView(LoginRequiredMixin, View):
    """Finds the person's own attempt; one that has ended leads to its result."""

    attempt: Attempt

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        attempt = selectors.attempt_for_sitting(request.user, kwargs["uuid"])
        if attempt is None:
            raise Http404
        self.attempt = services.settle(attempt)
        if attempt.status != Attempt.Status.IN_PROGRESS:
            return redirect("learning:attempt_result", uuid=attempt.pk)
        if not permissions.user_can_sit(request.user, attempt):
            messages.error(request, str(EnrollmentEnded.message))
            return redirect(attempt.quiz.course.get_url(request))
        return super().dispatch(request, *args, **kwargs)

    def context(self, **extra: Any) -> dict[str, Any]:
        attempt = self.attempt
        now = timezone.now()
        seconds_left = (
            max(0, int((attempt.deadline - now).total_seconds())) if attempt.deadline else None
        )
        return {
            "attempt": attempt,
            "quiz": attempt.quiz,
            "course": attempt.quiz.course,
            "server_time": now,
            "seconds_left": seconds_left,
            "time_text": f"{seconds_left // 60}:{seconds_left % 60:02}"
            if seconds_left is not None
            else "",
            **extra,
        }


class AttemptView(OpenAttemptView):
    """All questions in one form: "Save" stores them, "Hand in" stores them and asks for
    confirmation."""

    def get(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        return self._page()

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        typed = self._typed()
        try:
            errors = services.save_answers(self.attempt, answers=self._answers())
        except DomainError as error:
            messages.error(request, str(error.message))
            return redirect("learning:attempt", uuid=uuid)
        if errors:
            return self._page(
                status=400, sheets=selectors.sheets(self.attempt, errors=errors, typed=typed)
            )
        if request.POST.get("action") == "hand_in":
            return redirect("learning:attempt_submit", uuid=uuid)
        messages.success(request, _("Your answers are saved."))
        return redirect("learning:attempt", uuid=uuid)

    def _page(
        self, *, status: int = 200, sheets: list[selectors.Sheet] | None = None
    ) -> HttpResponse:
        sheets = selectors.sheets(self.attempt) if sheets is None else sheets
        context = self.context(sheets=sheets, errors=[sheet for sheet in sheets if sheet.error])
        return render(self.request, "learning/attempt.html", context, status=status)

    def _answers(self) -> dict[str, Any]:
        """Return the form's answers.

        A question without a field in the form (a foreign id, an old page) is left alone.
        """
        return {
            question["id"]: GRADERS[question["kind"]].from_form(
                self.request.POST.getlist(f"q-{question['id']}")
            )
            for question in self.attempt.paper["questions"]
            if f"has-{question['id']}" in self.request.POST
        }

    def _typed(self) -> dict[str, str]:
        return {
            question["id"]: self.request.POST.get(f"q-{question['id']}", "")
            for question in self.attempt.paper["questions"]
        }


class AttemptSubmitView(OpenAttemptView):
    """Says what is still unanswered, and hands in."""

    def get(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        sheets = selectors.sheets(self.attempt)
        unanswered = [sheet for sheet in sheets if not sheet.is_answered]
        context = self.context(
            sheets=sheets, unanswered=unanswered, answered_count=len(sheets) - len(unanswered)
        )
        return render(request, "learning/attempt_submit.html", context)

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        try:
            services.submit_attempt(self.attempt)
        except DomainError as error:
            messages.error(request, str(error.message))
        return redirect("learning:attempt_result", uuid=uuid)


class AttemptResultView(LoginRequiredMixin, View):
    """Score, feedback as the rules allow, and what comes next.

    The team sees the results of its learners here too.
    """

    def get(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        attempt = selectors.attempt_for_review(request.user, uuid)
        if attempt is None:
            raise Http404
        attempt = services.settle(attempt)
        is_own = attempt.learner_id == request.user.pk
        if attempt.status not in Attempt.FINAL_STATUSES:
            if is_own and permissions.user_can_sit(request.user, attempt):
                return redirect("learning:attempt", uuid=uuid)
            raise Http404
        course = attempt.quiz.course
        context = {
            "attempt": attempt,
            "quiz": attempt.quiz,
            "course": course,
            "result": selectors.result_of(attempt, viewer=request.user),
            "standing": selectors.standing(request.user, attempt.quiz) if is_own else None,
            "next_unit": course_outline(course).next_of(attempt.quiz_key),
            "course_url": course.get_url(request) or reverse("learning:dashboard"),
        }
        return render(request, "learning/attempt_result.html", context)
