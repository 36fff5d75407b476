from __future__ import annotations

from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.models import ModelLogEntry

from learning.certificates import services as certificates
from learning.certificates.models import Certificate

PERSONAS = {
    "anonymous": 302,
    "unverified": 404,
    "outsider": 404,
    "classmate": 404,
    "other_teacher": 404,
    "learner": 200,
    "instructor": 200,
    "co_instructor": 200,
    "manager": 200,
    "admin_user": 200,
}


def main_of(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser").select_one("main")


def page_text(response) -> str:
    return " ".join(main_of(response).get_text(" ").split())


def pdf_url(certificate: Certificate) -> str:
    return reverse("learning:certificate_pdf", args=[certificate.code])


@pytest.mark.django_db
class TestCertificateView:
    def test_a_stranger_sees_name_course_date_and_status_only(self, client, printed) -> None:
        response = client.get(printed.get_absolute_url())

        text = page_text(response)
        date = printed.issued_at.strftime("%-d %B %Y")
        assert all(word in text for word in ["Lea Learner", "Course", date, "Valid"])
        body = response.content.decode()
        private = [
            printed.serial,
            str(printed.pk),
            "Ada Instructor",
            printed.learner.email,
            "linkedin",
            "sha256",
        ]
        assert [word for word in private if word in body] == []
        assert [word for word in ["90", "40 min", "Download"] if word in text] == []

    def test_the_owner_downloads_and_shares(self, client_for, printed, learner) -> None:
        response = client_for(learner).get(printed.get_absolute_url())

        text = page_text(response)
        assert all(
            word in text
            for word in [printed.serial, "Ada Instructor", "90 %", "40 min", "Download PDF"]
        )
        soup = BeautifulSoup(response.content, "html.parser")
        assert (
            soup.select_one("[data-copy-source]")["value"]
            == f"http://testserver{printed.get_absolute_url()}"
        )
        query = parse_qs(urlsplit(soup.select_one('a[href*="linkedin"]')["href"]).query)
        assert query["name"] == ["Course"]
        assert query["certId"] == [printed.serial]
        assert query["certUrl"] == [f"http://testserver{printed.get_absolute_url()}"]
        assert soup.select_one(".sheet__code")["src"].startswith("data:image/svg+xml;base64,")

    def test_a_revoked_certificate_says_so(
        self, client, client_for, printed, manager, learner
    ) -> None:
        certificates.revoke(printed, actor=manager, reason="Copied work")

        for viewer in (client, client_for(learner)):
            response = viewer.get(printed.get_absolute_url())
            assert response.status_code == 200
            assert "Revoked" in page_text(response)
            assert "Valid." not in page_text(response)
            assert "Copied work" not in response.content.decode()
            assert "Download PDF" not in page_text(response)

    def test_an_unknown_code_is_a_helpful_404(self, client, db) -> None:
        response = client.get(reverse("learning:certificate", args=[uuid4()]))

        assert response.status_code == 404
        assert "never issued a certificate with this code" in page_text(response)
        assert BeautifulSoup(response.content, "html.parser").select_one('form input[name="code"]')

    def test_nothing_is_stored_or_indexed(self, client, certificate) -> None:
        for url in (
            certificate.get_absolute_url(),
            reverse("learning:certificate", args=[uuid4()]),
            "/certificates/",
        ):
            response = client.get(url)
            assert "no-store" in response["Cache-Control"]
        assert b'content="noindex"' in client.get(certificate.get_absolute_url()).content

    def test_markup_in_names_is_text(self, client_for, certificate_named, learner) -> None:
        evil = '<img src=x onerror=alert(1)>"><script>alert(2)</script>'
        certificate = certificate_named(evil, evil)

        soup = BeautifulSoup(
            client_for(learner).get(certificate.get_absolute_url()).content, "html.parser"
        )

        assert soup.select_one(".sheet__name").get_text() == evil
        assert not soup.select("main script, main img[onerror], .sheet__name *, .sheet__course *")

    def test_while_there_is_no_pdf_the_page_asks_for_it(
        self, client_for, certificate, learner
    ) -> None:
        client = client_for(learner)
        asks = main_of(client.get(certificate.get_absolute_url())).select_one("[hx-get]")
        assert asks["hx-trigger"] == "load delay:1s"

        fragment = client.get(asks["hx-get"], headers={"hx-request": "true"})
        assert b"<html" not in fragment.content
        assert "delay:2s" in fragment.content.decode()
        assert "HX-Request" in fragment["Vary"]

        certificates.render_pdf(certificate)
        ready = client.get(asks["hx-get"], headers={"hx-request": "true"}).content.decode()
        assert "Download PDF" in ready
        assert "hx-get" not in ready

    @pytest.mark.parametrize("asked", ["7", "99"])
    def test_it_does_not_ask_for_ever(self, client_for, certificate, learner, asked: str) -> None:
        response = client_for(learner).get(certificate.get_absolute_url(), {"asked": asked})

        assert not main_of(response).select("[hx-get]")
        assert "takes longer than usual" in page_text(response)

    @pytest.mark.parametrize("asked", ["-1", "x", "1e9", "٣", "999999999999", ""])
    def test_nonsense_is_the_first_time(self, client_for, certificate, learner, asked: str) -> None:
        response = client_for(learner).get(certificate.get_absolute_url(), {"asked": asked})

        assert b"delay:1s" in response.content

    def test_a_stranger_waits_for_nothing(self, client, certificate) -> None:
        assert not main_of(client.get(certificate.get_absolute_url())).select("[hx-get]")

    def test_its_cost_is_small(
        self, client_for, printed, learner, django_assert_max_num_queries
    ) -> None:
        client = client_for(learner)
        client.get(printed.get_absolute_url())

        with django_assert_max_num_queries(8):
            client.get(printed.get_absolute_url())


@pytest.mark.django_db
class TestCertificatePdfView:
    @pytest.mark.parametrize(("persona", "status"), PERSONAS.items())
    def test_who_may_have_it(self, printed, persona: str, status: int, request, client_for) -> None:
        user = None if persona == "anonymous" else request.getfixturevalue(persona)

        response = client_for(user).get(pdf_url(printed))

        assert response.status_code == status
        if status == 200:
            assert response["Content-Type"] == "application/pdf"
            assert response["Content-Disposition"].startswith(
                'attachment; filename="course-lea-learner-LP-'
            )
            assert response["Cache-Control"] == "private, no-store"
            assert b"".join(response.streaming_content).startswith(b"%PDF-1.7")

    def test_denied_looks_like_unknown(self, printed, client_for, outsider) -> None:
        client = client_for(outsider)
        denied = client.get(pdf_url(printed))
        unknown = client.get(reverse("learning:certificate_pdf", args=[uuid4()]))

        assert denied.status_code == unknown.status_code == 404
        assert denied.content.replace(str(printed.code).encode(), b"") == unknown.content.replace(
            unknown.wsgi_request.path.split("/")[2].encode(), b""
        )

    def test_downloads_by_office_are_written_down(
        self, printed, client_for, manager, learner, instructor
    ) -> None:
        for user in (learner, instructor, manager):
            client_for(user).get(pdf_url(printed))

        entry = ModelLogEntry.objects.get(action="certificates.inspect")
        assert (entry.user_id, entry.object_id) == (manager.pk, str(printed.pk))

    def test_a_revoked_one_is_for_inspection_only(
        self, printed, client_for, manager, learner, instructor
    ) -> None:
        certificates.revoke(printed, actor=manager, reason="Copied work")

        assert client_for(learner).get(pdf_url(printed)).status_code == 404
        assert client_for(instructor).get(pdf_url(printed)).status_code == 404
        assert client_for(manager).get(pdf_url(printed)).status_code == 200

    def test_before_it_is_there_it_leads_back(self, certificate, client_for, learner) -> None:
        response = client_for(learner).get(pdf_url(certificate))

        assert response.status_code == 302
        assert response["Location"] == certificate.get_absolute_url()


@pytest.mark.django_db
class TestVerifyView:
    def test_it_leads_to_the_certificate(self, client, certificate) -> None:
        code = str(certificate.code)
        for typed in (code, code.upper(), code.replace("-", ""), f" {code[:8]} {code[8:]} ",
                      f"http://testserver/certificates/{code}/pdf/"):  # fmt: skip
            response = client.get("/certificates/", {"code": typed})
            assert response["Location"] == certificate.get_absolute_url()

    @pytest.mark.parametrize(
        "typed", ["", "LP-2026-ABCDEF", "x" * 600, "\x00", "<script>", "0e6f2a54-8d0e-4a0b-9a51"]
    )
    def test_it_says_what_is_wrong(self, client, db, typed: str) -> None:
        response = client.get("/certificates/", {"code": typed})

        assert response.status_code == 200
        assert BeautifulSoup(response.content, "html.parser").select_one(".error-summary")

    def test_the_plain_page_complains_of_nothing(self, client, db) -> None:
        response = client.get("/certificates/")

        assert not BeautifulSoup(response.content, "html.parser").select_one(".error-summary")
        assert "Your certificates" not in page_text(response)

    def test_own_certificates_are_listed(self, certificate, client_for, learner, outsider) -> None:
        assert certificate.serial in page_text(client_for(learner).get("/certificates/"))
        assert certificate.serial not in page_text(client_for(outsider).get("/certificates/"))
