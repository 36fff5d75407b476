from __future__ import annotations

import io
import logging
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from pypdf import PdfReader

from learning.certificates import pdf
from learning.certificates.qr import qr_svg
from learning.certificates.selectors import CertificateFacts

FACTS = CertificateFacts(
    issuer="Learning portal",
    learner_name="Lea Learner",
    course_title="Bread from Scratch",
    instructor_name="Ada Instructor",
    issued_on=date(2026, 11, 21),
    workload="3 h 20 min",
    grade_percent=Decimal("92.50"),
    serial="LP-2026-7QK4XM",
    verify_url="http://testserver/certificates/0e6f2a54-8d0e-4a0b-9a51-6b9b9a5b9b51/",
)


def drawn(**changes: object) -> PdfReader:
    return PdfReader(io.BytesIO(pdf.draw(pdf.certificate_html(replace(FACTS, **changes)))))


def text_of(reader: PdfReader) -> str:
    return " ".join(reader.pages[0].extract_text().split())


class TestCertificatePdf:
    def test_it_says_everything(self) -> None:
        text = text_of(drawn())

        for words in (
            *(
                "Lea Learner",
                "Bread from Scratch",
                "taught by Ada Instructor",
                "21 November 2026",
                "3 h 20 min",
            ),
            *(
                "92.5 %",
                "LP-2026-7QK4XM",
                "Certificate of completion",
                "0e6f2a54-8d0e-4a0b-9a51-6b9b9a5b9b51",
            ),
        ):
            assert words in text

    def test_it_is_one_tagged_page_in_a4_landscape(self) -> None:
        reader = drawn()
        root = reader.trailer["/Root"]

        assert len(reader.pages) == 1
        assert [round(float(side)) for side in reader.pages[0].mediabox[2:]] == [842, 595]
        assert root["/MarkInfo"]["/Marked"]
        assert root["/Lang"] == "en"
        assert "/StructTreeRoot" in root
        assert reader.metadata.title == "Certificate: Lea Learner, Bread from Scratch"
        assert b"pdfuaid" in root["/Metadata"].get_data()

    def test_it_leads_to_the_verify_page(self) -> None:
        links = [note.get_object()["/A"]["/URI"] for note in drawn().pages[0]["/Annots"]]

        assert set(links) == {FACTS.verify_url}

    @pytest.mark.parametrize(
        "name",
        [
            "Żółć Łukasz Őrségi",
            "Άννα Ψωμί",
            "Иван Щукин",
            "محمد علي",
            "ישראל ישראלי",
            "Nguyễn Thị Hạnh",
            "O’Hara-Müller",
        ],
    )
    def test_it_writes_names_of_several_scripts(
        self, name: str, caplog: pytest.LogCaptureFixture
    ) -> None:
        with caplog.at_level(logging.WARNING, logger="weasyprint"):
            reader = drawn(learner_name=name)

        assert ".notdef" not in caplog.text
        assert name in reader.metadata.title

    @pytest.mark.parametrize("letter", ["W", "i ", "Ω"])
    def test_the_longest_texts_stay_on_one_page(self, letter: str) -> None:
        long = (letter * 301)[:301]

        assert (
            len(drawn(learner_name=long, course_title=long[:255], instructor_name=long).pages) == 1
        )

    def test_markup_in_names_is_text(self) -> None:
        reader = drawn(
            learner_name="<b>Lea</b><script>alert(1)</script>",
            course_title="</title><h1>&amp;{{ 7|add:7 }}",
        )

        text = text_of(reader)
        assert "<b>Lea</b><script>alert(1)</script>" in text
        assert "</title><h1>&amp;{{ 7|add:7 }}" in text
        assert "/JavaScript" not in str(reader.trailer["/Root"])

    def test_facts_that_are_missing_leave_no_gap(self) -> None:
        text = text_of(drawn(grade_percent=None, instructor_name="", workload=""))

        assert not any(word in text for word in ("None", "Result", "Workload", "taught by"))


class TestClosedFetcher:
    @pytest.mark.parametrize(
        "url", ["file:///etc/hostname", "http://127.0.0.1:9/", "https://example.org/", "ftp://a/b"]
    )
    def test_it_refuses_everything_but_data(self, url: str) -> None:
        with pytest.raises(ValueError, match="disallowed protocol"):
            pdf.closed_fetcher().fetch(url)

    def test_a_document_cannot_reach_out(self, tmp_path, caplog: pytest.LogCaptureFixture) -> None:
        secret = tmp_path / "secret.txt"
        secret.write_text("canary-4711")
        html = (
            f'<html lang="en"><title>x</title><link rel="attachment" href="file://{secret}">'
            f'<link rel="stylesheet" href="http://127.0.0.1:9/x.css"><img alt="x" src="file://{secret}"><p>Text'
        )

        with caplog.at_level(logging.WARNING, logger="weasyprint"):
            content = pdf.draw(html)

        assert b"canary-4711" not in content
        assert "/EmbeddedFiles" not in str(PdfReader(io.BytesIO(content)).trailer["/Root"])
        assert caplog.text.count("disallowed protocol") >= 2


class TestQr:
    def test_it_is_one_path_without_any_address(self) -> None:
        svg = qr_svg(FACTS.verify_url)

        assert svg.count("<path") == 1
        assert "http" not in svg.replace("http://www.w3.org/2000/svg", "")
