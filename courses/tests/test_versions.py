"""The version ledger: one row for each different content that learners have seen."""

from __future__ import annotations

import json
from typing import Any

import pytest

from courses import versions
from courses.models import CoursePage, LessonPage, UnitVersion
from learning.quizzes.models import QuizPage
from tests.factories import make_lesson, paragraph, publish

pytestmark = pytest.mark.django_db

Change = UnitVersion.ChangeClass


@pytest.fixture
def lesson(course: CoursePage) -> LessonPage:
    return LessonPage.objects.descendant_of(course).order_by("path").first()


@pytest.fixture
def quiz(course: CoursePage) -> QuizPage:
    return QuizPage.objects.descendant_of(course).get()


def history(unit: Any) -> list[tuple[int, str]]:
    rows = UnitVersion.objects.filter(unit_key=unit.translation_key).order_by("number")
    return list(rows.values_list("number", "change_class"))


def raw(unit: Any, field: str) -> list[dict[str, Any]]:
    """Return a stream as data, to change and set again."""
    return json.loads(json.dumps(list(getattr(unit, field).raw_data), default=str))


def set_stream(unit: Any, field: str, data: list[dict[str, Any]]) -> None:
    block = type(unit)._meta.get_field(field).stream_block
    setattr(unit, field, block.to_python(data))
    publish(unit)


class TestRecording:
    def test_a_published_unit_has_its_first_row(self, lesson: LessonPage) -> None:
        version = UnitVersion.objects.get(unit_key=lesson.translation_key)

        assert (version.number, version.title, version.page_id) == (1, lesson.title, lesson.pk)
        assert version.revision == lesson.live_revision

    def test_a_draft_has_none(self, course: CoursePage) -> None:
        draft = make_lesson(course.get_children().first().specific, "Draft", live=False)
        draft.save_revision()

        assert history(draft) == []

    def test_equal_content_leaves_no_new_row(self, lesson: LessonPage) -> None:
        publish(lesson)
        lesson.seo_title = "Other words for search engines"
        publish(lesson)
        lesson.slug = "moved-to"
        publish(lesson)

        assert len(history(lesson)) == 1

    def test_going_back_to_earlier_content_is_a_new_row(self, lesson: LessonPage) -> None:
        first = lesson.title
        for title in ("Second title", first):
            lesson.title = title
            publish(lesson)

        assert [number for number, _change in history(lesson)] == [1, 2, 3]

    def test_the_hash_matches_the_content(self, lesson: LessonPage, quiz: QuizPage) -> None:
        for version in UnitVersion.objects.all():
            assert version.sha256 == versions.content_hash(version.content)
        stored = versions.current_version(lesson)
        assert stored.sha256 == versions.content_hash(versions.content_of(lesson))

    def test_a_unit_without_a_row_gets_one_when_it_is_asked_for(self, lesson: LessonPage) -> None:
        UnitVersion.objects.filter(unit_key=lesson.translation_key).delete()

        assert versions.current_version(lesson).number == 1
        assert versions.current_version(lesson).number == 1

    def test_somebody_else_publishing_the_same_number_is_no_failure(
        self, lesson: LessonPage, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The other one's row appears between looking and writing."""
        real, stale = versions.newest_version, [versions.newest_version(lesson)]
        other = LessonPage.objects.get(pk=lesson.pk)
        other.title = "Theirs"
        versions.record_version(other)
        monkeypatch.setattr(
            versions, "newest_version", lambda unit: stale.pop() if stale else real(unit)
        )
        lesson.title = "Mine"

        version = versions.record_version(lesson)

        assert (version.number, version.title) == (3, "Mine")
        assert [number for number, _change in history(lesson)] == [1, 2, 3]

    def test_of_two_with_equal_content_one_row_remains(
        self, lesson: LessonPage, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        real, stale = versions.newest_version, [versions.newest_version(lesson)]
        lesson.title = "Both"
        theirs = versions.record_version(lesson)
        monkeypatch.setattr(
            versions, "newest_version", lambda unit: stale.pop() if stale else real(unit)
        )

        assert versions.record_version(lesson) == theirs
        assert len(history(lesson)) == 2


class TestChangeClasses:
    def test_other_words_are_editorial(self, lesson: LessonPage) -> None:
        body = raw(lesson, "body")
        body[0]["value"] = "<p>Other words.</p>"
        set_stream(lesson, "body", body)

        assert history(lesson)[-1] == (2, Change.EDITORIAL)

    def test_a_new_block_is_additive(self, lesson: LessonPage) -> None:
        set_stream(lesson, "body", [*raw(lesson, "body"), paragraph("More.")])

        assert history(lesson)[-1] == (2, Change.ADDITIVE)

    def test_a_removed_block_is_breaking(self, lesson: LessonPage) -> None:
        set_stream(lesson, "body", [])

        assert history(lesson)[-1] == (2, Change.BREAKING)

    def test_another_right_answer_is_breaking(self, quiz: QuizPage) -> None:
        questions = raw(quiz, "questions")
        choices = questions[0]["value"]["choices"]
        for choice in choices:
            choice["value"]["is_correct"] = not choice["value"]["is_correct"]
        set_stream(quiz, "questions", questions)

        assert history(quiz)[-1] == (2, Change.BREAKING)

    def test_another_truth_is_breaking(self, quiz: QuizPage) -> None:
        questions = raw(quiz, "questions")
        questions[1]["value"]["answer"] = "false"
        set_stream(quiz, "questions", questions)

        assert history(quiz)[-1] == (2, Change.BREAKING)

    def test_a_better_explanation_is_editorial(self, quiz: QuizPage) -> None:
        questions = raw(quiz, "questions")
        questions[0]["value"]["explanation"] = "<p>Because.</p>"
        set_stream(quiz, "questions", questions)

        assert history(quiz)[-1] == (2, Change.EDITORIAL)
