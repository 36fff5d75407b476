"""What learners have produced is not deleted with the content; the admin says why."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from courses.models import CoursePage, LessonPage, UnitVersion
from learning.enrollments.models import Enrollment
from learning.grading.models import GradeItem
from learning.progress import services as progress
from learning.progress.models import Completion
from learning.quizzes.models import QuizPage
from tests.factories import build_course

pytestmark = pytest.mark.django_db

PLACES: dict[str, Callable[[CoursePage], Page]] = {
    "lesson": lambda course: LessonPage.objects.descendant_of(course).order_by("path")[0],
    "module": lambda course: course.get_children()[0],
    "course": lambda course: course,
    "catalogue": lambda course: course.get_parent(),
    "home": lambda course: course.get_parent().get_parent(),
}


@pytest.fixture
def admin(admin_user: Any, client_for: Any) -> Client:
    return client_for(admin_user)


@pytest.fixture
def studied(enrolled: Enrollment, course: CoursePage) -> Completion:
    """The first lesson, completed by a learner."""
    return progress.complete_unit(enrolled, unit=PLACES["lesson"](course), source="button")


def delete_url(page: Page) -> str:
    return reverse("wagtailadmin_pages:delete", args=[page.pk])


def bulk_delete_url(*pages: Page) -> str:
    ids = "&".join(f"id={page.pk}" for page in pages)
    return reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"]) + f"?{ids}"


class TestDeletion:
    @pytest.mark.parametrize("place", PLACES)
    @pytest.mark.parametrize("url", [delete_url, bulk_delete_url], ids=["single", "bulk"])
    def test_it_is_refused_and_explained(
        self, place: str, url: Any, admin: Client, course: CoursePage, studied: Completion
    ) -> None:
        page = PLACES[place](course)

        answer = admin.post(url(page))
        assert answer.status_code == 302
        shown = admin.get(answer["Location"], follow=True).content.decode()

        assert "1 learner has records here" in shown
        assert "Unpublish it instead" in shown
        assert Page.objects.filter(pk=page.pk).exists()
        assert Completion.objects.filter(pk=studied.pk).exists()

    def test_a_single_page_does_not_even_ask(
        self, admin: Client, course: CoursePage, studied: Completion
    ) -> None:
        assert admin.get(delete_url(course)).status_code == 302

    def test_one_studied_page_keeps_the_whole_selection(
        self, admin: Client, course: CoursePage, studied: Completion
    ) -> None:
        other = LessonPage.objects.get(title="Third lesson")

        admin.post(bulk_delete_url(other, PLACES["lesson"](course)))

        assert Page.objects.filter(pk=other.pk).exists()

    @pytest.mark.parametrize("place", ["lesson", "module", "course"])
    @pytest.mark.parametrize("url", [delete_url, bulk_delete_url], ids=["single", "bulk"])
    def test_content_without_records_goes(
        self, place: str, url: Any, admin: Client, course: CoursePage, studied: Completion
    ) -> None:
        page = PLACES[place](build_course("Unused"))

        admin.post(url(page))

        assert not Page.objects.filter(pk=page.pk).exists()
        assert Page.objects.filter(pk=course.pk).exists()

    def test_the_ledger_outlives_an_unused_unit(self, admin: Client, course: CoursePage) -> None:
        lesson = PLACES["lesson"](course)

        admin.post(delete_url(lesson))

        version = UnitVersion.objects.get(unit_key=lesson.translation_key)
        assert (version.page, version.title) == (None, lesson.title)

    def test_an_empty_column_of_the_gradebook_keeps_nothing(
        self, admin: Client, course: CoursePage
    ) -> None:
        quiz = QuizPage.objects.descendant_of(course).get()
        GradeItem.objects.create(
            course=course, course_key=course.translation_key, unit=quiz,
            unit_key=quiz.translation_key, title=quiz.title,
        )  # fmt: skip

        admin.post(delete_url(quiz))

        assert not Page.objects.filter(pk=quiz.pk).exists()

    def test_the_database_refuses_it_too(self, course: CoursePage, studied: Completion) -> None:
        with pytest.raises(ProtectedError):
            Page.objects.get(pk=studied.unit_id).delete()


class TestMoving:
    def test_records_stay_with_a_moved_unit(
        self, admin: Client, course: CoursePage, studied: Completion
    ) -> None:
        lesson, end = PLACES["lesson"](course), course.get_children()[1]
        key = lesson.translation_key

        admin.post(reverse("wagtailadmin_pages:move_confirm", args=[lesson.pk, end.pk]))

        moved = LessonPage.objects.get(pk=lesson.pk)
        assert moved.get_parent().pk == end.pk
        assert moved.translation_key == key
        assert Completion.objects.get(pk=studied.pk).unit_id == moved.pk
