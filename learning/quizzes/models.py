"""Quizzes, and one learner's sittings."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
    TitleFieldPanel,
)

from courses.models import UnitPage
from learning.enrollments.models import Enrollment
from learning.quizzes.blocks import question_blocks
from learning.quizzes.querysets import AttemptQuerySet
from portal.common.fields import StreamField
from portal.common.models import BasePage, UUIDModel


class QuizPage(UnitPage):
    """A quiz: a unit that is completed by passing it. Lives in a module; edited by the course's
    team.
    """

    class Shown(models.TextChoices):
        """What a learner sees of a finished attempt."""

        NOTHING = "nothing", _("Nothing")
        SCORE = "score", _("The score")
        RESPONSES = "responses", _("Score and own answers")
        KEY = "key", _("Score, own answers and right answers")
        EXPLANATIONS = "explanations", _("Everything, with explanations")

    class ShownWhen(models.TextChoices):
        """From when on it is shown. The score itself follows `Shown` at once."""

        AFTER_ATTEMPT = "after_attempt", _("After each attempt")
        AFTER_PASS = "after_pass", _("After passing, or after the last attempt")
        AFTER_CLOSE = "after_close", _("After the quiz has closed")
        NEVER = "never", _("Never")

    parent_page_types = ["courses.ModulePage"]
    subpage_types: list[str] = []
    page_description = _("Questions with a score. Passing completes the unit.")

    kind = "quiz"
    gated_fields = ("questions", "introduction")

    introduction = models.TextField(_("introduction"), blank=True, max_length=2000)
    questions = StreamField(question_blocks(), verbose_name=_("questions"), blank=True)

    time_limit_minutes = models.PositiveSmallIntegerField(
        _("time limit (minutes)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(600)],
        help_text=_("Empty: no limit."),
    )
    max_attempts = models.PositiveSmallIntegerField(
        _("attempts"),
        null=True,
        blank=True,
        default=3,
        validators=[MinValueValidator(1)],
        help_text=_("Empty: no limit."),
    )
    passing_percent = models.PositiveSmallIntegerField(
        _("passed from (%)"), default=60, validators=[MaxValueValidator(100)]
    )
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    shuffle_questions = models.BooleanField(_("shuffle questions"), default=False)
    shuffle_options = models.BooleanField(_("shuffle answers"), default=True)
    shown = models.CharField(
        _("learners see"), max_length=12, choices=Shown, default=Shown.EXPLANATIONS
    )
    shown_when = models.CharField(
        _("from"), max_length=14, choices=ShownWhen, default=ShownWhen.AFTER_PASS
    )

    content_panels = [
        TitleFieldPanel("title", placeholder=_("Name of the quiz")),
        FieldPanel("summary"),
        FieldPanel("introduction", help_text=_("Shown before the start.")),
        FieldPanel("questions"),
    ]
    learning_panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("time_limit_minutes"), FieldPanel("max_attempts")]),
                FieldRowPanel([FieldPanel("passing_percent"), FieldPanel("closes_at")]),
                FieldRowPanel([FieldPanel("shuffle_questions"), FieldPanel("shuffle_options")]),
            ],
            heading=_("Rules"),
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("shown"), FieldPanel("shown_when")])],
            heading=_("Afterwards"),
        ),
        *UnitPage.unit_panels,
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Questions")),
            ObjectList(learning_panels, heading=_("Learning")),
            ObjectList(BasePage.promote_panels, heading=_("Promote")),
            ObjectList(BasePage.settings_panels, heading=_("Settings")),
        ]
    )

    class Meta:
        verbose_name = _("quiz")
        verbose_name_plural = _("quizzes")


class Attempt(UUIDModel):
    """One sitting of a quiz.

    Made at the start with its frozen `paper` (what the learner sees: questions with options
    under opaque ids), its `key` (what only the server knows) and its `policy` (the rules of that
    moment), so that later edits of the quiz change nothing. The server's clock decides
    `deadline`.
    """

    class Status(models.TextChoices):
        """Where the sitting stands."""

        IN_PROGRESS = "in_progress", _("In progress")
        SUBMITTED = "submitted", _("Submitted")
        GRADED = "graded", _("Graded")
        EXPIRED = "expired", _("Time was over; graded")

    FINAL_STATUSES = (Status.GRADED, Status.EXPIRED)

    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="attempts"
    )
    enrollment = models.ForeignKey(
        Enrollment, null=True, on_delete=models.PROTECT, related_name="attempts"
    )
    quiz = models.ForeignKey(QuizPage, on_delete=models.PROTECT, related_name="attempts")
    quiz_key = models.UUIDField(_("quiz"), editable=False)
    version = models.ForeignKey(
        "courses.UnitVersion", on_delete=models.PROTECT, related_name="attempts"
    )
    number = models.PositiveIntegerField(_("number"))
    is_preview = models.BooleanField(_("team preview"), default=False)
    status = models.CharField(
        _("status"), max_length=12, choices=Status, default=Status.IN_PROGRESS
    )

    paper = models.JSONField(_("paper"), editable=False)
    key = models.JSONField(_("answer key"), editable=False)
    policy = models.JSONField(_("rules"), editable=False)

    started_at = models.DateTimeField(_("started"))
    deadline = models.DateTimeField(_("deadline"), null=True, blank=True)
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    score = models.DecimalField(_("score"), max_digits=8, decimal_places=2, null=True, blank=True)
    max_score = models.DecimalField(_("of"), max_digits=8, decimal_places=2)
    passed = models.BooleanField(_("passed"), null=True)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        ordering = ["-started_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "quiz_key"],
                condition=Q(status="in_progress"),
                name="one_open_attempt_per_quiz",
            ),
            models.UniqueConstraint(
                fields=["learner", "quiz_key", "number"], name="unique_attempt_number"
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__gte=0, score__lte=F("max_score")),
                name="score_within_bounds",
            ),
            models.CheckConstraint(
                condition=Q(is_preview=True) | Q(enrollment__isnull=False),
                name="attempt_has_an_enrollment",
            ),
        ]
        indexes = [
            models.Index(
                fields=["deadline"], condition=Q(status="in_progress"), name="attempt_running_out"
            ),
            models.Index(fields=["quiz_key", "status"]),
        ]

    def __str__(self) -> str:
        return f"{self.quiz_id} #{self.number}"

    @property
    def is_open(self) -> bool:
        """Whether answers are still taken, by the server's clock."""
        return self.status == self.Status.IN_PROGRESS and not self.is_overdue

    @property
    def is_overdue(self) -> bool:
        """In progress although its time is over; the next read or the sweep grades it."""
        return (
            self.status == self.Status.IN_PROGRESS
            and self.deadline is not None
            and self.deadline <= timezone.now()
        )

    @property
    def percent(self) -> int | None:
        """Score in whole percent, rounded down; None before grading."""
        if self.score is None:
            return None
        return int(100 * self.score / self.max_score) if self.max_score else 0


class Response(UUIDModel):
    """The latest reply of a learner to one question of an attempt, and what it was worth."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="responses")
    question_id = models.UUIDField(_("question"))
    answer = models.JSONField(_("answer"), null=True)
    sequence = models.PositiveBigIntegerField(
        _("sequence"),
        help_text=_("Grows with each change on the learner's side; an older one never overwrites."),
    )
    saved_at = models.DateTimeField(_("saved"), auto_now=True)
    score = models.DecimalField(_("score"), max_digits=8, decimal_places=2, null=True, blank=True)

    class Meta:
        verbose_name = _("response")
        verbose_name_plural = _("responses")
        constraints = [
            models.UniqueConstraint(
                fields=["attempt", "question_id"], name="one_response_per_question"
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__gte=0),
                name="response_score_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id}: {self.question_id}"
