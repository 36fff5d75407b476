"""The blog's feed."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from django.contrib.syndication.views import Feed
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed

if TYPE_CHECKING:
    from blog.models import BlogIndexPage, BlogPage


class BlogFeed(Feed):
    """The twenty newest articles as Atom."""

    feed_type = Atom1Feed

    def __init__(self, index: BlogIndexPage) -> None:
        self.index = index

    def title(self) -> str:
        return self.index.title

    def link(self) -> str:
        return self.index.get_url() or "/"

    def subtitle(self) -> str:
        return self.index.introduction

    def items(self) -> Any:
        return self.index.get_posts()[:20]

    def item_title(self, item: BlogPage) -> str:
        return item.title

    def item_description(self, item: BlogPage) -> str:
        return item.introduction

    def item_link(self, item: BlogPage) -> str:
        return item.get_url() or "/"

    def item_author_name(self, item: BlogPage) -> str:
        return item.author_name

    def item_pubdate(self, item: BlogPage) -> datetime:
        return timezone.make_aware(datetime.combine(item.date, time(9)))

    def item_updateddate(self, item: BlogPage) -> datetime:
        """Atom asks for it with every entry."""
        return max(item.last_published_at or self.item_pubdate(item), self.item_pubdate(item))
