"""Enrolling by form and over REST."""

from __future__ import annotations

import uuid
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from courses.models import CoursePage, LessonPage
from learning.enrollments.models import Enrollment

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(learner: User, client_for: Any) -> Client:
    return client_for(learner)


def form_address(course: CoursePage, what: str = "enroll") -> str:
    return f"/learn/courses/{course.translation_key}/{what}/"


def api_address(course: CoursePage, what: str = "enroll") -> str:
    return f"/api/courses/courses/{course.translation_key}/{what}/"


class TestForm:
    def test_it_enrolls_and_leads_to_the_first_lesson(
        self, signed_in: Client, course: CoursePage
    ) -> None:
        response = signed_in.post(form_address(course), follow=True)

        first = LessonPage.objects.descendant_of(course).order_by("path").first()
        assert response.redirect_chain[-1][0] == first.url
        assert Enrollment.objects.get().is_open

    def test_a_double_click_enrolls_once(self, signed_in: Client, course: CoursePage) -> None:
        for _ in range(2):
            assert signed_in.post(form_address(course)).status_code == 302

        assert Enrollment.objects.count() == 1

    def test_a_visitor_is_led_to_the_login(self, client: Client, course: CoursePage) -> None:
        assert client.post(form_address(course))["Location"].startswith("/auth/login/")

    def test_reading_the_address_enrolls_nobody(
        self, signed_in: Client, course: CoursePage
    ) -> None:
        assert signed_in.get(form_address(course)).status_code == 405
        assert not Enrollment.objects.exists()

    def test_a_broken_rule_is_said_on_the_course_page(
        self, signed_in: Client, course: CoursePage
    ) -> None:
        CoursePage.objects.update(enrollment_closes_at=timezone.now() - timedelta(days=1))

        assert signed_in.post(form_address(course))["Location"].endswith(course.url)
        assert not Enrollment.objects.exists()

    def test_an_unconfirmed_address_is_led_to_confirming(
        self, unverified: User, course: CoursePage, client_for: Any
    ) -> None:
        assert client_for(unverified).post(form_address(course)).status_code == 302
        assert not Enrollment.objects.exists()

    @pytest.mark.parametrize("what", ["enroll", "withdraw"])
    def test_unknown_and_draft_courses_are_404(
        self, what: str, signed_in: Client, course: CoursePage
    ) -> None:
        assert signed_in.post(f"/learn/courses/{uuid.uuid4()}/{what}/").status_code == 404
        assert signed_in.post(f"/learn/courses/nonsense/{what}/").status_code == 404
        course.unpublish()
        assert signed_in.post(form_address(course, what)).status_code == 404

    def test_leaving_asks_first(
        self, signed_in: Client, enrolled: Enrollment, course: CoursePage
    ) -> None:
        assert "Leave" in signed_in.get(form_address(course, "withdraw")).content.decode()
        enrolled.refresh_from_db()
        assert enrolled.is_open

        signed_in.post(form_address(course, "withdraw"))
        enrolled.refresh_from_db()
        assert enrolled.status == "withdrawn"


class TestApi:
    def test_it_answers_201_then_200(self, signed_in: Client, course: CoursePage) -> None:
        first = signed_in.post(api_address(course))
        second = signed_in.post(f"/api/courses/{course.translation_key}/enroll/")

        assert (first.status_code, second.status_code) == (201, 200)
        assert first.json()["course"]["uuid"] == str(course.translation_key)
        assert first.json()["uuid"] == second.json()["uuid"]
        assert first.json()["status"] == "active"

    @pytest.mark.parametrize(
        ("fields", "status", "code"),
        [
            ({"price": Decimal("5.00")}, 402, "payment_required"),
            ({"capacity": 0}, 409, "course_full"),
            ({"enrollment_opens_at": timezone.now() + timedelta(days=9)}, 409, "enrollment_closed"),
        ],
    )
    def test_a_broken_rule_has_its_code(
        self, fields: dict[str, Any], status: int, code: str, signed_in: Client, course: CoursePage
    ) -> None:
        CoursePage.objects.update(**fields)

        response = signed_in.post(api_address(course))

        assert (response.status_code, response.json()["code"]) == (status, code)
        assert response["Content-Type"] == "application/problem+json"

    @pytest.mark.parametrize(
        ("name", "status", "code"),
        [("unverified", 403, "email_not_verified"), ("manager", 403, "may_not_enroll")],
    )
    def test_people_who_may_not(
        self,
        name: str,
        status: int,
        code: str,
        course: CoursePage,
        request: pytest.FixtureRequest,
        client_for: Any,
    ) -> None:
        response = client_for(request.getfixturevalue(name)).post(api_address(course))

        assert (response.status_code, response.json()["code"]) == (status, code)

    def test_a_visitor_is_401(self, client: Client, course: CoursePage) -> None:
        assert client.post(api_address(course)).status_code == 401

    @pytest.mark.parametrize("text", ["nonsense", "1", "0" * 36, "%00", "g" * 36])
    def test_a_malformed_id_is_404_and_says_so(self, text: str, signed_in: Client) -> None:
        response = signed_in.post(f"/api/courses/courses/{text}/enroll/")

        assert response.status_code == 404
        assert response.json()["detail"] == "Invalid UUID format"

    @pytest.mark.parametrize(
        "field", ["status", "learner", "course", "entitlement", "completed_at", "progress_percent"]
    )
    def test_what_the_server_owns_is_refused_by_name(
        self, field: str, signed_in: Client, course: CoursePage
    ) -> None:
        response = signed_in.post(
            api_address(course), {field: "x"}, content_type="application/json"
        )

        assert response.status_code == 400
        assert field in response.json()["errors"]
        assert not Enrollment.objects.exists()

    @pytest.mark.parametrize("body", ["[]", "3", '"x"', "null", "{", "[" * 100, '{"a": NaN}'])
    def test_odd_bodies_are_never_500(
        self, body: str, signed_in: Client, course: CoursePage
    ) -> None:
        response = signed_in.post(api_address(course), body, content_type="application/json")

        assert response.status_code in {201, 400}

    def test_withdrawing(
        self, signed_in: Client, enrolled: Enrollment, course: CoursePage, outsider: User
    ) -> None:
        assert signed_in.post(api_address(course, "withdraw")).json()["status"] == "withdrawn"
        assert signed_in.post(api_address(course, "withdraw")).status_code == 200

    def test_who_is_not_enrolled_cannot_withdraw(
        self, course: CoursePage, outsider: User, client_for: Any
    ) -> None:
        assert client_for(outsider).post(api_address(course, "withdraw")).status_code == 404
