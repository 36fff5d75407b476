"""Registration in the Wagtail admin; what is registered lives in the modules named here."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.http import HttpRequest
from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import Page
from wagtail.permissions import policy_registry
from wagtail.snippets.models import register_snippet

from courses.admin_views import NewCourseMenuItem, new_course
from courses.outline import unit_models
from courses.viewsets import CategoryViewSet, CourseListingViewSet

register_snippet(CategoryViewSet)


@hooks.register("register_admin_viewset")
def register_course_listing() -> CourseListingViewSet:
    """https://docs.wagtail.org/en/stable/reference/hooks.html#register-admin-viewset"""
    return CourseListingViewSet("all_courses")


@hooks.register("register_admin_urls")
def register_new_course() -> list[URLPattern]:
    """https://docs.wagtail.org/en/stable/reference/hooks.html#register-admin-urls"""
    return [path("new-course/", new_course, name="new_course")]


@hooks.register("register_admin_menu_item")
def register_new_course_item() -> MenuItem:
    """https://docs.wagtail.org/en/stable/reference/hooks.html#register-admin-menu-item"""
    return NewCourseMenuItem()


@hooks.register("construct_page_chooser_queryset")
def hide_others_content(pages: Any, request: HttpRequest) -> Any:
    """A chooser offers what one may explore, and what everybody may read; not the lessons of other
    teachers.
    """
    if request.user.is_superuser:
        return pages
    own = policy_registry.get_by_type(Page).explorable_instances(request.user)
    return pages.filter(
        Q(pk__in=own.order_by().values("pk"))
        | (Q(live=True) & ~Q(content_type__in=unit_types()))
        | Q(depth=1)
    )


def unit_types() -> list[ContentType]:
    """Return the content types of the gated page types."""
    return list(ContentType.objects.get_for_models(*unit_models()).values())
