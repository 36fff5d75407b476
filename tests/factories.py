"""Small, valid objects for tests. The page tree's root pages exist already (see `home.bootstrap`)."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import factory
from allauth.account.models import EmailAddress
from factory.django import DjangoModelFactory
from wagtail.models import Page

from accounts.models import Role, User
from courses.models import Category, CourseIndexPage, CoursePage, LessonPage, ModulePage
from learning.quizzes.models import QuizPage
from tests.leaks import BODY_CANARY

PASSWORD = "correct-horse-battery"


class UserFactory(DjangoModelFactory):
    """A student with a verified address."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    first_name = "Pat"
    last_name = factory.Sequence(lambda n: f"Learner{n}")
    role = Role.STUDENT
    password = factory.django.Password(PASSWORD)

    @factory.post_generation
    def verified(self, create: bool, extracted: bool | None, **_kwargs: Any) -> None:
        if create and extracted is not False:
            EmailAddress.objects.create(user=self, email=self.email, verified=True, primary=True)


class CategoryFactory(DjangoModelFactory):
    """A category without parent."""

    class Meta:
        model = Category

    name = factory.Sequence(lambda n: f"Subject {n}")
    slug = factory.Sequence(lambda n: f"subject-{n}")


def publish(page: Page) -> Page:
    """Publish a page the way the admin does: a revision that goes live, with all its signals."""
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def catalog_page() -> CourseIndexPage:
    return CourseIndexPage.objects.get()


def make_course(title: str = "Course", *, live: bool = True, **fields: Any) -> CoursePage:
    """Add a course below the catalogue."""
    fields.setdefault("summary", f"What {title} is about.")
    if "instructor" not in fields:
        fields["instructor"] = UserFactory(role=Role.TEACHER)
    tags = fields.pop("tags", ())
    course = catalog_page().add_child(instance=CoursePage(title=title, live=False, **fields))
    if tags:
        course.tags.add(*tags)
        course.save()
    return publish(course) if live else course


def make_module(
    course: CoursePage, title: str = "Module", *, live: bool = True, **fields: Any
) -> ModulePage:
    module = course.add_child(instance=ModulePage(title=title, live=False, **fields))
    return publish(module) if live else module


def paragraph(text: str) -> dict[str, Any]:
    return {"type": "paragraph", "value": f"<p>{text}</p>"}


def make_lesson(
    module: ModulePage, title: str = "Lesson", *, live: bool = True, **fields: Any
) -> LessonPage:
    """Add a lesson; `body` is raw stream data."""
    canary = "" if fields.get("is_preview") else f" {BODY_CANARY}"
    fields.setdefault("body", [paragraph(f"Body of {title}.{canary}")])
    lesson = module.add_child(instance=LessonPage(title=title, live=False, **fields))
    return publish(lesson) if live else lesson


def list_item(value: dict[str, Any]) -> dict[str, Any]:
    """Return an item of a list block; one without an id would be taken for a bare value."""
    return {"type": "item", "id": str(uuid4()), "value": value}


def single_choice(
    prompt: str = "Which one?", *, points: str = "1", explanation: str = ""
) -> dict[str, Any]:
    """Return a question whose right answer is "Right"."""
    return {
        "type": "single_choice",
        "value": {
            "prompt": f"<p>{prompt}</p>",
            "points": points,
            "choices": [
                list_item({"text": "Right", "is_correct": True, "feedback": "Well done."}),
                list_item({"text": "Wrong", "is_correct": False, "feedback": "Look again."}),
            ],
            "explanation": explanation,
        },
    }


def true_false(
    prompt: str = "Is it so?", *, answer: str = "true", points: str = "1"
) -> dict[str, Any]:
    return {
        "type": "true_false",
        "value": {
            "prompt": f"<p>{prompt}</p>",
            "points": points,
            "answer": answer,
            "explanation": "",
        },
    }


def make_quiz(
    module: ModulePage, title: str = "Quiz", *, live: bool = True, **fields: Any
) -> QuizPage:
    """Add a quiz of two questions, or of `questions` (raw stream data)."""
    fields.setdefault("questions", [single_choice(), true_false()])
    quiz = module.add_child(instance=QuizPage(title=title, live=False, **fields))
    return publish(quiz) if live else quiz


def build_course(title: str = "Course", **fields: Any) -> CoursePage:
    """Add a live course: module "Start" with two lessons, module "End" with a lesson and a quiz."""
    course = make_course(title, **fields)
    start = make_module(course, "Start")
    make_lesson(start, "First lesson")
    make_lesson(start, "Second lesson")
    end = make_module(course, "End")
    make_lesson(end, "Third lesson")
    make_quiz(end, "Final quiz")
    return course
