"""The blog: an index and its articles."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel, FieldRowPanel, TitleFieldPanel
from wagtail.api import APIField
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.images.api.fields import ImageRenditionField
from wagtail.search import index

from blog.feeds import BlogFeed
from portal.common.blocks import article_blocks
from portal.common.fields import StreamField
from portal.common.models import BasePage, UUIDModel

PAGE_SIZE = 9


class BlogCategory(UUIDModel):
    """A subject of the blog."""

    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(_("address part"), max_length=80, unique=True)

    panels = [FieldPanel("name"), FieldPanel("slug")]

    class Meta:
        verbose_name = _("blog category")
        verbose_name_plural = _("blog categories")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class BlogPageTag(TaggedItemBase):
    """A tag on an article."""

    content_object = ParentalKey(
        "blog.BlogPage", on_delete=models.CASCADE, related_name="tagged_items"
    )


class BlogIndexPage(RoutablePageMixin, BasePage):
    """The blog at /blog/: articles by date, narrowed by category, tag or author; its feed is at
    `feed/`.
    """

    parent_page_types = ["home.HomePage"]
    subpage_types = ["blog.BlogPage"]
    max_count_per_parent = 1
    page_description = _("The list of all articles, newest first.")

    introduction = models.CharField(_("introduction"), max_length=300, blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]

    api_fields = [APIField("introduction"), APIField("uuid")]

    class Meta:
        verbose_name = _("blog")
        verbose_name_plural = _("blogs")

    @path("")
    def posts(self, request: HttpRequest) -> HttpResponseBase:
        return self.render(request, context_overrides=self._listing(request))

    @path("category/<slug:slug>/", name="category")
    def by_category(self, request: HttpRequest, slug: str) -> HttpResponseBase:
        category = BlogCategory.objects.filter(slug=slug).first()
        return self.render(
            request,
            context_overrides=self._listing(request, category__slug=slug) | {"category": category},
        )

    @path("tag/<slug:slug>/", name="tag")
    def by_tag(self, request: HttpRequest, slug: str) -> HttpResponseBase:
        return self.render(
            request, context_overrides=self._listing(request, tags__slug=slug) | {"tag": slug}
        )

    @path("feed/", name="feed")
    def feed(self, request: HttpRequest) -> HttpResponseBase:
        return BlogFeed(self)(request)

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """Hand an article out with what its page shows of other tables, in one query."""
        if len(path_components) == 1 and path_components != ["feed"]:
            post = self.get_posts().filter(slug=path_components[0]).first()
            if post is not None:
                return post.route(request, [])
        return super().route(request, path_components)

    def get_posts(self) -> Any:
        """Return the published articles, newest first, with what a card shows."""
        return _for_cards(BlogPage.objects.child_of(self))

    def _listing(self, request: HttpRequest, **filters: Any) -> dict[str, Any]:
        paginator = Paginator(self.get_posts().filter(**filters), PAGE_SIZE)
        return {
            "posts": paginator.get_page(request.GET.get("page")),
            "categories": BlogCategory.objects.filter(posts__live=True).distinct(),
        }


class BlogPage(BasePage):
    """An article; lives in the blog; written by editors."""

    parent_page_types = ["blog.BlogIndexPage"]
    subpage_types: list[str] = []
    page_description = _("An article of the blog.")

    date = models.DateField(_("date"), default=date.today)
    introduction = models.TextField(_("introduction"), max_length=400, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("author"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="blog_posts",
    )
    category = models.ForeignKey(
        BlogCategory,
        verbose_name=_("category"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="posts",
    )
    tags = ClusterTaggableManager(through=BlogPageTag, blank=True, verbose_name=_("tags"))
    cover = models.ForeignKey(
        "common.CustomImage",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    body = StreamField(article_blocks(), verbose_name=_("body"), blank=True)

    content_panels = [
        TitleFieldPanel("title"),
        FieldPanel("introduction"),
        FieldRowPanel([FieldPanel("date"), FieldPanel("author")]),
        FieldRowPanel([FieldPanel("category"), FieldPanel("tags")]),
        FieldPanel("cover", help_text=_("Landscape, 16:9.")),
        FieldPanel("body"),
    ]

    search_fields = [
        *BasePage.search_fields,
        index.SearchField("introduction"),
        index.SearchField("body"),
        index.FilterField("date"),
    ]

    api_fields = [
        APIField("date"),
        APIField("introduction"),
        APIField("author_name"),
        APIField("tag_names"),
        APIField("body"),
        APIField("uuid"),
        APIField("image", serializer=ImageRenditionField("fill-800x450", source="cover")),
    ]

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        more = _for_cards(BlogPage.objects.sibling_of(self, inclusive=False))[:3]
        return super().get_context(request, *args, **kwargs) | {"more_posts": more}

    def get_json_ld(self, request: HttpRequest) -> list[dict[str, Any]]:
        return [
            {
                "@context": "https://schema.org",
                "@type": "BlogPosting",
                "headline": self.title,
                "description": self.search_description or self.introduction,
                "datePublished": self.date.isoformat(),
                "author": {"@type": "Person", "name": self.author_name},
                "url": self.get_full_url(request),
            }
        ]

    @property
    def author_name(self) -> str:
        return self.author.name if self.author else ""

    @property
    def tag_names(self) -> list[str]:
        return [tag.name for tag in self.tags.all()]


def _for_cards(posts: Any) -> Any:
    """Return the published ones, newest first, with what a card shows."""
    return (
        posts.live()
        .select_related("author", "category", "cover")
        .prefetch_related("cover__renditions")
        .order_by("-date", "-pk")
    )
