"""Grades: the column, the cell and the weighted result of a course."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from learning.enrollments.models import Enrollment
from portal.common.models import UUIDModel


class GradeItem(UUIDModel):
    """A column of the gradebook: something that activities push scores to."""

    course = models.ForeignKey(
        "courses.CoursePage", on_delete=models.PROTECT, related_name="grade_items"
    )
    course_key = models.UUIDField(_("course"), editable=False)
    unit = models.ForeignKey("wagtailcore.Page", on_delete=models.PROTECT, related_name="+")
    unit_key = models.UUIDField(_("unit"), unique=True, editable=False)
    title = models.CharField(_("title"), max_length=255)
    weight = models.DecimalField(_("weight"), max_digits=6, decimal_places=2, default=Decimal(1))

    class Meta:
        verbose_name = _("grade item")
        verbose_name_plural = _("grade items")
        indexes = [models.Index(fields=["course_key"])]
        constraints = [
            models.CheckConstraint(condition=Q(weight__gte=0), name="weight_not_negative")
        ]

    def __str__(self) -> str:
        return self.title


class Grade(UUIDModel):
    """A cell of the gradebook: one learner's result for one item, in percent."""

    enrollment = models.ForeignKey(Enrollment, on_delete=models.PROTECT, related_name="grades")
    item = models.ForeignKey(GradeItem, on_delete=models.PROTECT, related_name="grades")
    percent = models.DecimalField(_("percent"), max_digits=5, decimal_places=2)
    graded_at = models.DateTimeField(_("graded"))

    class Meta:
        verbose_name = _("grade")
        verbose_name_plural = _("grades")
        constraints = [
            models.UniqueConstraint(fields=["enrollment", "item"], name="one_grade_per_item"),
            models.CheckConstraint(
                condition=Q(percent__gte=0, percent__lte=100), name="grade_within_bounds"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.percent} %"


class CourseGrade(models.Model):
    """The weighted result of a learner in a course. Items without a grade count as zero once the
    course is complete.
    """

    enrollment = models.OneToOneField(
        Enrollment, primary_key=True, on_delete=models.PROTECT, related_name="grade"
    )
    percent = models.DecimalField(_("percent"), max_digits=5, decimal_places=2, default=Decimal(0))
    is_passing = models.BooleanField(_("passes"), default=False)
    updated_at = models.DateTimeField(_("computed"), auto_now=True)

    class Meta:
        verbose_name = _("course grade")
        verbose_name_plural = _("course grades")
        constraints = [
            models.CheckConstraint(
                condition=Q(percent__gte=0, percent__lte=100), name="course_grade_within_bounds"
            )
        ]

    def __str__(self) -> str:
        return f"{self.percent} %"
