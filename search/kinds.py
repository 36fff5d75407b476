"""What can be found, and what a hit of each kind says about itself.

`texts` names the fields that a snippet may quote. It is an allow-list: a new field is quoted only
when it is added here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from blog.models import BlogPage
from courses.models import CoursePage, LessonPage
from support.models import FaqPage

# Blocks that a reader sees as text at once. Check questions are not among them: they hold answers.
QUOTED_BLOCKS = {"heading", "paragraph", "callout", "quote", "accordion", "table"}


@dataclass(frozen=True)
class Kind:
    """One sort of page that is searched."""

    name: str
    title: str | Promise
    one: str | Promise
    icon: str
    model: type[Page]
    texts: Callable[[Any], list[str]]
    rows: Callable[[QuerySet[Any]], QuerySet[Any]]


def stream_text(stream: Any) -> str:
    """Return the words of the quoted blocks of a StreamField."""
    pieces: list[str] = []
    for child in stream:
        if child.block_type in QUOTED_BLOCKS:
            pieces += [str(piece) for piece in child.block.get_searchable_content(child.value)]
    return strip_tags(" ".join(pieces))


def _course_texts(course: CoursePage) -> list[str]:
    return [course.subtitle, course.summary, stream_text(course.overview)]


def _lesson_texts(lesson: LessonPage) -> list[str]:
    return [lesson.summary, stream_text(lesson.body)]


def _article_texts(article: BlogPage) -> list[str]:
    return [article.introduction, stream_text(article.body)]


def _question_texts(question: FaqPage) -> list[str]:
    return [strip_tags(question.answer)]


KINDS = {
    kind.name: kind
    for kind in (
        Kind("courses", _("Courses"), _("Course"), "graduation", CoursePage, _course_texts,
             lambda rows: rows.select_related("instructor")),
        Kind("lessons", _("Lessons"), _("Lesson"), "book-open", LessonPage, _lesson_texts,
        lambda rows: rows),
        Kind("articles", _("Articles"), _("Article"), "edit", BlogPage, _article_texts,
             lambda rows: rows.select_related("author")),
        Kind("questions", _("Questions"), _("Question"), "help", FaqPage, _question_texts,
             lambda rows: rows.select_related("topic")),
    )
}  # fmt: skip


def kind_of(page: Page) -> Kind | None:
    """Return the kind of a page of any type."""
    return next((kind for kind in KINDS.values() if page.specific_class is kind.model), None)


def models_of(kinds: Iterable[Kind]) -> list[type[Page]]:
    return [kind.model for kind in kinds]
