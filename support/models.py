"""Frequently asked questions."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, TitleFieldPanel
from wagtail.api import APIField
from wagtail.fields import RichTextField
from wagtail.search import index

from portal.common.blocks import TEXT_FEATURES
from portal.common.models import BasePage, UUIDModel


class FaqTopic(UUIDModel):
    """A subject of questions."""

    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(_("address part"), max_length=80, unique=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    panels = [FieldPanel("name"), FieldPanel("slug"), FieldPanel("position")]

    class Meta:
        verbose_name = _("FAQ topic")
        verbose_name_plural = _("FAQ topics")
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class FaqIndexPage(BasePage):
    """All questions at /faq/, by topic, with a search box."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["support.FaqPage"]
    max_count_per_parent = 1
    page_description = _("The list of all questions and answers, by topic.")

    introduction = models.CharField(_("introduction"), max_length=300, blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]

    api_fields = [APIField("introduction"), APIField("uuid")]

    class Meta:
        verbose_name = _("FAQ")
        verbose_name_plural = _("FAQs")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        text = request.GET.get("q", "").strip()
        questions = FaqPage.objects.child_of(self).live().select_related("topic")
        found = (
            questions.search(text)
            if text
            else questions.order_by("topic__position", "topic__name", "path")
        )
        return super().get_context(request, *args, **kwargs) | {
            "search_text": text,
            "questions": found,
        }


class FaqPage(BasePage):
    """One question (the title) with its answer."""

    parent_page_types = ["support.FaqIndexPage"]
    subpage_types: list[str] = []
    page_description = _("A question and its answer.")

    topic = models.ForeignKey(
        FaqTopic,
        verbose_name=_("topic"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="questions",
    )
    answer = RichTextField(_("answer"), features=TEXT_FEATURES)

    content_panels = [
        TitleFieldPanel("title", placeholder=_("The question, as people ask it")),
        FieldPanel("topic"),
        FieldPanel("answer"),
    ]

    search_fields = [
        *BasePage.search_fields,
        index.SearchField("answer"),
        index.FilterField("topic_id"),
    ]

    api_fields = [APIField("answer"), APIField("topic_name"), APIField("uuid")]

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")

    def get_json_ld(self, request: HttpRequest) -> list[dict[str, Any]]:
        answer = {"@type": "Answer", "text": strip_tags(self.answer)}
        return [
            {
                "@context": "https://schema.org",
                "@type": "FAQPage",
                "mainEntity": [{"@type": "Question", "name": self.title, "acceptedAnswer": answer}],
            }
        ]

    @property
    def topic_name(self) -> str:
        return self.topic.name if self.topic else ""
