from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import Role, TeacherProfile, User
from courses.models import CoursePage
from tests.factories import UserFactory, make_course

pytestmark = pytest.mark.django_db


def url_of(user: User) -> str:
    return f"/teachers/{user.pk}/"


def teacher(**profile: object) -> User:
    user = UserFactory(
        role=Role.TEACHER, email="ada.secret@example.org", first_name="Ada", last_name="Baker"
    )
    TeacherProfile.objects.filter(user=user).update(**profile)
    return user


class TestTeacherPage:
    def test_it_tells_what_is_public_and_nothing_else(self, client: Client) -> None:
        user = teacher(
            headline="Baker",
            biography="I **bake**.",
            expertise=["sourdough"],
            languages=["English"],
            website="https://bread.example/",
        )
        make_course("Bread at home", instructor=user)
        make_course("Unfinished bread", instructor=user, live=False)

        page = client.get(url_of(user)).content.decode()

        for text in (
            "Ada Baker",
            "Baker",
            "<strong>bake</strong>",
            "sourdough",
            "English",
            "https://bread.example/",
            "Bread at home",
        ):
            assert text in page
        for text in ("ada.secret", "Unfinished bread"):
            assert text not in page

    @pytest.mark.parametrize(
        "biography",
        [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "[x](javascript:alert(1))",
            "![x](https://evil.example/pixel.png)",
            "<style>*{display:none}</style>",
            "[x](data:text/html;base64,PHNjcmlwdD4=)",
        ],
    )
    def test_a_biography_cannot_do_anything(self, client: Client, biography: str) -> None:
        page = client.get(url_of(teacher(biography=biography))).content.decode()
        about = page.split('class="teacher__about"')[1].split('class="teacher__courses"')[0]

        for harm in ("<script", "<img", "<style", 'href="javascript', 'href="data'):
            assert harm not in about

    def test_markup_in_other_fields_is_text(self, client: Client) -> None:
        script = "<script>alert(1)</script>"
        user = teacher(headline=script, expertise=[script], languages=[script])
        User.objects.filter(pk=user.pk).update(display_name=script, bio=script)

        assert script not in client.get(url_of(user)).content.decode()

    def test_what_is_not_public_looks_like_what_does_not_exist(self, client: Client) -> None:
        hidden = teacher(is_public=False)
        closed = UserFactory(role=Role.TEACHER, is_active=False)
        others = [
            UserFactory(),
            UserFactory(role=Role.MANAGER),
            UserFactory(role=Role.ADMIN),
            hidden,
            closed,
        ]
        unknown = client.get(f"/teachers/{uuid.uuid4()}/")

        assert unknown.status_code == 404
        for user in others:
            response = client.get(url_of(user))
            assert (response.status_code, response.content) == (404, unknown.content)

    def test_a_teacher_always_sees_his_own(self, client_for: Callable) -> None:
        user = teacher(is_public=False)
        assert client_for(user).get(url_of(user)).status_code == 200
        assert client_for(UserFactory()).get(url_of(user)).status_code == 404

    def test_a_page_without_courses_is_not_for_search_engines(
        self, client: Client, course: CoursePage
    ) -> None:
        assert b'content="noindex"' in client.get(url_of(teacher())).content
        assert b'content="noindex"' not in client.get(url_of(course.instructor)).content

    def test_cost_does_not_grow_with_the_courses(
        self,
        client: Client,
        django_assert_max_num_queries: Callable,
        django_assert_num_queries: Callable,
    ) -> None:
        few, many = teacher(), UserFactory(role=Role.TEACHER)
        make_course("One", instructor=few)
        for number in range(6):
            make_course(f"Course {number}", instructor=many)
        client.get(url_of(few))
        with django_assert_max_num_queries(15) as first:
            client.get(url_of(few))
        cost = len(first)
        with django_assert_num_queries(cost):
            client.get(url_of(many))


class TestTeachers:
    def test_it_lists_teachers_with_a_public_page_and_a_live_course(
        self, client: Client, course: CoursePage
    ) -> None:
        hidden = teacher(is_public=False)
        make_course("Hidden", instructor=hidden)
        UserFactory(role=Role.TEACHER, first_name="Courseless")

        page = client.get("/teachers/").content.decode()

        assert "Ada Instructor" in page
        assert "Ada Baker" not in page
        assert "Courseless" not in page
        assert "@example.org" not in page

    def test_it_is_empty_with_a_word(self, client: Client) -> None:
        assert "No teacher has a public page yet" in client.get("/teachers/").content.decode()

    @pytest.mark.parametrize("page", ["0", "-1", "999999999999999999999999", "x", "\u0661", ""])
    def test_strange_pages_are_answered(
        self, client: Client, course: CoursePage, page: str
    ) -> None:
        assert client.get("/teachers/", {"page": page}).status_code == 200

    def test_cost_does_not_grow_with_the_teachers(
        self,
        client: Client,
        course: CoursePage,
        django_assert_max_num_queries: Callable,
        django_assert_num_queries: Callable,
    ) -> None:
        client.get("/teachers/")
        with django_assert_max_num_queries(15) as first:
            client.get("/teachers/")
        cost = len(first)
        for number in range(4):
            make_course(f"Course {number}", instructor=UserFactory(role=Role.TEACHER))
        client.get("/teachers/")
        with django_assert_num_queries(cost):
            client.get("/teachers/")
