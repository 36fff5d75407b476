"""Registers of learning: enrollments, attempts, certificates."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail_modeladmin.options import ModelAdminGroup

from learning.certificates.models import Certificate
from learning.enrollments.models import Enrollment
from learning.quizzes.models import Attempt
from portal.common.registers import Register


class EnrollmentRegister(Register):
    """Who takes which course, and how far."""

    model = Enrollment
    menu_icon = "group"
    list_display = ("learner", "course", "status", "percent", "enrolled_at", "completed_at")
    list_filter = ("status", "enrolled_at", "course")
    search_fields = ("learner__email", "learner__first_name", "learner__last_name", "course__title")
    list_export = (
        "learner",
        "email",
        "course",
        "status",
        "percent",
        "enrolled_at",
        "completed_at",
        "withdrawn_at",
    )
    export_filename = "enrollments"
    ordering = ("-enrolled_at",)
    inspect_view_fields = (
        *(
            "learner",
            "course",
            "status",
            "percent",
            "entitlement",
            "enrolled_at",
            "expires_at",
            "completed_at",
        ),
        "withdrawn_at",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Enrollment]:
        return super().get_queryset(request).select_related("learner", "course", "progress")

    def percent(self, enrollment: Enrollment) -> str:
        """Progress in whole percent."""
        progress = getattr(enrollment, "progress", None)
        return f"{progress.percent} %" if progress else "0 %"

    percent.short_description = _("progress")  # type: ignore[attr-defined]

    def email(self, enrollment: Enrollment) -> str:
        return enrollment.learner.email

    email.short_description = _("e-mail")  # type: ignore[attr-defined]


class AttemptRegister(Register):
    """Every sitting of every quiz. The answer key is not shown."""

    model = Attempt
    menu_icon = "form"
    list_display = (
        "learner",
        "quiz",
        "number",
        "status",
        "score",
        "max_score",
        "passed",
        "started_at",
    )
    list_filter = ("status", "passed", "is_preview", "started_at")
    search_fields = ("learner__email", "learner__first_name", "learner__last_name", "quiz__title")
    list_export = (
        *(
            "learner",
            "quiz",
            "number",
            "status",
            "score",
            "max_score",
            "passed",
            "started_at",
            "submitted_at",
        ),
    )
    export_filename = "attempts"
    ordering = ("-started_at",)
    inspect_view_fields = (
        *(
            "learner",
            "quiz",
            "version",
            "number",
            "is_preview",
            "status",
            "started_at",
            "deadline",
            "submitted_at",
        ),
        *("score", "max_score", "passed"),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Attempt]:
        return super().get_queryset(request).select_related("learner", "quiz").defer("paper", "key")


class CertificateRegister(Register):
    """Every certificate that was issued."""

    model = Certificate
    menu_icon = "success"
    list_display = ("serial", "learner_name", "course_title", "status", "issued_at")
    list_filter = ("status", "issued_at")
    search_fields = ("serial", "learner_name", "course_title", "learner__email")
    list_export = (
        "serial",
        "code",
        "learner_name",
        "course_title",
        "grade_percent",
        "status",
        "issued_at",
    )
    export_filename = "certificates"
    ordering = ("-issued_at",)
    inspect_view_fields = (
        *(
            "serial",
            "code",
            "learner",
            "learner_name",
            "course_title",
            "instructor_name",
            "grade_percent",
            "minutes",
        ),
        *("status", "issued_at", "revoked_at", "revoked_by", "revoked_reason"),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("learner")


class LearningRegisters(ModelAdminGroup):
    """The menu that holds them."""

    menu_label = _("Learning")
    menu_icon = "tasks"
    menu_order = 250
    items = (EnrollmentRegister, AttemptRegister, CertificateRegister)
