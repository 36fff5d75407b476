"""The home page, landing pages, and the settings of the site."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from home.blocks import landing_blocks
from portal.common.fields import StreamField
from portal.common.models import BasePage


class HomePage(BasePage):
    """The first page of the site. There is one per site."""

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "courses.CourseIndexPage",
        "blog.BlogIndexPage",
        "support.FaqIndexPage",
        "home.LandingPage",
    ]
    max_count_per_parent = 1
    page_description = _("The first page of the site.")

    body = StreamField(landing_blocks(), verbose_name=_("body"), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("body")]

    api_fields = [APIField("body"), APIField("uuid")]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")


class LandingPage(BasePage):
    """A freely composed page: for a campaign, a course, or anything that needs a page."""

    parent_page_types = ["home.HomePage", "home.LandingPage", "courses.CoursePage"]
    subpage_types = ["home.LandingPage"]
    page_description = _("A freely composed page, for campaigns and information.")

    body = StreamField(landing_blocks(), verbose_name=_("body"), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("body")]

    api_fields = [APIField("body"), APIField("uuid")]

    class Meta:
        verbose_name = _("landing page")
        verbose_name_plural = _("landing pages")


class NavigationLinkBlock(blocks.StructBlock):
    """A link of the navigation."""

    title = blocks.CharBlock(label=_("Title"), max_length=60)
    page = blocks.PageChooserBlock(label=_("Page"), required=False)
    link = blocks.CharBlock(label=_("or address"), required=False, max_length=300)

    class Meta:
        icon = "link"
        label = _("Link")
        label_format = "{title}"


class FooterColumnBlock(blocks.StructBlock):
    """A column of the footer."""

    title = blocks.CharBlock(label=_("Title"), max_length=60)
    links = blocks.ListBlock(NavigationLinkBlock(), label=_("Links"))

    class Meta:
        icon = "list-ul"
        label = _("Column")
        label_format = "{title}"


@register_setting(icon="site")
class SiteSettings(BaseSiteSetting):
    """Brand, navigation and footer of a site."""

    brand_name = models.CharField(_("name of the portal"), max_length=60, default="Learning portal")
    tagline = models.CharField(_("tagline"), max_length=120, blank=True)
    logo = models.ForeignKey(
        "common.CustomImage",
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    certificate_issuer = models.CharField(
        _("issuer on certificates"),
        max_length=120,
        blank=True,
        help_text=_("Empty: the name of the portal."),
    )
    navigation = StreamField(
        [("link", NavigationLinkBlock())], verbose_name=_("navigation"), blank=True
    )
    footer = StreamField([("column", FooterColumnBlock())], verbose_name=_("footer"), blank=True)
    footer_note = models.CharField(_("last line of the footer"), max_length=200, blank=True)

    panels = [
        MultiFieldPanel(
            [FieldPanel("brand_name"), FieldPanel("tagline"), FieldPanel("logo")],
            heading=_("Brand"),
        ),
        FieldPanel("certificate_issuer"),
        FieldPanel("navigation"),
        FieldPanel("footer"),
        FieldPanel("footer_note"),
    ]

    class Meta:
        verbose_name = _("site settings")
        verbose_name_plural = _("site settings")
