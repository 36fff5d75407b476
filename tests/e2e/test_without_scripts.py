"""Finding, enrolling and taking a quiz with JavaScript switched off."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from courses.models import CoursePage
from learning.enrollments.models import Enrollment
from learning.progress.models import Completion
from learning.quizzes.models import Attempt
from tests.factories import (
    UserFactory,
    make_course,
    make_lesson,
    make_module,
    make_quiz,
    single_choice,
    true_false,
)

pytestmark = pytest.mark.e2e


@pytest.fixture
def knots(live: str) -> CoursePage:
    """A beginner's course among others, with a lesson and a quiz."""
    make_course("Celestial Navigation", level="advanced")
    course = make_course("Ten Useful Knots", level="beginner")
    module = make_module(course, "Rope")
    make_lesson(module, "The bowline")
    make_quiz(
        module,
        "Can you tie it?",
        questions=[single_choice("Which knot?"), true_false("It holds.")],
        passing_percent=100,
    )
    return course


def test_a_learner_gets_by_without_scripts(visitor, knots: CoursePage) -> None:
    learner = visitor(java_script_enabled=False)
    user = UserFactory()
    learner.log_in(user)

    page = learner.goto("/courses/")
    expect(page.locator("main")).to_contain_text("Celestial Navigation")
    page = learner.goto("/courses/?level=beginner&q=knots")
    expect(page.locator("main")).not_to_contain_text("Celestial Navigation")
    page.get_by_role("link", name="Ten Useful Knots").first.click()

    page.get_by_role("button", name=re.compile("Enroll")).first.click()
    assert Enrollment.objects.filter(learner=user).count() == 1
    page.get_by_role("button", name="Mark as done").click()
    assert Completion.objects.count() == 1

    page = learner.goto(f"/learn/courses/{knots.translation_key}/resume/")
    page.get_by_role("button", name="Start quiz").click()
    page.locator("fieldset", has_text="Which knot?").get_by_label("Right", exact=True).check()
    page.get_by_role("button", name="Save").click()
    expect(
        page.locator("fieldset", has_text="Which knot?").get_by_label("Right", exact=True)
    ).to_be_checked()
    page.locator("fieldset", has_text="It holds.").get_by_label("True", exact=True).check()
    page.get_by_role("button", name="Hand in").click()
    page.get_by_role("button", name="Hand in now").click()

    expect(page.locator("main")).to_contain_text("Passed")
    assert Attempt.objects.get().passed is True
    assert Enrollment.objects.get(learner=user).completed_at is not None
