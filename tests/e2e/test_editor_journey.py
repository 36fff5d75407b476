"""A teacher writes, previews and publishes a course; it appears in the catalogue and for headless
clients.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Role
from accounts.services import set_role
from courses.models import CoursePage, UnitVersion
from tests.factories import UserFactory

pytestmark = pytest.mark.e2e


def _publish(page: Page) -> None:
    page.locator("footer [data-w-dropdown-target=toggle]").last.click()
    page.locator("button[name=action-publish]").click()
    expect(page.locator(".w-messages, .messages").first).to_contain_text("published")


def _name(page: Page, title: str) -> None:
    """Type a title as people do; the editor makes the address part from it."""
    page.locator("input[name=title]").press_sequentially(title)
    page.keyboard.press("Tab")
    expect(page.locator("input[name=slug]")).not_to_have_value("")


def test_a_teacher_publishes_a_course(visitor, live: str) -> None:
    teacher = UserFactory(first_name="Ines", last_name="Marques")
    set_role(teacher, Role.TEACHER, actor=None)
    editor = visitor()
    editor.log_in(teacher)

    page = editor.goto("/admin/new-course/")
    page.locator("input[name=title]").fill("Tiles of Lisbon")
    page.locator("textarea[name=summary]").fill("How a wall tells a story.")
    page.get_by_role("button", name="Create the draft").click()
    page.wait_for_url("**/admin/pages/*/edit/")
    course = CoursePage.objects.get()
    assert not course.live

    page.locator("input[name=subtitle]").fill("Four centuries of blue")
    page.locator("[data-side-panel=preview], button[aria-label='Toggle preview']").first.click()
    preview = page.frame_locator("iframe#w-preview-iframe, iframe.w-preview__iframe").first
    expect(preview.locator("main")).to_contain_text("Four centuries of blue")
    _publish(page)

    page.goto(f"{live}/admin/pages/add/courses/modulepage/{course.pk}/")
    _name(page, "Blue and white")
    _publish(page)
    course.refresh_from_db()
    module = course.get_children().get()
    page.goto(f"{live}/admin/pages/add/courses/lessonpage/{module.pk}/")
    _name(page, "The first workshops")
    _publish(page)

    assert UnitVersion.objects.get().author == teacher
    stranger = visitor()
    shown = stranger.goto("/courses/")
    expect(shown.locator("main")).to_contain_text("Tiles of Lisbon")
    shown = stranger.goto(course.url)
    expect(shown.locator("main")).to_contain_text("The first workshops")
    answer = stranger.context.request.get(
        f"{live}/api/v2/pages/?type=courses.CoursePage&fields=subtitle"
    )
    assert [item["subtitle"] for item in answer.json()["items"]] == ["Four centuries of blue"]
