from __future__ import annotations

from uuid import uuid4

import pytest

from learning.certificates import services as certificates
from learning.certificates.tests.test_views import PERSONAS
from tests.sessions import SESSIONS_CACHED

API = "/api/learning/certificates/"


@pytest.mark.django_db
class TestCertificateApi:
    def test_the_list_holds_ones_own(self, client_for, printed, learner, classmate) -> None:
        body = client_for(learner).get(API).json()

        assert (body["count"], body["next"], body["previous"]) == (1, None, None)
        row = body["results"][0]
        assert row == {
            "uuid": str(printed.pk),
            "code": str(printed.code),
            "serial": printed.serial,
            "status": "valid",
            "course": {"uuid": str(printed.course_key), "title": "Course"},
            "learner_name": "Lea Learner",
            "course_title": "Course",
            "instructor_name": "Ada Instructor",
            "minutes": 40,
            "grade_percent": "90.00",
            "issued_at": printed.issued_at.isoformat().replace("+00:00", "Z"),
            "revoked_at": None,
            "verify_url": f"http://testserver/certificates/{printed.code}/",
            "pdf_url": f"{API}{printed.pk}/pdf/",
        }
        assert client_for(classmate).get(API).json()["count"] == 0

    def test_the_detail_adds_what_was_studied(self, client_for, certificate, learner) -> None:
        response = client_for(learner).get(f"{API}{certificate.pk}/")

        assert len(response.json()["manifest"]) == 4
        assert response.json()["pdf_url"] is None
        assert "no-store" in response["Cache-Control"]

    def test_others_get_what_they_get_for_an_unknown_one(
        self, client_for, certificate, classmate
    ) -> None:
        client = client_for(classmate)
        denied, unknown = client.get(f"{API}{certificate.pk}/"), client.get(f"{API}{uuid4()}/")

        assert denied.status_code == unknown.status_code == 404
        assert denied.content == unknown.content

    @pytest.mark.parametrize(
        "path", ["nonsense/", "nonsense/pdf/", "verify/nonsense/", "%00/", "verify/%00/"]
    )
    def test_malformed_ids_are_404(self, client_for, learner, path: str) -> None:
        response = client_for(learner).get(API + path)

        assert response.status_code == 404
        assert response.json()["detail"] == "Invalid UUID format"
        assert response["Content-Type"] == "application/problem+json"

    def test_anonymous_callers_are_401(self, client, certificate) -> None:
        for path in ("", f"{certificate.pk}/", f"{certificate.pk}/pdf/"):
            assert client.get(API + path).status_code == 401

    @pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
    def test_nothing_can_be_written(self, client_for, certificate, learner, method: str) -> None:
        for path in ("", f"{certificate.pk}/"):
            assert (
                getattr(client_for(learner), method)(
                    API + path, content_type="application/json"
                ).status_code
                == 405
            )

    def test_its_cost_does_not_grow(
        self, client_for, certificate, learner, django_assert_num_queries
    ) -> None:
        client = client_for(learner)
        with django_assert_num_queries(4 - SESSIONS_CACHED):
            client.get(API)
        for number in range(10):
            certificate.pk, certificate.code, certificate.serial = uuid4(), uuid4(), f"LP-{number}"
            certificate.course_key, certificate._state.adding = uuid4(), True
            certificate.save()

        with django_assert_num_queries(4 - SESSIONS_CACHED):
            assert client.get(API).json()["count"] == 11


@pytest.mark.django_db
class TestPdfApi:
    @pytest.mark.parametrize(("persona", "status"), PERSONAS.items())
    def test_who_may_have_it(self, printed, persona: str, status: int, request, client_for) -> None:
        user = None if persona == "anonymous" else request.getfixturevalue(persona)

        response = client_for(user).get(
            f"{API}{printed.pk}/pdf/", headers={"accept": "application/pdf"}
        )

        assert response.status_code == (401 if persona == "anonymous" else status)
        if status == 200:
            assert response["Content-Type"] == "application/pdf"

    def test_a_part_of_it(self, printed, client_for, learner) -> None:
        response = client_for(learner).get(
            f"{API}{printed.pk}/pdf/", headers={"range": "bytes=0-3"}
        )

        assert response.status_code == 206
        assert b"".join(response.streaming_content) == b"%PDF"

    def test_before_it_is_there_it_says_when(self, certificate, client_for, learner) -> None:
        response = client_for(learner).get(f"{API}{certificate.pk}/pdf/")

        assert (response.status_code, response.json()["code"]) == (409, "pdf_not_ready")


@pytest.mark.django_db
class TestVerifyApi:
    def test_it_tells_five_things(self, client, certificate) -> None:
        response = client.get(f"{API}verify/{certificate.code}/")

        assert response.json() == {
            "valid": True,
            "status": "valid",
            "learner_name": "Lea Learner",
            "course_title": "Course",
            "issued_at": certificate.issued_at.isoformat().replace("+00:00", "Z"),
        }
        assert "no-store" in response["Cache-Control"]

    def test_it_answers_after_revocation(self, client, certificate, manager) -> None:
        certificates.revoke(certificate, actor=manager, reason="Copied work")

        body = client.get(f"{API}verify/{certificate.code}/").json()
        assert (body["valid"], body["status"]) == (False, "revoked")

    def test_neither_an_unknown_code_nor_a_key_verifies(self, client, certificate) -> None:
        for code in (uuid4(), certificate.pk):
            assert client.get(f"{API}verify/{code}/").status_code == 404
