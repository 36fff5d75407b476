"""Screens of the Wagtail admin that are ours."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from accounts.models import Role
from courses.models import CourseIndexPage, CoursePage
from courses.services import ensure_workspace

COURSE_AUTHORS = {Role.TEACHER, Role.MANAGER, Role.ADMIN}


def user_can_create_course(user: Any) -> bool:
    """Whether the person may add a course to the catalogue. Nobody needs permissions on the
    catalogue for it.
    """
    return user.is_authenticated and (user.is_superuser or user.role in COURSE_AUTHORS)


class NewCourseMenuItem(MenuItem):
    """The entry “New course” in the admin's menu."""

    def __init__(self) -> None:
        super().__init__(
            _("New course"),
            reverse("new_course"),
            name="new-course",
            icon_name="circle-plus",
            order=140,
        )

    def is_shown(self, request: HttpRequest) -> bool:
        return user_can_create_course(request.user)


class NewCourseForm(forms.Form):
    """What a course needs to exist as a draft."""

    title = forms.CharField(label=_("Title"), max_length=255)
    summary = forms.CharField(
        label=_("Summary"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "Two or three sentences, for cards and search results. You can change it later."
        ),
    )


def new_course(request: HttpRequest) -> HttpResponse:
    """Add a draft course of which the person is the instructor, and open it in the editor.

    Teachers hold no permission on the catalogue itself: "add" there would let them add below
    everybody's courses.
    """
    if not user_can_create_course(request.user):
        raise PermissionDenied
    form = NewCourseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        course = create_course(request.user, **form.cleaned_data)
        return redirect("wagtailadmin_pages:edit", course.pk)
    return render(
        request, "courses/admin/new_course.html", {"form": form, "page_title": _("New course")}
    )


@transaction.atomic
def create_course(user: Any, *, title: str, summary: str) -> CoursePage:
    """Add a draft course below the catalogue, with its workspace."""
    catalog = CourseIndexPage.objects.get()
    course = catalog.add_child(
        instance=CoursePage(
            title=title,
            slug=_free_slug(catalog, title),
            summary=summary,
            instructor=user,
            owner=user,
            live=False,
        )
    )
    course.save_revision(user=user)
    ensure_workspace(course)
    return course


def _free_slug(catalog: CourseIndexPage, title: str) -> str:
    base = slugify(title)[:240] or "course"
    taken = set(catalog.get_children().filter(slug__startswith=base).values_list("slug", flat=True))
    return next(
        slug
        for slug in (base, *(f"{base}-{number}" for number in range(2, 10_000)))
        if slug not in taken
    )
