"""Blocks of the home page and of landing pages."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from courses.models import CoursePage
from portal.common.blocks import INLINE_FEATURES, TEXT_FEATURES, article_blocks
from portal.common.chooser_blocks import LinkedPageBlock, PictureBlock

MARKETING = _("Presentation")
MAX_CARDS = 6


class LinkValue(blocks.StructValue):
    """A label that leads to a page or to an address."""

    @property
    def url(self) -> str:
        return _target(self.get("page"), self.get("link"))

    @property
    def primary_url(self) -> str:
        return _target(self.get("primary_page"), self.get("primary_link"))

    @property
    def secondary_url(self) -> str:
        return _target(self.get("secondary_page"), self.get("secondary_link"))


def _target(page: Any, link: str | None) -> str:
    return page.url if page and page.live else (link or "")


def _link_fields(prefix: str = "") -> list[tuple[str, blocks.Block]]:
    return [
        (f"{prefix}label", blocks.CharBlock(label=_("Button"), required=False, max_length=60)),
        (f"{prefix}page", LinkedPageBlock(label=_("leads to page"), required=False)),
        (
            f"{prefix}link",
            blocks.CharBlock(label=_("or to address"), required=False, max_length=300),
        ),
    ]


class HeroBlock(blocks.StructBlock):
    """What this page is about, in one line, with one thing to do."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=120)
    text = blocks.TextBlock(label=_("Text"), required=False, rows=3)
    image = PictureBlock(label=_("Image"), required=False)

    class Meta:
        icon = "title"
        label = _("Opening")
        group = MARKETING
        template = "blocks/hero_block.html"
        value_class = LinkValue
        label_format = "{heading}"
        description = _("A large heading with a button, for the top of a page.")

    def __init__(self, local_blocks: Any = None, **kwargs: Any) -> None:
        links = [*_link_fields("primary_"), *_link_fields("secondary_")]
        super().__init__([*(local_blocks or ()), *links], **kwargs)


class FeatureBlock(blocks.StructBlock):
    """One advantage."""

    icon = blocks.CharBlock(label=_("Icon"), required=False, max_length=40)
    title = blocks.CharBlock(label=_("Title"), max_length=80)
    text = blocks.TextBlock(label=_("Text"), rows=2)


class FeaturesBlock(blocks.StructBlock):
    """A row of advantages."""

    heading = blocks.CharBlock(label=_("Heading"), required=False, max_length=120)
    items = blocks.ListBlock(FeatureBlock(), label=_("Features"), min_num=1)

    class Meta:
        icon = "grid"
        label = _("Features")
        group = MARKETING
        template = "blocks/features_block.html"
        label_format = "{heading}"
        description = _("Advantages side by side.")


class TestimonialBlock(blocks.StructBlock):
    """What somebody says."""

    quote = blocks.TextBlock(label=_("Quote"), rows=3)
    name = blocks.CharBlock(label=_("Name"), max_length=100)
    role = blocks.CharBlock(label=_("Who that is"), required=False, max_length=120)
    photo = PictureBlock(label=_("Photo"), required=False)


class TestimonialsBlock(blocks.StructBlock):
    """Voices of learners."""

    heading = blocks.CharBlock(label=_("Heading"), required=False, max_length=120)
    items = blocks.ListBlock(TestimonialBlock(), label=_("Voices"), min_num=1)

    class Meta:
        icon = "openquote"
        label = _("Testimonials")
        group = MARKETING
        template = "blocks/testimonials_block.html"
        label_format = "{heading}"
        description = _("What learners say.")


class CourseCardsBlock(blocks.StructBlock):
    """Courses, by rule or chosen by hand."""

    heading = blocks.CharBlock(label=_("Heading"), required=False, max_length=120)
    text = blocks.TextBlock(label=_("Text"), required=False, rows=2)
    rule = blocks.ChoiceBlock(
        label=_("Which"),
        choices=[
            ("featured", _("Featured")),
            ("newest", _("Newest")),
            ("chosen", _("Chosen below")),
        ],
        default="featured",
    )
    courses = blocks.ListBlock(
        LinkedPageBlock(page_type="courses.CoursePage"),
        label=_("Courses"),
        default=[],
        max_num=MAX_CARDS,
    )

    class Meta:
        icon = "grid"
        label = _("Course cards")
        group = MARKETING
        template = "blocks/course_cards_block.html"
        label_format = "{heading}"
        description = _("Up to six courses as cards.")

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Give the template the courses. Causes a constant number of queries."""
        courses = CoursePage.objects.live().for_cards()
        if value["rule"] == "chosen":
            keys = [course.pk for course in value["courses"] if course]
            found = {course.pk: course for course in courses.filter(pk__in=keys)}
            chosen = [found[key] for key in keys if key in found]
        else:
            featured = courses.filter(is_featured=True) if value["rule"] == "featured" else courses
            chosen = list(featured.order_by("-first_published_at", "-pk")[:MAX_CARDS])
        return super().get_context(value, parent_context=parent_context) | {"courses": chosen}


class FaqItemBlock(blocks.StructBlock):
    """A question with its answer."""

    question = blocks.CharBlock(label=_("Question"), max_length=200)
    answer = blocks.RichTextBlock(label=_("Answer"), features=TEXT_FEATURES)


class FaqBlock(blocks.StructBlock):
    """Questions and answers on a landing page."""

    heading = blocks.CharBlock(label=_("Heading"), required=False, max_length=120)
    items = blocks.ListBlock(FaqItemBlock(), label=_("Questions"), min_num=1)

    class Meta:
        icon = "help"
        label = _("Questions")
        group = MARKETING
        template = "blocks/faq_block.html"
        label_format = "{heading}"
        description = _("Questions that open on demand.")


class CallToActionBlock(blocks.StructBlock):
    """One thing to do next."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=120)
    text = blocks.RichTextBlock(label=_("Text"), required=False, features=INLINE_FEATURES)

    class Meta:
        icon = "pick"
        label = _("Call to action")
        group = MARKETING
        template = "blocks/call_to_action_block.html"
        value_class = LinkValue
        label_format = "{heading}"
        description = _("A band with one button.")

    def __init__(self, local_blocks: Any = None, **kwargs: Any) -> None:
        super().__init__([*(local_blocks or ()), *_link_fields()], **kwargs)


class StatBlock(blocks.StructBlock):
    """A number and what it counts."""

    number = blocks.CharBlock(label=_("Number"), max_length=20)
    label = blocks.CharBlock(label=_("What it counts"), max_length=80)


class StatsBlock(blocks.StructBlock):
    """Numbers side by side."""

    items = blocks.ListBlock(StatBlock(), label=_("Numbers"), min_num=1)

    class Meta:
        icon = "order"
        label = _("Numbers")
        group = MARKETING
        template = "blocks/stats_block.html"
        description = _("A few telling numbers.")


def landing_blocks() -> list[tuple[str, blocks.Block]]:
    """Return the blocks of landing pages."""
    return [
        ("hero", HeroBlock()),
        ("features", FeaturesBlock()),
        ("course_cards", CourseCardsBlock()),
        ("testimonials", TestimonialsBlock()),
        ("stats", StatsBlock()),
        ("faq", FaqBlock()),
        ("call_to_action", CallToActionBlock()),
        *article_blocks(),
    ]
