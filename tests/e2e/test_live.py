"""What happens on one device is seen on another without a reload, over a real socket."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from courses.models import LessonPage
from learning.enrollments import services as enrollments
from tests.factories import UserFactory, build_course

pytestmark = pytest.mark.e2e


def test_progress_on_one_device_is_seen_on_the_other(visitor, live: str) -> None:
    learner = UserFactory()
    course = build_course("Two Devices")
    enrollments.enroll(learner, course=course)
    lesson = LessonPage.objects.descendant_of(course).order_by("path").first()
    desk, phone = visitor(), visitor(viewport={"width": 390, "height": 844})
    desk.log_in(learner)
    phone.log_in(learner)

    with desk.page.expect_websocket(lambda socket: "/ws/dashboards/student/" in socket.url):
        desk.goto("/dashboard/")
    expect(desk.page.locator("main")).to_contain_text("0 of 4 done")
    page = phone.goto(lesson.url)
    page.get_by_role("button", name="Mark as done").click()
    expect(page.locator("#completion .completion__done")).to_be_visible()

    expect(desk.page.locator("main")).to_contain_text(re.compile("1 of 4 done"), timeout=10_000)
    desk.check_accessibility()
    phone.check_accessibility()
