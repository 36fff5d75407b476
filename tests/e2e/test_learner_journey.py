"""From a stranger to a certificate, in a real browser."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core import mail
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from accounts.models import Role, User
from courses.models import CoursePage
from learning.certificates.models import Certificate
from learning.quizzes.models import Attempt, Response
from tests.factories import (
    UserFactory,
    make_course,
    make_lesson,
    make_module,
    make_quiz,
    paragraph,
    single_choice,
    true_false,
)

pytestmark = pytest.mark.e2e

PASSWORD = "a-quiet-harbor-in-may"


@pytest.fixture
def tides(live: str) -> CoursePage:
    """A published course: two lessons and a quiz that is hard to pass by accident."""
    teacher = UserFactory(first_name="Marguerite", last_name="Duval", role=Role.TEACHER)
    course = make_course("Reading the Tides", instructor=teacher)
    module = make_module(course, "Moon and water")
    make_lesson(
        module, "Why the sea comes back", body=[paragraph("Twice a day the water returns.")]
    )
    make_lesson(module, "Springs and neaps", body=[paragraph("At full moon the range is largest.")])
    make_quiz(
        module,
        "What have you learned?",
        questions=[single_choice("What pulls the water?"), true_false("Tides follow the moon.")],
        passing_percent=100,
        time_limit_minutes=20,
        shuffle_options=True,
    )
    return course


def test_a_stranger_becomes_a_holder_of_a_certificate(
    visitor, tides: CoursePage, tmp_path: Path
) -> None:
    learner = visitor()
    page = learner.page

    _register(learner)
    _find_by_teacher(learner)
    _enroll(learner)
    _study(page)
    _lose_the_connection_in_the_quiz(learner)
    _fail_and_pass(page)
    code = _get_the_certificate(learner, tmp_path)
    _verify_as_a_stranger(visitor(), code)


def _register(learner) -> None:
    page = learner.goto("/auth/register/")
    learner.check_accessibility()
    page.get_by_label("First name").fill("Nuria")
    page.get_by_label("Last name").fill("Ferrer")
    page.get_by_label(re.compile("E-?mail", re.I)).fill("nuria@example.org")
    page.locator("input[name=password1]").fill(PASSWORD)
    page.get_by_role("button", name="Create account").click()
    page.wait_for_url("**/auth/verify/**")
    code = re.search(r"^\s*([A-Z0-9][A-Z0-9-]{5,12})\s*$", mail.outbox[-1].body, re.M)
    assert code, mail.outbox[-1].body
    page.locator("input[name=code]").fill(code[1])
    page.locator("form:has(input[name=code]) button[type=submit]").first.click()
    page.wait_for_url("**/dashboard/")
    assert User.objects.get(email="nuria@example.org").role == Role.STUDENT
    learner.check_accessibility()


def _find_by_teacher(learner) -> None:
    page = learner.goto("/courses/")
    learner.check_accessibility()
    page.locator("main input[name=q]").first.fill("Marguerite")
    page.locator("main input[name=q]").first.press("Enter")
    expect(page).to_have_url(re.compile("q=Marguerite"))
    page.get_by_role("link", name="Reading the Tides").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Reading the Tides")
    learner.check_accessibility()


def _enroll(learner) -> None:
    learner.page.get_by_role("button", name=re.compile("Enroll")).first.click()
    expect(learner.page.get_by_role("heading", level=1)).to_contain_text("Why the sea comes back")
    learner.check_accessibility()


def _study(page: Page) -> None:
    for title in ("Why the sea comes back", "Springs and neaps"):
        expect(page.get_by_role("heading", level=1)).to_contain_text(title)
        page.get_by_role("button", name="Mark as done").click()
        expect(page.locator("#completion")).to_contain_text("Done")
        page.get_by_role("link", name=re.compile("Next")).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("What have you learned?")


def _choose(page: Page, question: str, answer: str) -> None:
    fieldset = page.locator("fieldset", has_text=question)
    fieldset.get_by_label(answer, exact=True).check()


def _start(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).first.click()
    page.wait_for_url("**/learn/attempts/**")


def _hand_in(page: Page) -> None:
    page.get_by_role("button", name="Hand in").first.click()
    page.get_by_role("button", name="Hand in now").click()
    page.wait_for_url("**/result/")


def _lose_the_connection_in_the_quiz(learner) -> None:
    page = learner.page
    learner.check_accessibility()
    _start(page, "Start quiz")
    learner.check_accessibility()
    _choose(page, "What pulls the water?", "Right")
    expect(page.locator("[data-save-text]")).to_contain_text("Saved")

    learner.context.set_offline(True)
    _choose(page, "Tides follow the moon.", "True")
    expect(page.locator("[data-save-text]")).to_contain_text("Not saved")
    assert Response.objects.count() == 1
    learner.context.set_offline(False)
    expect(page.locator("[data-save-text]")).to_contain_text("Saved", timeout=30_000)
    assert Response.objects.count() == 2

    page.reload()
    fieldset = page.locator("fieldset", has_text="Tides follow the moon.")
    expect(fieldset.get_by_label("True", exact=True)).to_be_checked()


def _fail_and_pass(page: Page) -> None:
    _choose(page, "What pulls the water?", "Wrong")
    expect(page.locator("[data-save-text]")).to_contain_text("Saved")
    _hand_in(page)
    expect(page.locator("main")).to_contain_text("Not passed yet")
    assert Attempt.objects.get().passed is False

    _start(page, "Try again")
    _choose(page, "What pulls the water?", "Right")
    _choose(page, "Tides follow the moon.", "True")
    _hand_in(page)
    expect(page.locator("main")).to_contain_text("Passed")
    assert Attempt.objects.filter(passed=True).count() == 1


def _get_the_certificate(learner, folder: Path) -> str:
    certificate = Certificate.objects.get()
    page = learner.goto("/dashboard/")
    learner.check_accessibility()
    page.locator(f'a[href*="{certificate.code}"]').first.click()
    expect(page.locator("main")).to_contain_text("Nuria Ferrer")
    learner.check_accessibility()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download PDF").click()
    path = folder / "certificate.pdf"
    download.value.save_as(path)
    reader = PdfReader(path)
    text = " ".join(reader.pages[0].extract_text().split())
    assert len(reader.pages) == 1
    assert "Nuria Ferrer" in text
    assert "Reading the Tides" in text
    assert certificate.serial in text
    return str(certificate.code)


def _verify_as_a_stranger(stranger, code: str) -> None:
    page = stranger.goto(f"/certificates/{code}/")
    expect(page.locator("main")).to_contain_text("Nuria Ferrer")
    expect(page.locator("main")).to_contain_text(re.compile("valid", re.I))
    assert "nuria@example.org" not in page.content()
    assert page.get_by_role("link", name="Download PDF").count() == 0
    stranger.check_accessibility()
