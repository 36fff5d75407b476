"""What a course is made of: modules, and the units in them."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.api import APIField
from wagtail.search import index

from courses.blocks import lesson_blocks
from courses.models.course import CoursePage
from courses.places import PlaceField
from portal.common.fields import StreamField
from portal.common.models import BasePage


class ModulePage(BasePage):
    """An ordered group of units. It has no page of its own: its address leads to its place in the
    outline.
    """

    parent_page_types = ["courses.CoursePage"]
    subpage_types = ["courses.LessonPage", "learning.QuizPage"]
    page_description = _("A group of lessons and quizzes, in order.")

    summary = models.CharField(_("summary"), max_length=300, blank=True)

    content_panels = [
        TitleFieldPanel("title", placeholder=_("Name of the module")),
        FieldPanel("summary"),
    ]

    search_fields = [*BasePage.search_fields, index.SearchField("summary")]

    api_fields = [APIField("summary"), APIField("uuid")]

    class Meta:
        verbose_name = _("module")
        verbose_name_plural = _("modules")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect(f"{self.get_parent().get_url(request)}#module-{self.slug}")

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        return []


class UnitPage(BasePage):
    """What a learner opens and completes. Its content is gated: see `learning.access`.

    `gated_fields` names the fields that only people with access may read; no door shows them to
    others.
    """

    class ReleaseRule(models.TextChoices):
        """When a unit opens for a learner."""

        AT_ONCE = "at_once", _("At once")
        ON_DATE = "on_date", _("On a date")
        AFTER_DAYS = "after_days", _("Days after enrollment")

    kind = "unit"
    gated_fields: tuple[str, ...] = ()

    summary = models.CharField(
        _("summary"),
        max_length=300,
        blank=True,
        help_text=_("One sentence, shown to everybody in the outline."),
    )
    minutes = models.PositiveSmallIntegerField(
        _("estimated minutes"),
        default=10,
        validators=[MinValueValidator(1), MaxValueValidator(600)],
    )
    is_preview = models.BooleanField(
        _("free preview"),
        default=False,
        help_text=_("Everybody may read it, also without an account."),
    )
    is_optional = models.BooleanField(
        _("optional"), default=False, help_text=_("Does not count for progress and certificate.")
    )
    release_rule = models.CharField(
        _("opens"), max_length=12, choices=ReleaseRule, default=ReleaseRule.AT_ONCE
    )
    release_at = models.DateTimeField(_("opens on"), null=True, blank=True)
    release_days = models.PositiveSmallIntegerField(_("opens after days"), null=True, blank=True)

    unit_panels = [
        FieldRowPanel([FieldPanel("minutes"), FieldPanel("is_optional"), FieldPanel("is_preview")]),
        MultiFieldPanel(
            [
                FieldPanel("release_rule"),
                FieldRowPanel([FieldPanel("release_at"), FieldPanel("release_days")]),
            ],
            heading=_("Release"),
        ),
    ]

    search_fields = [
        *BasePage.search_fields,
        index.SearchField("summary"),
        index.FilterField("is_preview"),
    ]

    api_fields = [
        APIField("kind"),
        APIField("summary"),
        APIField("minutes"),
        APIField("is_preview"),
        APIField("order", serializer=PlaceField()),
        APIField("uuid"),
    ]

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.release_rule == self.ReleaseRule.ON_DATE and not self.release_at:
            raise ValidationError({"release_at": _("Say on which date the unit opens.")})
        if self.release_rule == self.ReleaseRule.AFTER_DAYS and self.release_days is None:
            raise ValidationError({"release_days": _("Say after how many days the unit opens.")})

    @cached_property
    def course(self) -> CoursePage:
        """The course that this unit belongs to. Causes a query the first time."""
        return CoursePage.objects.ancestor_of(self).get()

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """Only free previews are worth finding by a search engine; all other bodies are gated."""
        return super().get_sitemap_urls(request) if self.is_preview else []


class LessonPage(UnitPage):
    """A unit of content: text, pictures, video, slides, files."""

    class CompletionRule(models.TextChoices):
        """When a lesson counts as done. Where the rule allows, the learner may also say so by
        button.
        """

        BUTTON = "button", _("When the learner says so")
        OPENED = "opened", _("When it has been opened")
        DWELL = "dwell", _("After some time of reading")
        VIDEO = "video", _("After a share of its video")

    parent_page_types = ["courses.ModulePage"]
    subpage_types: list[str] = []
    page_description = _("A lesson: text, pictures, video, slides, files and check questions.")

    kind = "lesson"
    gated_fields = ("body",)

    body = StreamField(lesson_blocks(), verbose_name=_("body"), blank=True)
    completion_rule = models.CharField(
        _("counts as done"), max_length=10, choices=CompletionRule, default=CompletionRule.BUTTON
    )
    completion_seconds = models.PositiveIntegerField(
        _("seconds of reading"),
        null=True,
        blank=True,
        help_text=_("For the rule “after some time of reading”."),
    )
    completion_percent = models.PositiveSmallIntegerField(
        _("share of the video (%)"),
        default=90,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("For the rule “after a share of its video”."),
    )

    content_panels = [
        TitleFieldPanel("title", placeholder=_("What is this lesson about?")),
        FieldPanel("summary"),
        FieldPanel("body"),
    ]
    learning_panels = [
        MultiFieldPanel(
            [
                FieldPanel("completion_rule"),
                FieldRowPanel([FieldPanel("completion_seconds"), FieldPanel("completion_percent")]),
            ],
            heading=_("Completion"),
        ),
        *UnitPage.unit_panels,
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Content")),
            ObjectList(learning_panels, heading=_("Learning")),
            ObjectList(BasePage.promote_panels, heading=_("Promote")),
            ObjectList(BasePage.settings_panels, heading=_("Settings")),
        ]
    )

    search_fields = [*UnitPage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")

    def clean(self) -> None:
        super().clean()
        if self.completion_rule == self.CompletionRule.DWELL and not self.completion_seconds:
            raise ValidationError(
                {"completion_seconds": _("Say after how many seconds the lesson counts as done.")}
            )
        if self.completion_rule == self.CompletionRule.VIDEO and not any(
            block.block_type == "video" for block in self.body
        ):
            raise ValidationError(
                {"completion_rule": _("This lesson has no video block: choose another rule.")}
            )
