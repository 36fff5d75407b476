"""Which courses, and what to fetch with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import Q
from wagtail.models import PageManager
from wagtail.query import PageQuerySet

if TYPE_CHECKING:
    from accounts.models import User


class CoursePageQuerySet(PageQuerySet):
    """Courses. Methods can be chained; none writes."""

    def for_cards(self) -> Self:
        """Fetch what a card shows in a constant number of queries."""
        return self.select_related(
            "category", "instructor", "stats", "hero_image"
        ).prefetch_related("hero_image__renditions")

    def taught_by(self, user: User) -> Self:
        """Courses whose team the person belongs to, drafts included."""
        return self.filter(Q(instructor=user) | Q(team_members__user=user)).distinct()

    def in_category(self, slug: str) -> Self:
        """Courses of a category and of the categories that lie in it."""
        return self.filter(Q(category__slug=slug) | Q(category__parent__slug=slug))


CoursePageManager = PageManager.from_queryset(CoursePageQuerySet)
