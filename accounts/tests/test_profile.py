from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from wagtail.models import ModelLogEntry

from accounts import export, services
from accounts.errors import LastAdministrator
from accounts.models import Role, StudentProfile, TeacherProfile, User
from accounts.signals import account_closed
from accounts.tests.people import log_in, picture
from learning.enrollments.models import Enrollment
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db

TABS = ["", "learning/", "teaching/", "privacy/", "account/", "security/", "data/"]
SCRIPT = "<script>alert(1)</script>"
MARKUP = f"<b onmouseover=alert(1)>bold</b>{SCRIPT}"


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path


@pytest.fixture
def signed_in(client: Client, learner: User) -> Client:
    log_in(client, learner.email)
    return client


def about(**changes: Any) -> dict[str, Any]:
    return {"first_name": "Lea", "last_name": "Learner", "display_name": "", "bio": ""} | changes


class TestTabs:
    @pytest.mark.parametrize(
        ("persona", "missing"),
        [
            ("learner", {"teaching/"}),
            ("instructor", {"learning/"}),
            ("manager", {"learning/", "teaching/"}),
            ("admin_user", {"learning/", "teaching/"}),
        ],
    )
    def test_each_role_has_its_tabs(
        self, request: pytest.FixtureRequest, client_for: Callable, persona: str, missing: set[str]
    ) -> None:
        client = client_for(request.getfixturevalue(persona))
        page = client.get("/profile/").content.decode()
        for tab in TABS:
            assert client.get(f"/profile/{tab}").status_code == (404 if tab in missing else 200)
            assert (f'href="/profile/{tab}"' in page) is (tab not in missing)

    @pytest.mark.parametrize("path", [*TABS, "data/export/", "photo/remove/"])
    def test_visitors_are_asked_to_log_in(self, client: Client, path: str) -> None:
        assert client.get(f"/profile/{path}")["Location"].startswith("/auth/login/")

    @pytest.mark.parametrize("path", TABS)
    def test_no_cache_keeps_them(self, client_for: Callable, learner: User, path: str) -> None:
        assert "no-store" in client_for(learner).get(f"/profile/{path}")["Cache-Control"]

    @pytest.mark.parametrize(
        "path", ["", "learning/", "privacy/", "account/", "security/", "data/"]
    )
    def test_query_budget(
        self, signed_in: Client, path: str, django_assert_max_num_queries: Callable
    ) -> None:
        signed_in.get(f"/profile/{path}")
        with django_assert_max_num_queries(12):
            signed_in.get(f"/profile/{path}")


class TestAbout:
    def test_it_saves_names_and_words(self, signed_in: Client, learner: User) -> None:
        assert (
            signed_in.post("/profile/", about(display_name="Lea L.", bio="I bake.")).status_code
            == 302
        )

        learner.refresh_from_db()
        assert (learner.name, learner.legal_name, learner.bio) == (
            "Lea L.",
            "Lea Learner",
            "I bake.",
        )

    def test_server_owned_fields_change_nothing(self, signed_in: Client, learner: User) -> None:
        owned = {
            "role": "admin",
            "is_superuser": "on",
            "is_staff": "on",
            "email": "x@example.org",
            "groups": "1",
            "id": "x",
        }
        for path in ("", "learning/", "privacy/", "account/"):
            fields = about(
                timezone="UTC", language="en", visibility="private", user=str(UserFactory().pk)
            )
            signed_in.post(f"/profile/{path}", fields | owned)

        learner.refresh_from_db()
        assert (learner.role, learner.is_superuser, learner.is_staff) == (
            Role.STUDENT,
            False,
            False,
        )
        assert learner.email == "learner@example.org"
        assert not learner.groups.exists()
        assert StudentProfile.objects.get().user == learner

    def test_markup_in_names_is_text(self, signed_in: Client, learner: User) -> None:
        signed_in.post("/profile/", about(first_name=MARKUP, display_name=MARKUP, bio=MARKUP))

        for tab in ("", "learning/", "security/", "data/"):
            page = signed_in.get(f"/profile/{tab}").content.decode()
            assert SCRIPT not in page
            assert "<b onmouseover" not in page

    def test_a_refused_name_is_not_shown_as_saved(self, signed_in: Client) -> None:
        page = signed_in.post("/profile/", about(display_name="a@b"))

        assert page.status_code == 200
        assert '<h1 class="profile__name">Lea Learner</h1>' in page.content.decode()


class TestPhoto:
    def test_a_photo_is_drawn_anew_under_a_name_of_ours(
        self, signed_in: Client, learner: User
    ) -> None:
        signed_in.post("/profile/photo/", {"photo": picture("JPEG", name="../../evil.html")})

        learner.refresh_from_db()
        assert learner.avatar.name.startswith("avatars/photo-")
        assert learner.avatar.name.endswith(".webp")
        with Image.open(learner.avatar.path) as image:
            assert (image.format, image.size) == ("WEBP", (512, 512))

    def test_the_old_file_goes(
        self, learner: User, media: Path, django_capture_on_commit_callbacks: Callable
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            services.set_avatar(learner, picture())
            services.set_avatar(learner, picture())
        assert len(list((media / "avatars").iterdir())) == 1

        with django_capture_on_commit_callbacks(execute=True):
            services.remove_avatar(learner)
        assert not list((media / "avatars").iterdir())
        assert not User.objects.get(pk=learner.pk).avatar

    @pytest.mark.parametrize(
        "content", [b"<svg onload='alert(1)'/>", b"<html>" + SCRIPT.encode(), b"not a picture"]
    )
    def test_other_files_are_refused_with_a_word(
        self, signed_in: Client, learner: User, media: Path, content: bytes
    ) -> None:
        upload = SimpleUploadedFile("me.png", content, content_type="image/png")
        response = signed_in.post("/profile/photo/", {"photo": upload})

        assert response.status_code == 422
        assert "not a picture" in response.content.decode()
        assert not User.objects.get(pk=learner.pk).avatar
        assert not (media / "avatars").exists()

    def test_removing_is_a_post(self, signed_in: Client) -> None:
        assert signed_in.get("/profile/photo/remove/").status_code == 405
        assert signed_in.get("/profile/photo/").status_code == 405


class TestProfiles:
    def test_a_student_profile(self, signed_in: Client, learner: User) -> None:
        fields = {
            "education_level": "bachelor",
            "institution": "TU",
            "interests": " Bread,  stars , bread,, ",
            "goals": "x",
        }
        assert signed_in.post("/profile/learning/", fields).status_code == 302

        assert learner.student_profile.interests == ["bread", "stars"]
        assert 'value="bread, stars"' in signed_in.get("/profile/learning/").content.decode()

    @pytest.mark.parametrize("interests", [",".join(f"w{n}" for n in range(13)), "x" * 41])
    def test_lists_are_limited(self, signed_in: Client, interests: str) -> None:
        assert signed_in.post("/profile/learning/", {"interests": interests}).status_code == 200
        assert not StudentProfile.objects.exists()

    @pytest.mark.parametrize(
        "website", ["javascript:alert(1)", "data:text/html,x", "ftp://example.org/"]
    )
    def test_a_website_is_a_website(
        self, client_for: Callable, instructor: User, website: str
    ) -> None:
        response = client_for(instructor).post("/profile/teaching/", {"website": website})

        assert response.status_code == 200
        assert TeacherProfile.objects.get().website == ""

    def test_settings(self, signed_in: Client, learner: User) -> None:
        assert (
            signed_in.post(
                "/profile/account/", {"timezone": "Asia/Tokyo", "language": "xx"}
            ).status_code
            == 200
        )
        assert (
            signed_in.post(
                "/profile/account/", {"timezone": "Asia/Tokyo", "language": "en"}
            ).status_code
            == 302
        )

        learner.refresh_from_db()
        assert learner.timezone == "Asia/Tokyo"

    def test_a_zone_that_is_gone_breaks_no_page(self, client_for: Callable, learner: User) -> None:
        User.objects.filter(pk=learner.pk).update(timezone="Mars/../Olympus", language="tlh")
        assert client_for(learner).get("/profile/").status_code == 200

    def test_privacy(self, signed_in: Client, learner: User) -> None:
        signed_in.post("/profile/privacy/", {"visibility": "everybody"})
        learner.refresh_from_db()
        assert learner.visibility == User.Visibility.PRIVATE
        signed_in.post("/profile/privacy/", {"visibility": "classmates"})
        learner.refresh_from_db()
        assert learner.visibility == User.Visibility.CLASSMATES


class TestExport:
    def test_it_holds_what_accounts_know(self, signed_in: Client, learner: User) -> None:
        StudentProfile.objects.create(user=learner, interests=["bread"], goals="Bake")
        response = signed_in.get("/profile/data/export/")
        data = json.loads(response.content)

        assert response["Content-Disposition"] == 'attachment; filename="my-data.json"'
        assert "no-store" in response["Cache-Control"]
        assert data["account"]["email"] == learner.email
        assert data["account"]["id"] == str(learner.pk)
        assert data["student_profile"]["interests"] == ["bread"]
        assert data["email_addresses"] == [
            {"email": learner.email, "verified": True, "primary": True}
        ]
        assert data["sessions"][0]["ip"] == "127.0.0.1"

    def test_it_holds_no_secret_and_nobody_else(self, signed_in: Client, learner: User) -> None:
        other = UserFactory(email="somebody.else@example.org")
        text = signed_in.get("/profile/data/export/").content.decode()

        learner.refresh_from_db()
        assert learner.password not in text
        assert signed_in.session.session_key not in text
        assert other.email not in text

    def test_apps_above_add_their_part(
        self, learner: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(export, "_parts", dict(export._parts))
        export.register_export("courses", lambda user: [user.email])

        assert export.export_person(learner)["courses"] == [learner.email]
        with pytest.raises(ValueError, match="courses"):
            export.register_export("courses", lambda _user: [])


class TestCloseAccount:
    def close(self, client: Client, password: str = PASSWORD) -> Any:
        return client.post("/profile/data/", {"password": password, "understood": "on"})

    def test_it_asks_for_the_password_and_a_yes(self, signed_in: Client, learner: User) -> None:
        assert self.close(signed_in, "wrong-password").status_code == 200
        assert signed_in.post("/profile/data/", {"password": PASSWORD}).status_code == 200
        assert User.objects.get(pk=learner.pk).is_active

    def test_guessing_the_password_there_is_limited(self, signed_in: Client, learner: User) -> None:
        for _ in range(5):
            self.close(signed_in, "wrong-password")
        self.close(signed_in)
        assert User.objects.get(pk=learner.pk).is_active

    def test_nothing_tells_who_it_was_and_every_way_in_is_closed(
        self,
        signed_in: Client,
        learner: User,
        enrolled: Enrollment,
        media: Path,
        django_capture_on_commit_callbacks: Callable,
    ) -> None:
        StudentProfile.objects.create(user=learner, institution="TU")
        Authenticator.objects.create(user=learner, type="recovery_codes", data={})
        learner.display_name, learner.bio = "Lea the Learner", "I bake."
        learner.save()
        services.set_role(learner, Role.TEACHER, actor=None)
        elsewhere = Client()
        elsewhere.force_login(learner, backend="django.contrib.auth.backends.ModelBackend")
        with django_capture_on_commit_callbacks(execute=True):
            services.set_avatar(learner, picture())
            response = self.close(signed_in)

        assert response["Location"] == "/auth/login/"
        row = User.objects.filter(pk=learner.pk).values().get()
        assert "lea" not in json.dumps(row, default=str).lower()
        assert (row["is_active"], row["role"], row["bio"], row["avatar"]) == (
            False,
            "student",
            "",
            "",
        )
        for model in (EmailAddress, Authenticator, UserSession, StudentProfile, TeacherProfile):
            assert not model.objects.filter(user=learner).exists()
        assert not list((media / "avatars").iterdir())
        assert "Lea" not in "".join(ModelLogEntry.objects.values_list("label", flat=True))
        assert Enrollment.objects.get(pk=enrolled.pk).learner_id == learner.pk
        assert elsewhere.get("/profile/").status_code == 302
        assert signed_in.get("/profile/").status_code == 302
        log_in(elsewhere, "learner@example.org")
        assert elsewhere.get("/profile/").status_code == 302

    def test_the_address_is_free_again(self, learner: User) -> None:
        services.close_account(learner)
        assert UserFactory(email="learner@example.org").pk != learner.pk

    def test_it_can_be_done_twice(self, learner: User) -> None:
        services.close_account(learner)
        services.close_account(learner)

    def test_the_apps_above_are_told(
        self, learner: User, django_capture_on_commit_callbacks: Callable
    ) -> None:
        heard = []
        account_closed.connect(
            lambda user, **_: heard.append(user.pk), weak=False, dispatch_uid="t"
        )
        try:
            with django_capture_on_commit_callbacks(execute=True):
                services.close_account(learner)
        finally:
            account_closed.disconnect(dispatch_uid="t")
        assert heard == [learner.pk]

    def test_the_last_administrator_cannot_leave(self, client: Client, admin_user: User) -> None:
        log_in(client, admin_user.email)
        response = self.close(client)

        assert "only administrator" in response.content.decode()
        assert User.objects.get(pk=admin_user.pk).is_active
        with pytest.raises(LastAdministrator):
            services.close_account(admin_user)
