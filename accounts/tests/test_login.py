from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.usersessions.models import UserSession
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.browsers import browser_name
from accounts.models import User
from accounts.tests.people import NEW_PASSWORD, is_signed_in, log_in, mailed_code, wrong_code
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db

RESET = "/auth/password/reset/"
RESET_CODE = "/auth/password/reset/code/"
RESET_NEW = "/auth/password/reset/new/"


@pytest.fixture
def person() -> User:
    return UserFactory(email="mira@example.org", first_name="Mira")


@pytest.fixture
def signed_in(client: Client, person: User) -> Client:
    log_in(client, person.email)
    return client


@pytest.fixture
def proven(signed_in: Client) -> Client:
    """Signed in, and has given the password once more a moment ago."""
    signed_in.post("/auth/reauthenticate/", {"password": PASSWORD})
    return signed_in


def totp_code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


class TestLogIn:
    def test_it_signs_in_whatever_the_case(self, client: Client, person: User) -> None:
        response = log_in(client, " MIRA@Example.org ")

        assert response["Location"] == "/dashboard/"
        assert is_signed_in(client)

    def test_it_gives_a_new_session(self, client: Client, person: User) -> None:
        client.get("/auth/login/")
        session = client.session
        session["planted"] = True
        session.save()
        before = session.session_key

        log_in(client, person.email)

        assert client.session.session_key != before

    def test_it_follows_next_on_this_site(self, client: Client, person: User) -> None:
        assert (
            log_in(client, person.email, next="/profile/security/")["Location"]
            == "/profile/security/"
        )

    @pytest.mark.parametrize(
        "url",
        [
            "https://evil.example/",
            "//evil.example/",
            "///evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "javascript:alert(1)",
            "http:evil.example",
            "https:///evil.example",
            "/\t/evil.example",
            "https://testserver@evil.example/",
            "data:text/html,x",
        ],
    )
    def test_it_never_leads_away(self, client: Client, person: User, url: str) -> None:
        location = log_in(client, person.email, next=url)["Location"]

        assert location == "/dashboard/"

    def test_an_inactive_person_is_not_let_in(self, client: Client) -> None:
        UserFactory(email="gone@example.org", is_active=False)
        log_in(client, "gone@example.org")

        assert not is_signed_in(client)

    def test_five_wrong_passwords_close_the_door_for_the_right_one(
        self, client: Client, person: User
    ) -> None:
        for _ in range(5):
            log_in(client, person.email, "wrong-password")
        response = log_in(client, person.email)

        assert not is_signed_in(client)
        assert "Too many failed" in response.content.decode()

    def test_the_limit_is_not_evaded_by_case_host_or_forwarded_headers(self, person: User) -> None:
        tricks = [
            {"HTTP_HOST": "localhost"},
            {"HTTP_X_FORWARDED_FOR": "1.2.3.4"},
            {"HTTP_HOST": "127.0.0.1"},
        ]
        addresses = ["mira@example.org", "MIRA@example.org", " mira@example.org"]
        for number in range(5):
            Client(**tricks[number % 3]).post(
                "/auth/login/", {"login": addresses[number % 3], "password": "wrong-password"}
            )
        client = Client(HTTP_HOST="portal.example", HTTP_X_FORWARDED_FOR="9.9.9.9")
        log_in(client, "Mira@Example.org")

        assert not is_signed_in(client)

    def test_the_door_opens_again_after_five_minutes(self, client: Client, person: User) -> None:
        for _ in range(5):
            log_in(client, person.email, "wrong-password")
        with time_machine.travel(timezone.now() + timedelta(minutes=6)):
            log_in(client, person.email)
        assert is_signed_in(client)

    @pytest.mark.parametrize("url", ["/admin/login/", "/django-admin/login/"])
    def test_both_admins_use_this_login(self, client: Client, url: str) -> None:
        response = client.get(f"{url}?next=/admin/pages/")

        assert response["Location"].startswith("/auth/login/")

    def test_the_django_admin_leads_here(self, client: Client) -> None:
        assert "/auth/login/" in client.get("/django-admin/", follow=True).redirect_chain[-1][0]


class TestLogOut:
    def test_it_asks_before_and_logs_out_by_post_only(self, signed_in: Client) -> None:
        assert signed_in.get("/auth/logout/").status_code == 200
        assert is_signed_in(signed_in)
        assert signed_in.post("/auth/logout/")["Location"] == "/"
        assert not is_signed_in(signed_in)

    def test_it_never_leads_away(self, signed_in: Client) -> None:
        assert signed_in.post("/auth/logout/", {"next": "https://evil.example/"})["Location"] == "/"


class TestResetPassword:
    def test_a_code_opens_the_way_to_a_new_password(self, client: Client, person: User) -> None:
        assert client.post(RESET, {"email": person.email})["Location"] == RESET_CODE
        assert client.get(RESET_NEW)["Location"] == RESET_CODE
        assert client.post(RESET_CODE, {"code": mailed_code()})["Location"] == RESET_NEW
        new = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
        assert client.get(RESET_NEW).status_code == 200
        assert client.post(RESET_NEW, new).status_code == 302

        person.refresh_from_db()
        assert person.check_password(NEW_PASSWORD)
        assert log_in(Client(), person.email, NEW_PASSWORD)["Location"] == "/dashboard/"

    def test_it_ends_all_sessions(self, person: User) -> None:
        elsewhere, client = Client(), Client()
        log_in(elsewhere, person.email)
        client.post(RESET, {"email": person.email})
        client.post(RESET_CODE, {"code": mailed_code()})
        client.post(RESET_NEW, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})

        assert elsewhere.get("/profile/").status_code == 302

    def test_five_tries_per_mailbox_however_often_it_is_begun(self, person: User) -> None:
        first, second = Client(), Client()
        first.post(RESET, {"email": person.email})
        for _ in range(4):
            assert first.post(RESET_CODE, {"code": wrong_code()}).status_code == 200
        second.post(RESET, {"email": person.email.upper()})
        assert second.post(RESET_CODE, {"code": wrong_code()}).status_code == 200

        assert second.post(RESET_CODE, {"code": mailed_code()})["Location"] == "/auth/login/"
        assert second.get(RESET_NEW)["Location"] != RESET_CODE

    def test_a_code_expires(self, client: Client, person: User) -> None:
        client.post(RESET, {"email": person.email})
        code = mailed_code()
        with time_machine.travel(timezone.now() + timedelta(minutes=11)):
            assert client.post(RESET_CODE, {"code": code})["Location"] == "/auth/login/"

    def test_a_look_alike_of_an_address_gets_no_code(self, client: Client, person: User) -> None:
        assert client.post(RESET, {"email": "mira@example.or\u0261"}).status_code == 200
        assert client.post(RESET, {"email": "m\u0131ra@example.org"}).status_code == 200
        assert not mail.outbox


class TestChangePassword:
    def test_it_needs_the_old_one_and_ends_other_sessions(
        self, signed_in: Client, person: User
    ) -> None:
        elsewhere = Client()
        log_in(elsewhere, person.email)
        new = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}

        assert (
            signed_in.post("/auth/password/change/", {"oldpassword": "wrong", **new}).status_code
            == 200
        )
        assert (
            signed_in.post("/auth/password/change/", {"oldpassword": PASSWORD, **new}).status_code
            == 302
        )

        person.refresh_from_db()
        assert person.check_password(NEW_PASSWORD)
        assert signed_in.get("/profile/").status_code == 200
        assert elsewhere.get("/profile/").status_code == 302


class TestChangeEmail:
    def test_the_new_address_counts_once_its_code_is_entered(
        self, proven: Client, person: User
    ) -> None:
        response = proven.post(
            "/auth/email/", {"action_add": "", "email": "new@example.org"}, follow=True
        )

        assert response.status_code == 200
        person.refresh_from_db()
        assert person.email == "mira@example.org"
        proven.post("/auth/verify/", {"code": mailed_code()})
        assert EmailAddress.objects.filter(
            user=person, email="new@example.org", verified=True
        ).exists()

    def test_an_address_of_somebody_else_is_not_told_and_not_given(
        self, proven: Client, person: User
    ) -> None:
        UserFactory(email="other@example.org")
        answer = proven.post(
            "/auth/email/", {"action_add": "", "email": "other@example.org"}, follow=True
        )

        assert answer.status_code == 200
        assert "already" not in answer.content.decode()
        assert EmailAddress.objects.filter(email="other@example.org").count() == 1

    def test_it_asks_for_the_password_first_and_goes_on_from_there(self, signed_in: Client) -> None:
        asked = signed_in.post("/auth/email/", {"action_add": "", "email": "new@example.org"})[
            "Location"
        ]
        assert asked.startswith("/auth/reauthenticate/")
        assert signed_in.get(asked).status_code == 200
        assert signed_in.post(asked, {"password": "wrong-password"}).status_code == 200
        assert not mail.outbox

        signed_in.post(asked, {"password": PASSWORD, "next": "/auth/email/"})
        assert mail.outbox[0].to == ["new@example.org"]

    def test_a_proof_is_old_after_five_minutes(self, proven: Client) -> None:
        with time_machine.travel(timezone.now() + timedelta(minutes=6)):
            response = proven.post("/auth/email/", {"action_add": "", "email": "new@example.org"})
        assert response["Location"].startswith("/auth/reauthenticate/")


class TestSecondFactor:
    @pytest.fixture
    def secret(self, proven: Client) -> str:
        page = proven.get("/auth/2fa/totp/activate/")
        secret = page.context["form"].secret
        response = proven.post("/auth/2fa/totp/activate/", {"code": totp_code(secret)})
        assert response["Location"] == "/auth/2fa/recovery-codes/"
        return secret

    def test_the_password_alone_no_longer_signs_in(self, secret: str, person: User) -> None:
        client = Client()
        response = log_in(client, person.email, next="/profile/data/")

        assert response["Location"].startswith("/auth/2fa/authenticate/")
        assert not is_signed_in(client)
        assert client.get("/profile/").status_code == 302
        assert client.get("/auth/2fa/authenticate/").status_code == 200
        assert client.post("/auth/2fa/authenticate/", {"code": "000000"}).status_code == 200
        with time_machine.travel(timezone.now() + timedelta(seconds=60)):
            response = client.post("/auth/2fa/authenticate/", {"code": totp_code(secret)})
        assert response["Location"] == "/profile/data/"
        assert is_signed_in(client)

    def test_a_recovery_code_works_once(self, secret: str, proven: Client, person: User) -> None:
        code = proven.get("/auth/2fa/recovery-codes/").context["unused_codes"][0]
        assert code in proven.get("/auth/2fa/recovery-codes/download/").content.decode()
        for expected in (True, False):
            client = Client()
            log_in(client, person.email)
            client.post("/auth/2fa/authenticate/", {"code": code})
            assert is_signed_in(client) is expected

    def test_wrong_codes_are_limited(self, secret: str, person: User) -> None:
        client = Client()
        log_in(client, person.email)
        for _ in range(5):
            client.post("/auth/2fa/authenticate/", {"code": "000000"})
        with time_machine.travel(timezone.now() + timedelta(seconds=60)):
            client.post("/auth/2fa/authenticate/", {"code": totp_code(secret)})
        assert not is_signed_in(client)

    def test_it_can_be_switched_off(self, secret: str, proven: Client, person: User) -> None:
        assert proven.get("/auth/2fa/").status_code == 200
        assert proven.get("/auth/2fa/totp/deactivate/").status_code == 200
        proven.post("/auth/2fa/totp/deactivate/")

        assert not Authenticator.objects.filter(user=person).exists()

    def test_the_key_is_not_shown_again(self, secret: str, proven: Client) -> None:
        for url in (
            "/auth/2fa/",
            "/auth/2fa/recovery-codes/",
            "/profile/security/",
            "/profile/data/export/",
        ):
            assert secret not in proven.get(url).content.decode()


def test_the_test_code_is_what_allauth_expects(person: User) -> None:
    instance = TOTP.activate(person, "JBSWY3DPEHPK3PXP").instance
    assert instance.wrap().validate_code(totp_code("JBSWY3DPEHPK3PXP"))


class TestSessions:
    @pytest.fixture
    def elsewhere(self, person: User) -> Client:
        client = Client(HTTP_USER_AGENT="<script>alert(1)</script>")
        log_in(client, person.email)
        return client

    def test_one_session_can_be_ended(
        self, signed_in: Client, elsewhere: Client, person: User
    ) -> None:
        page = signed_in.get("/auth/sessions/").content.decode()
        assert "<script>alert(1)" not in page
        assert "&lt;script&gt;alert(1)" in page
        other = UserSession.objects.get(session_key=elsewhere.session.session_key)

        signed_in.post("/auth/sessions/", {"session": other.pk})

        assert elsewhere.get("/profile/").status_code == 302
        assert signed_in.get("/profile/").status_code == 200

    def test_all_others_can_be_ended(self, signed_in: Client, elsewhere: Client) -> None:
        signed_in.post("/auth/sessions/")

        assert elsewhere.get("/profile/").status_code == 302
        assert signed_in.get("/profile/").status_code == 200

    @pytest.mark.parametrize("number", ["0", "-1", "x", "9" * 40, "\u0661"])
    def test_nonsense_is_not_found(self, signed_in: Client, number: str) -> None:
        assert signed_in.post("/auth/sessions/", {"session": number}).status_code == 404

    def test_the_sessions_of_others_cannot_be_ended(self, signed_in: Client) -> None:
        other, client = UserFactory(), Client()
        log_in(client, other.email)
        session = UserSession.objects.get(user=other)

        assert signed_in.post("/auth/sessions/", {"session": session.pk}).status_code == 404
        assert client.get("/profile/").status_code == 200


@pytest.mark.parametrize(
    "url",
    [
        "/auth/email/",
        "/auth/password/change/",
        "/auth/2fa/",
        "/auth/2fa/totp/activate/",
        "/auth/sessions/",
        "/auth/reauthenticate/",
    ],
)
def test_pages_of_an_account_ask_visitors_to_log_in(client: Client, url: str) -> None:
    response: Any = client.get(url)

    assert response.status_code == 302
    assert response["Location"].startswith("/auth/login/")


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36",
            "Chrome on Linux",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Safari/604.1",
            "Safari on iPhone",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0",
            "Edge on Windows",
        ),
        ("curl/8.0", "curl/8.0"),
        ("", "Unknown browser"),
    ],
)
def test_browsers_are_called_what_people_call_them(user_agent: str, name: str) -> None:
    assert browser_name(user_agent) == name
