"""A course: its landing page in the catalogue and the root of its content."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from taggit.models import TaggedItemBase
from wagtail import blocks
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.api import APIField
from wagtail.images.api.fields import ImageRenditionField
from wagtail.search import index

from courses.querysets import CoursePageManager
from courses.structured_data import course_json_ld
from portal.common.blocks import article_blocks
from portal.common.fields import StreamField
from portal.common.models import BasePage

SHORT_LINES = [("line", blocks.CharBlock(label=_("Line"), max_length=200))]


class CoursePageTag(TaggedItemBase):
    """A tag on a course."""

    content_object = ParentalKey(
        "courses.CoursePage", on_delete=models.CASCADE, related_name="tagged_items"
    )


class CoursePage(BasePage):
    """A course in the catalogue; lives below the catalogue, holds modules; edited by its team."""

    class Level(models.TextChoices):
        """How much a learner should know beforehand."""

        BEGINNER = "beginner", _("Beginner")
        INTERMEDIATE = "intermediate", _("Intermediate")
        ADVANCED = "advanced", _("Advanced")

    class Order(models.TextChoices):
        """In which order units may be opened."""

        FREE = "free", _("Any order")
        SEQUENTIAL = "sequential", _("One after the other")

    parent_page_types = ["courses.CourseIndexPage"]
    subpage_types = ["courses.ModulePage", "home.LandingPage"]
    page_description = _(
        "A course: everything somebody wants to know before taking it, with its modules below."
    )

    subtitle = models.CharField(
        _("subtitle"), max_length=160, blank=True, help_text=_("One line that completes the title.")
    )
    summary = models.TextField(
        _("summary"),
        max_length=600,
        help_text=_("Two or three sentences, for cards and search results."),
    )
    overview = StreamField(article_blocks(), verbose_name=_("overview"), blank=True)
    outcomes = StreamField(
        SHORT_LINES, verbose_name=_("what learners will be able to do"), blank=True
    )
    requirements = StreamField(SHORT_LINES, verbose_name=_("what learners need"), blank=True)
    audience = StreamField(SHORT_LINES, verbose_name=_("whom this course is for"), blank=True)

    level = models.CharField(_("level"), max_length=12, choices=Level, default=Level.BEGINNER)
    content_language = models.CharField(_("language"), max_length=10, default="en")
    category = models.ForeignKey(
        "courses.Category",
        verbose_name=_("category"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="courses",
    )
    tags = ClusterTaggableManager(through=CoursePageTag, blank=True, verbose_name=_("tags"))
    hero_image = models.ForeignKey(
        "common.CustomImage",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    promo_video = models.URLField(
        _("promotional video"), blank=True, help_text=_("On YouTube or Vimeo.")
    )

    instructor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("instructor"),
        null=True,
        on_delete=models.PROTECT,
        related_name="taught_courses",
    )
    prerequisites = ParentalManyToManyField(
        "self",
        verbose_name=_("prerequisites"),
        blank=True,
        symmetrical=False,
        related_name="prerequisite_of",
    )

    price = models.DecimalField(
        _("price"),
        max_digits=9,
        decimal_places=2,
        default=0,
        validators=[MinValueValidator(0)],
        help_text=_("0 makes the course free."),
    )
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    access_days = models.PositiveIntegerField(
        _("days of access"),
        null=True,
        blank=True,
        help_text=_("Counted from enrollment. Empty: for ever."),
    )
    capacity = models.PositiveIntegerField(
        _("seats"), null=True, blank=True, help_text=_("Empty: no limit.")
    )
    enrollment_opens_at = models.DateTimeField(_("enrollment opens"), null=True, blank=True)
    enrollment_closes_at = models.DateTimeField(_("enrollment closes"), null=True, blank=True)
    starts_at = models.DateTimeField(_("course starts"), null=True, blank=True)
    ends_at = models.DateTimeField(_("course ends"), null=True, blank=True)

    order = models.CharField(_("order of units"), max_length=12, choices=Order, default=Order.FREE)
    passing_grade = models.PositiveSmallIntegerField(
        _("passing grade (%)"),
        default=60,
        validators=[MaxValueValidator(100)],
        help_text=_("The weighted result of the quizzes that earns the certificate."),
    )
    has_certificate = models.BooleanField(_("issues a certificate"), default=True)
    is_featured = models.BooleanField(_("show on the home page"), default=False)

    content_panels = [
        TitleFieldPanel("title", placeholder=_("What is the course called?")),
        FieldPanel("subtitle"),
        FieldPanel("summary"),
        FieldPanel("hero_image", help_text=_("Landscape, 16:9.")),
        FieldPanel("overview"),
        FieldPanel("outcomes"),
        FieldPanel("requirements"),
        FieldPanel("audience"),
        FieldPanel("promo_video"),
    ]
    learning_panels = [
        FieldPanel("order"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("passing_grade"), FieldPanel("has_certificate")])],
            heading=_("Passing"),
        ),
        FieldPanel("prerequisites"),
    ]
    access_panels = [
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("price"), FieldPanel("currency")])], heading=_("Price")
        ),
        MultiFieldPanel(
            [
                FieldRowPanel(
                    [FieldPanel("enrollment_opens_at"), FieldPanel("enrollment_closes_at")]
                ),
                FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
                FieldRowPanel([FieldPanel("capacity"), FieldPanel("access_days")]),
            ],
            heading=_("Dates and seats"),
        ),
    ]
    catalog_panels = [
        FieldPanel("instructor"),
        FieldRowPanel([FieldPanel("level"), FieldPanel("content_language")]),
        FieldPanel("category"),
        FieldPanel("tags"),
        FieldPanel("is_featured"),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Content")),
            ObjectList(catalog_panels, heading=_("Catalogue")),
            ObjectList(learning_panels, heading=_("Learning")),
            ObjectList(access_panels, heading=_("Access")),
            ObjectList(BasePage.promote_panels, heading=_("Promote")),
            ObjectList(BasePage.settings_panels, heading=_("Settings")),
        ]
    )

    search_fields = [
        *BasePage.search_fields,
        index.SearchField("subtitle", boost=2),
        index.SearchField("summary"),
        index.SearchField("overview"),
        index.SearchField("outcomes"),
        index.SearchField("teacher_names", boost=3),
        index.AutocompleteField("teacher_names"),
        index.SearchField("category_name", boost=2),
        index.SearchField("tag_names", boost=2),
        index.AutocompleteField("tag_names"),
        index.SearchField("get_level_display"),
        index.FilterField("level"),
        index.FilterField("content_language"),
        index.FilterField("price"),
        index.FilterField("is_featured"),
        index.FilterField("category_id"),
        index.FilterField("instructor_id"),
        index.RelatedFields(
            "category", [index.FilterField("slug"), index.FilterField("parent_id")]
        ),
        index.RelatedFields("tags", [index.FilterField("slug"), index.FilterField("name")]),
    ]

    api_fields = [
        APIField("subtitle"),
        APIField("summary"),
        APIField("overview"),
        APIField("outcomes"),
        APIField("requirements"),
        APIField("audience"),
        APIField("level"),
        APIField("content_language"),
        APIField("category_name"),
        APIField("tag_names"),
        APIField("instructor_name"),
        APIField("price"),
        APIField("currency"),
        APIField("has_certificate"),
        APIField("uuid"),
        APIField("image", serializer=ImageRenditionField("fill-800x450", source="hero_image")),
    ]

    objects = CoursePageManager()

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")

    def clean(self) -> None:
        super().clean()
        opens, closes = self.enrollment_opens_at, self.enrollment_closes_at
        if opens and closes and closes <= opens:
            raise ValidationError(
                {"enrollment_closes_at": _("Enrollment must close after it opens.")}
            )
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("The course must end after it starts.")})

    def get_json_ld(self, request: HttpRequest) -> list[dict[str, Any]]:
        return [course_json_ld(self, request)]

    @property
    def instructor_name(self) -> str:
        return self.instructor.name if self.instructor else ""

    @property
    def teacher_names(self) -> str:
        """Instructor and team, for the search index. Causes a query."""
        team = [member.user.name for member in self.team_members.select_related("user")]
        return ", ".join(filter(None, [self.instructor_name, *team]))

    @property
    def category_name(self) -> str:
        return self.category.name if self.category else ""

    @property
    def tag_names(self) -> str:
        return ", ".join(tag.name for tag in self.tags.all())

    @property
    def is_free(self) -> bool:
        return self.price == 0

    @property
    def is_open_for_enrollment(self) -> bool:
        """Whether the enrollment window is open now."""
        now = timezone.now()
        return (self.enrollment_opens_at is None or self.enrollment_opens_at <= now) and (
            self.enrollment_closes_at is None or now < self.enrollment_closes_at
        )


class CourseStats(models.Model):
    """Figures about a course. They never live on the page: publishing an older draft would
    overwrite them.
    """

    course = models.OneToOneField(
        CoursePage, primary_key=True, on_delete=models.CASCADE, related_name="stats"
    )
    modules_count = models.PositiveIntegerField(default=0)
    units_count = models.PositiveIntegerField(default=0)
    required_units_count = models.PositiveIntegerField(default=0)
    minutes = models.PositiveIntegerField(default=0)
    enrolled_count = models.PositiveIntegerField(default=0)
    completed_count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("figures of a course")
        verbose_name_plural = _("figures of courses")

    def __str__(self) -> str:
        return f"{self.course_id}: {self.units_count} units"
