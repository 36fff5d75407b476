"""The outline: what pages remember of it follows every publishing, and no draft is ever in it.

Committed for real: inside a transaction nothing is remembered.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from wagtail.models import Page

from courses import outline as outlines
from courses.models import CoursePage, LessonPage, ModulePage
from courses.outline import cached_outline, course_outline
from learning.enrollments import services as enrollments
from portal.common.stored_pages import forget_stored_pages
from tests.factories import UserFactory, build_course, make_lesson, publish

pytestmark = pytest.mark.django_db(transaction=True)

TITLES = ["First lesson", "Second lesson", "Third lesson", "Final quiz"]


@pytest.fixture
def committed() -> CoursePage:
    return build_course("Committed")


def module_of(course: CoursePage, place: int = 0) -> ModulePage:
    return ModulePage.objects.child_of(course).order_by("path")[place]


def titles(course: CoursePage) -> list[str]:
    """Return what the next request sees: it loads the course anew."""
    return [unit.title for unit in cached_outline(CoursePage.objects.get(pk=course.pk)).units]


class TestCachedOutline:
    def test_it_says_the_same_as_the_fresh_one(self, committed: CoursePage) -> None:
        assert titles(committed) == TITLES
        assert cached_outline(committed) == cached_outline(committed) == course_outline(committed)

    def test_it_is_read_once(self, committed: CoursePage, django_assert_num_queries: Any) -> None:
        cached_outline(committed)

        with django_assert_num_queries(0):
            cached_outline(committed)

    def test_whoever_changes_his_copy_changes_no_other(self, committed: CoursePage) -> None:
        cached_outline(committed).modules.clear()

        assert titles(committed) == TITLES

    def test_a_new_lesson_is_seen_at_once(self, committed: CoursePage) -> None:
        titles(committed)

        make_lesson(module_of(committed), "New lesson")

        assert titles(committed) == ["First lesson", "Second lesson", "New lesson", *TITLES[2:]]

    def test_an_unpublished_lesson_is_gone_at_once(self, committed: CoursePage) -> None:
        titles(committed)

        LessonPage.objects.get(title="Second lesson").unpublish()

        assert titles(committed) == ["First lesson", *TITLES[2:]]

    def test_a_module_takes_its_lessons_along(self, committed: CoursePage) -> None:
        titles(committed)

        module_of(committed).unpublish()

        assert titles(committed) == TITLES[2:]

    def test_a_moved_lesson_is_in_its_new_place_at_once(self, committed: CoursePage) -> None:
        other = build_course("Other")
        assert titles(committed) == titles(other) == TITLES

        first = LessonPage.objects.descendant_of(committed).get(title="First lesson")
        first.move(module_of(other, 1), pos="last-child")

        assert titles(committed) == TITLES[1:]
        assert titles(other) == [*TITLES, "First lesson"]

    def test_a_deleted_lesson_is_gone_at_once(self, committed: CoursePage) -> None:
        titles(committed)

        LessonPage.objects.get(title="First lesson").delete()

        assert titles(committed) == TITLES[1:]

    def test_a_new_title_and_address_are_seen_at_once(self, committed: CoursePage) -> None:
        titles(committed)

        lesson = LessonPage.objects.get(title="First lesson")
        lesson.title, lesson.slug = "Renamed", "renamed"
        publish(lesson)

        unit = cached_outline(committed).units[0]
        assert (unit.title, unit.url) == ("Renamed", f"{module_of(committed).url}renamed/")

    def test_a_moved_course_has_new_addresses_at_once(self, committed: CoursePage) -> None:
        cached_outline(committed)

        committed.slug = "elsewhere"
        publish(committed)

        fresh = CoursePage.objects.get(pk=committed.pk)
        assert {unit.url.split("/")[2] for unit in cached_outline(fresh).units} == {"elsewhere"}

    def test_a_draft_is_never_in_it(self, committed: CoursePage) -> None:
        titles(committed)
        module_of(committed).add_child(instance=LessonPage(title="Draft", slug="draft", live=False))
        lesson = LessonPage.objects.get(title="First lesson")
        lesson.title = "Draft of a title"
        lesson.save_revision()

        for _ in range(2):
            assert titles(committed) == TITLES
            forget_stored_pages()

    def test_what_is_taken_back_is_not_remembered(self, committed: CoursePage) -> None:
        with transaction.atomic():
            make_lesson(module_of(committed), "Taken back")
            inside = titles(committed)
            transaction.set_rollback(True)

        assert "Taken back" in inside
        assert titles(committed) == TITLES

    def test_a_change_without_a_signal_is_seen_in_time(
        self, committed: CoursePage, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        titles(committed)
        Page.objects.filter(title="First lesson").update(live=False)
        assert titles(committed) == TITLES

        monkeypatch.setattr(outlines, "CACHED_SECONDS", 0.0)

        assert titles(committed) == TITLES[1:]

    def test_it_does_not_grow_without_end(
        self, committed: CoursePage, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(outlines, "MAX_CACHED", 1)

        for course in (committed, build_course("Other"), build_course("Third")):
            cached_outline(course)

        assert len(outlines._outlines[1]) == 1


class TestLearnersPages:
    def test_the_next_request_shows_what_was_published(
        self, committed: CoursePage, client_for: Any
    ) -> None:
        learner = UserFactory(email="reader@example.org")
        enrollments.enroll(learner, course=committed)
        client = client_for(learner)
        lesson = LessonPage.objects.get(title="First lesson")
        assert "New lesson" not in client.get(lesson.url).content.decode()

        made = make_lesson(module_of(committed), "New lesson")

        assert "New lesson" in client.get(lesson.url).content.decode()
        assert "New lesson" in client.get(committed.url).content.decode()

        made.unpublish()

        assert "New lesson" not in client.get(lesson.url).content.decode()
        assert "New lesson" not in client.get(committed.url).content.decode()
