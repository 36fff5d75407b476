"""The one policy, and every door that asks it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, PageLogEntry

from accounts.models import User
from courses.models import CoursePage, LessonPage, ModulePage
from learning.access import Standing, unit_access, visible_pages
from learning.enrollments.models import Enrollment
from learning.progress import services as progress
from learning.progress.models import Completion
from tests.factories import build_course, make_lesson, make_module, paragraph, publish

CANARY = "canary-7f3a-body-of-a-gated-lesson"

pytestmark = pytest.mark.django_db


@pytest.fixture
def lesson(course: CoursePage, django_capture_on_commit_callbacks: Any) -> LessonPage:
    """A gated lesson whose body must not be seen by outsiders."""
    with django_capture_on_commit_callbacks(execute=True):
        module = ModulePage.objects.child_of(course).order_by("path").first()
        return make_lesson(module, "Gated lesson", body=[paragraph(CANARY)])


@pytest.fixture
def preview(course: CoursePage, django_capture_on_commit_callbacks: Any) -> LessonPage:
    with django_capture_on_commit_callbacks(execute=True):
        module = ModulePage.objects.child_of(course).order_by("path").first()
        return make_lesson(module, "Free lesson", is_preview=True, body=[paragraph("free words")])


def withdrawn_learner(request: pytest.FixtureRequest) -> User:
    enrollment = request.getfixturevalue("enrolled")
    Enrollment.objects.filter(pk=enrollment.pk).update(status=Enrollment.Status.WITHDRAWN)
    return enrollment.learner


def person(name: str, request: pytest.FixtureRequest) -> User | None:
    if name == "anonymous":
        return None
    if name == "withdrawn":
        return withdrawn_learner(request)
    if name == "learner":
        request.getfixturevalue("enrolled")
    return request.getfixturevalue(name)


READERS = ["learner", "classmate", "instructor", "co_instructor", "manager", "admin_user"]
OTHERS = ["anonymous", "unverified", "outsider", "withdrawn", "other_teacher"]
MATRIX = [*((name, True) for name in READERS), *((name, False) for name in OTHERS)]


class TestPolicy:
    @pytest.mark.parametrize(("name", "expected"), MATRIX)
    def test_it_opens_a_unit_to_learners_team_and_inspectors_only(
        self, name: str, expected: bool, lesson: LessonPage, request: pytest.FixtureRequest
    ) -> None:
        user = person(name, request) or AnonymousUser()

        assert unit_access(user, lesson).is_allowed is expected
        assert visible_pages(user, LessonPage.objects.filter(pk=lesson.pk)).exists() is expected

    @pytest.mark.parametrize("name", [*READERS, *OTHERS])
    def test_a_free_preview_is_open_to_everybody(
        self, name: str, preview: LessonPage, request: pytest.FixtureRequest
    ) -> None:
        user = person(name, request) or AnonymousUser()

        assert unit_access(user, preview).is_allowed
        assert visible_pages(user, LessonPage.objects.filter(pk=preview.pk)).exists()

    def test_a_preview_below_a_draft_course_is_not_public(
        self, preview: LessonPage, course: CoursePage
    ) -> None:
        course.unpublish()

        assert unit_access(AnonymousUser(), preview).reason == "inactive"
        assert not visible_pages(AnonymousUser(), LessonPage.objects.filter(pk=preview.pk)).exists()

    @pytest.mark.parametrize(
        ("name", "reason"),
        [("anonymous", "login"), ("outsider", "enroll"), ("withdrawn", "enroll")],
    )
    def test_it_says_why(
        self, name: str, reason: str, lesson: LessonPage, request: pytest.FixtureRequest
    ) -> None:
        user = person(name, request) or AnonymousUser()

        assert unit_access(user, lesson).reason == reason

    @pytest.mark.parametrize("status", ["withdrawn", "suspended", "expired"])
    def test_a_closed_enrollment_opens_nothing(
        self, status: str, lesson: LessonPage, enrolled: Enrollment
    ) -> None:
        Enrollment.objects.filter(pk=enrolled.pk).update(status=status)

        assert unit_access(enrolled.learner, lesson).reason == "enroll"
        assert not visible_pages(enrolled.learner, LessonPage.objects.filter(pk=lesson.pk)).exists()

    def test_access_ends_by_the_clock_before_any_task_has_run(
        self, lesson: LessonPage, enrolled: Enrollment
    ) -> None:
        Enrollment.objects.filter(pk=enrolled.pk).update(
            expires_at=timezone.now() - timedelta(seconds=1)
        )

        assert unit_access(enrolled.learner, lesson).reason == "enroll"
        assert not visible_pages(enrolled.learner, LessonPage.objects.filter(pk=lesson.pk)).exists()

    def test_a_unit_opens_on_its_date(self, lesson: LessonPage, enrolled: Enrollment) -> None:
        lesson.release_rule, lesson.release_at = "on_date", timezone.now() + timedelta(days=1)

        assert unit_access(enrolled.learner, lesson).reason == "not_released"
        lesson.release_at = timezone.now() - timedelta(days=1)
        assert unit_access(enrolled.learner, lesson).is_allowed

    def test_a_unit_opens_days_after_enrollment(
        self, lesson: LessonPage, enrolled: Enrollment
    ) -> None:
        lesson.release_rule, lesson.release_days = "after_days", 3

        assert unit_access(enrolled.learner, lesson).reason == "not_released"
        Enrollment.objects.filter(pk=enrolled.pk).update(
            enrolled_at=timezone.now() - timedelta(days=3, minutes=1)
        )
        assert unit_access(enrolled.learner, lesson).is_allowed

    def test_nothing_opens_before_the_course_starts(
        self, lesson: LessonPage, enrolled: Enrollment
    ) -> None:
        CoursePage.objects.update(starts_at=timezone.now() + timedelta(days=2))

        assert unit_access(enrolled.learner, lesson).reason == "not_released"

    def test_a_sequential_course_names_the_first_unmet_step(
        self, course: CoursePage, enrolled: Enrollment
    ) -> None:
        CoursePage.objects.update(order=CoursePage.Order.SEQUENTIAL)
        first, second, third = LessonPage.objects.descendant_of(course).order_by("path")

        assert unit_access(enrolled.learner, first).is_allowed
        access = unit_access(enrolled.learner, third)
        assert (access.reason, access.step_title) == ("locked", "First lesson")
        assert access.step_url == first.url
        progress.complete_unit(enrolled, unit=first, source=Completion.Source.BUTTON)
        assert unit_access(enrolled.learner, second).is_allowed
        assert unit_access(enrolled.learner, third).step_title == "Second lesson"

    def test_what_was_done_stays_open_and_optional_units_block_nothing(
        self, course: CoursePage, enrolled: Enrollment
    ) -> None:
        CoursePage.objects.update(order=CoursePage.Order.SEQUENTIAL)
        first, second, third = LessonPage.objects.descendant_of(course).order_by("path")
        LessonPage.objects.filter(pk=first.pk).update(is_optional=True)
        progress.complete_unit(enrolled, unit=third, source=Completion.Source.STAFF)

        assert unit_access(enrolled.learner, second).is_allowed
        assert unit_access(enrolled.learner, third).is_allowed

    def test_rights_of_staff_do_not_widen_the_view_as_a_learner(
        self, lesson: LessonPage, admin_user: User
    ) -> None:
        assert Standing(admin_user, lesson.course).access_as_learner(lesson).reason == "enroll"

    def test_lists_need_a_constant_number_of_queries(
        self, learner: User, django_assert_max_num_queries: Any, instructor: User
    ) -> None:
        for number in range(4):
            course = build_course(f"Course {number}", instructor=instructor)
            Enrollment.objects.create(
                learner=learner,
                course=course,
                course_key=course.translation_key,
                enrolled_at=timezone.now(),
            )

        with django_assert_max_num_queries(4):
            assert len(visible_pages(learner, LessonPage.objects.all())) == 12

    def test_the_gate_works_inside_a_search(
        self, lesson: LessonPage, outsider: User, enrolled: Enrollment, preview: LessonPage
    ) -> None:
        assert not visible_pages(outsider, LessonPage.objects.all()).search(CANARY)
        assert not visible_pages(AnonymousUser()).search(CANARY)
        assert [page.pk for page in visible_pages(enrolled.learner).search("Gated")] == [lesson.pk]
        assert [page.pk for page in visible_pages(AnonymousUser()).search("Free")] == [preview.pk]


class TestPageDoor:
    @pytest.mark.parametrize(("name", "expected"), MATRIX)
    def test_only_readers_see_the_body(
        self,
        name: str,
        expected: bool,
        lesson: LessonPage,
        request: pytest.FixtureRequest,
        client_for: Callable[[User | None], Client],
    ) -> None:
        response = client_for(person(name, request)).get(lesson.url)

        assert (CANARY in response.content.decode()) is expected
        assert response.status_code == (200 if expected else 302)

    def test_a_visitor_is_led_to_the_login_and_back(
        self, lesson: LessonPage, client: Client
    ) -> None:
        response = client.get(f"{lesson.url}?a=1")

        assert response.status_code == 302
        assert response["Location"].startswith("/auth/login/?next=")
        assert "a%3D1" in response["Location"]

    def test_an_outsider_is_led_to_the_course_with_a_word(
        self,
        lesson: LessonPage,
        outsider: User,
        client_for: Callable[[User | None], Client],
        course: CoursePage,
    ) -> None:
        client = client_for(outsider)

        assert client.get(lesson.url)["Location"].endswith(course.url)
        assert (
            "Enroll in the course" in str(client.cookies.get("messages", ""))
            or client.session.items()
        )

    def test_gated_pages_are_never_stored(
        self,
        lesson: LessonPage,
        preview: LessonPage,
        enrolled: Enrollment,
        client_for: Any,
        client: Client,
    ) -> None:
        assert client_for(enrolled.learner).get(lesson.url)["Cache-Control"] == "private, no-store"
        assert client.get(preview.url)["Cache-Control"] == "private, no-store"
        assert client.get(lesson.url)["Cache-Control"] == "private, no-store"

    def test_a_locked_unit_is_403_and_names_the_first_step(
        self, course: CoursePage, enrolled: Enrollment, client_for: Any
    ) -> None:
        CoursePage.objects.update(order=CoursePage.Order.SEQUENTIAL)
        first, _second, third = LessonPage.objects.descendant_of(course).order_by("path")

        response = client_for(enrolled.learner).get(third.url)

        assert response.status_code == 403
        assert f'href="{first.url}"' in response.content.decode()
        assert "Body of Third lesson" not in response.content.decode()

    @pytest.mark.parametrize("name", ["learner", "anonymous", "instructor"])
    def test_nothing_below_an_unpublished_page_exists(
        self, name: str, lesson: LessonPage, request: pytest.FixtureRequest, client_for: Any
    ) -> None:
        user = person(name, request)
        lesson.get_parent().specific.unpublish()

        response = client_for(user).get(lesson.url)

        assert response.status_code == 404
        assert CANARY not in response.content.decode()

    def test_a_free_preview_asks_the_visitor_to_enroll(
        self, preview: LessonPage, client: Client, course: CoursePage
    ) -> None:
        text = client.get(preview.url).content.decode()

        assert "free words" in text
        assert "Enroll to read on" in text
        assert "data-player-state" not in text
        assert "csrfmiddlewaretoken" not in text

    def test_reading_by_office_is_written_down_once_a_day(
        self, lesson: LessonPage, manager: User, client_for: Any
    ) -> None:
        client = client_for(manager)
        client.get(lesson.url)
        client.get(lesson.url)

        entry = PageLogEntry.objects.get(action="learning.inspect")
        assert (entry.user, entry.page_id) == (manager, lesson.pk)

    @pytest.mark.parametrize("name", ["learner", "instructor"])
    def test_reading_by_right_is_not_written_down(
        self, name: str, lesson: LessonPage, request: pytest.FixtureRequest, client_for: Any
    ) -> None:
        client_for(person(name, request)).get(lesson.url)

        assert not PageLogEntry.objects.filter(action="learning.inspect").exists()

    def test_the_editor_sees_a_draft_in_the_preview_without_enrollment(
        self, course: CoursePage, instructor: User, rf: Any
    ) -> None:
        module = ModulePage.objects.child_of(course).first()
        draft = make_lesson(
            module, "Draft lesson", live=False, body=[paragraph("words of a draft")]
        )
        request = rf.get("/")
        request.user = instructor

        response = draft.make_preview_request(request, "")

        assert response.status_code == 200
        assert "words of a draft" in response.content.decode()


class TestOtherDoors:
    """The body of a gated lesson is looked for wherever pages leave the portal."""

    @pytest.mark.parametrize("name", OTHERS)
    def test_the_body_leaks_nowhere(
        self,
        name: str,
        lesson: LessonPage,
        course: CoursePage,
        request: pytest.FixtureRequest,
        client_for: Callable[[User | None], Client],
    ) -> None:
        client = client_for(person(name, request))
        uuid = lesson.translation_key
        addresses = [
            *(
                lesson.url,
                f"{lesson.url}?preview=1",
                course.url,
                "/sitemap.xml",
                "/search/?q=canary",
                "/dashboard/",
            ),
            *(
                "/api/v2/pages/",
                f"/api/v2/pages/{lesson.pk}/?fields=*",
                "/api/v2/pages/?type=courses.LessonPage&fields=*",
            ),
            *(
                f"/api/v2/pages/?descendant_of={course.pk}&fields=*",
                f"/api/v2/pages/?search={CANARY}",
                "/blog/feed/",
            ),
            *(
                f"/api/learning/units/{uuid}/",
                f"/admin/pages/{lesson.pk}/view_draft/",
                f"/admin/pages/{lesson.pk}/edit/",
            ),
            *(
                f"/learn/courses/{course.translation_key}/resume/",
                f"/api/v2/pages/find/?html_path={lesson.url}",
            ),
        ]

        for address in addresses:
            # The admin sends people back and forth between itself and the login.
            response = client.get(address, follow=not address.startswith("/admin/"))
            body = b"".join(response) if response.streaming else response.content
            text = body.decode().replace(f"search={CANARY}", "")
            assert CANARY not in text, address
            assert response.status_code < 500, address

    def test_the_unit_api_gives_the_body_to_learners_only(
        self,
        lesson: LessonPage,
        enrolled: Enrollment,
        outsider: User,
        client_for: Any,
        client: Client,
    ) -> None:
        address = f"/api/learning/units/{lesson.translation_key}/"

        assert CANARY in client_for(enrolled.learner).get(address).content.decode()
        assert client_for(outsider).get(address).status_code == 403
        assert client.get(address).status_code == 401

    def test_the_course_page_itself_stays_public(self, course: CoursePage, client: Client) -> None:
        assert visible_pages(AnonymousUser(), CoursePage.objects.all()).count() == 1
        assert Page.objects.get(pk=course.pk).specific.live
        assert publish(make_module(course, "More")).live
