from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.groups import TEACHERS
from accounts.models import Role, User
from accounts.tests.people import (
    is_signed_in,
    log_in,
    mailed_code,
    registration,
    wrong_code,
)
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

REGISTER = "/auth/register/"
VERIFY = "/auth/verify/"


def without_tokens(response: Any) -> str:
    """Return a page's text without what differs from request to request."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())


class TestRegister:
    def test_a_student_registers_and_confirms_the_address(self, client: Client) -> None:
        response = client.post(REGISTER, registration())

        assert response.status_code == 302
        assert response["Location"] == VERIFY
        assert not is_signed_in(client)
        user = User.objects.get(email="mira@example.org")
        assert (user.role, user.first_name, user.timezone) == (
            Role.STUDENT,
            "Mira",
            "Europe/Ljubljana",
        )
        assert not EmailAddress.objects.get(user=user).verified

        response = client.post(VERIFY, {"code": mailed_code()})

        assert response["Location"] == "/dashboard/"
        assert is_signed_in(client)
        assert EmailAddress.objects.get(user=user).verified

    def test_a_teacher_gets_role_group_and_page(self, client: Client) -> None:
        client.post(REGISTER, registration(role="teacher"))

        user = User.objects.get()
        assert user.role == Role.TEACHER
        assert list(user.groups.values_list("name", flat=True)) == [TEACHERS]
        assert user.teacher_profile.is_public
        assert not user.is_staff
        assert not user.is_superuser

    @pytest.mark.parametrize("role", ["admin", "manager", "", "Teacher", "staff"])
    def test_no_other_role_can_be_asked_for(self, client: Client, role: str) -> None:
        response = client.post(REGISTER, registration(role=role))

        assert response.status_code == 200
        assert not User.objects.exists()

    def test_server_owned_fields_in_the_body_change_nothing(self, client: Client) -> None:
        tampered = {
            "is_staff": "1",
            "is_superuser": "1",
            "is_active": "0",
            "groups": "1",
            "id": "1",
            "bio": "x",
        }
        client.post(REGISTER, registration(**tampered))

        user = User.objects.get()
        assert (user.is_staff, user.is_superuser, user.is_active, user.bio) == (
            False,
            False,
            True,
            "",
        )
        assert not user.groups.exists()

    def test_the_time_zone_is_optional_and_checked(self, client: Client) -> None:
        assert client.post(REGISTER, registration(timezone="Mars/Olympus")).status_code == 200
        assert client.post(REGISTER, registration(timezone="")).status_code == 302
        assert User.objects.get().timezone == "UTC"

    @pytest.mark.parametrize(
        "password", ["short", "1234567890123", "password123", "mira@example.org"]
    )
    def test_weak_passwords_are_refused(self, client: Client, password: str) -> None:
        assert client.post(REGISTER, registration(password1=password)).status_code == 200
        assert not User.objects.exists()

    @pytest.mark.parametrize(
        "email",
        [
            "mira@exa\u0131mple.org",
            "m\u0131ra@example.org",
            "mira@\uff45xample.org",
            "mira@example.org\nbcc:x@y.org",
            "a@b.org,c@d.org",
        ],
    )
    def test_addresses_that_look_like_others_are_refused(self, client: Client, email: str) -> None:
        assert client.post(REGISTER, registration(email=email)).status_code == 200
        assert not User.objects.exists()
        assert not mail.outbox

    def test_names_lose_invisible_characters(self, client: Client) -> None:
        client.post(
            REGISTER, registration(first_name="Mi\u202era\u200b", last_name=" No\tvak\x07 ")
        )

        user = User.objects.get()
        assert (user.first_name, user.last_name) == ("Mira", "No vak")

    @pytest.mark.parametrize("name", ["\u200b", "https://bad.example", "win@bad.example", "42"])
    def test_names_must_be_names(self, client: Client, name: str) -> None:
        assert client.post(REGISTER, registration(first_name=name)).status_code == 200
        assert not User.objects.exists()


class TestNoEnumeration:
    def test_a_known_address_gets_the_same_answers(self) -> None:
        UserFactory(email="known@example.org")
        seen = []
        for email in ("known@example.org", "fresh@example.org"):
            client = Client()
            answers = [client.post(REGISTER, registration(email=email)), client.get(VERIFY)]
            answers.append(client.post(VERIFY, {"code": "WRNG-CODE"}))
            seen.append(
                [
                    (a.status_code, a.get("Location"), without_tokens(a).replace(email, ""))
                    for a in answers
                ]
            )

        assert seen[0] == seen[1]
        assert User.objects.filter(email="known@example.org").count() == 1
        assert "account already" in mail.outbox[0].body

    def test_the_mail_to_a_known_address_holds_no_code(self, client: Client) -> None:
        UserFactory(email="known@example.org")
        client.post(REGISTER, registration(email="KNOWN@example.org"))

        assert "testserver/auth/password/reset/" in mail.outbox[0].body
        with pytest.raises(AssertionError):
            mailed_code()

    def test_links_in_mails_do_not_follow_the_host_header(self, client: Client) -> None:
        UserFactory(email="known@example.org")
        client.post(REGISTER, registration(email="known@example.org"), HTTP_HOST="evil.example")

        assert "evil.example" not in mail.outbox[0].body

    def test_reset_answers_the_same(self) -> None:
        UserFactory(email="known@example.org")
        seen = []
        for email in ("known@example.org", "fresh@example.org"):
            client = Client()
            answers = [
                client.post("/auth/password/reset/", {"email": email}),
                client.get("/auth/password/reset/code/"),
            ]
            answers.append(client.post("/auth/password/reset/code/", {"code": "WRNG-CODE"}))
            seen.append(
                [
                    (a.status_code, a.get("Location"), without_tokens(a).replace(email, ""))
                    for a in answers
                ]
            )

        assert seen[0] == seen[1]

    def test_login_answers_the_same(self) -> None:
        UserFactory(email="known@example.org")
        pages = [
            without_tokens(log_in(Client(), email, "not-the-password")).replace(email, "")
            for email in ("known@example.org", "fresh@example.org")
        ]

        assert pages[0] == pages[1]


class TestVerificationCode:
    @pytest.fixture
    def pending(self, client: Client) -> Client:
        client.post(REGISTER, registration())
        return client

    def test_the_fifth_wrong_code_ends_the_attempt(self, pending: Client) -> None:
        code = mailed_code()
        for _ in range(4):
            assert pending.post(VERIFY, {"code": wrong_code()}).status_code == 200
        assert pending.post(VERIFY, {"code": wrong_code()})["Location"] == "/auth/login/"

        assert pending.post(VERIFY, {"code": code})["Location"] == "/auth/login/"
        assert not is_signed_in(pending)
        assert not EmailAddress.objects.get().verified

    def test_starting_again_does_not_give_more_tries(self, pending: Client) -> None:
        for _ in range(4):
            pending.post(VERIFY, {"code": wrong_code()})
        with time_machine.travel(timezone.now() + timedelta(seconds=30)):
            other = Client()
            log_in(other, "mira@example.org")
            assert other.post(VERIFY, {"code": wrong_code()}).status_code == 200
            assert other.post(VERIFY, {"code": mailed_code()})["Location"] == "/auth/login/"
        assert not EmailAddress.objects.get().verified

    def test_a_code_expires_after_ten_minutes(self, pending: Client) -> None:
        code = mailed_code()
        with time_machine.travel(timezone.now() + timedelta(minutes=10, seconds=5)):
            assert pending.post(VERIFY, {"code": code})["Location"] == "/auth/login/"
        assert not EmailAddress.objects.get().verified

    def test_a_code_is_good_for_nearly_ten_minutes(self, pending: Client) -> None:
        code = mailed_code()
        with time_machine.travel(timezone.now() + timedelta(minutes=9, seconds=50)):
            assert pending.post(VERIFY, {"code": code})["Location"] == "/dashboard/"

    def test_a_new_code_replaces_the_old_one(self, pending: Client) -> None:
        old = mailed_code()
        with time_machine.travel(timezone.now() + timedelta(seconds=30)):
            pending.post(VERIFY, {"action": "resend"})
            assert len(mail.outbox) == 2
            assert pending.post(VERIFY, {"code": old}).status_code == 200
            assert pending.post(VERIFY, {"code": mailed_code()})["Location"] == "/dashboard/"

    def test_dashes_and_case_do_not_matter(self, pending: Client) -> None:
        code = mailed_code().replace("-", "").lower()
        assert pending.post(VERIFY, {"code": f" {code} "})["Location"] == "/dashboard/"

    def test_the_code_is_not_in_the_page(self, pending: Client) -> None:
        assert mailed_code() not in pending.get(VERIFY).content.decode()


def test_the_address_stays_hidden_until_the_code_is_right(client: Client) -> None:
    """Logging in with an unconfirmed address leads to the code, never inside."""
    UserFactory(email="unverified@example.org", verified=False)

    response = log_in(client, "unverified@example.org")

    assert response["Location"] == VERIFY
    assert not is_signed_in(client)
    assert client.get("/profile/").status_code == 302


def test_a_mail_server_that_is_away_does_not_break_registration(
    client: Client, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9

    assert client.post(REGISTER, registration())["Location"] == VERIFY
    assert User.objects.count() == 1


def test_registrations_from_one_place_are_limited(client: Client) -> None:
    for number in range(20):
        client.post(REGISTER, registration(email=f"mira{number}@example.org", role="x"))
    response = client.post(REGISTER, registration())

    assert response.status_code == 429
    assert "That was too often" in response.content.decode()
    assert not User.objects.exists()
