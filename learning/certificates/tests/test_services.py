from __future__ import annotations

import re
import threading
from collections.abc import Callable
from pathlib import Path
from unittest import mock

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone
from wagtail.models import ModelLogEntry

from learning.certificates import services as certificates
from learning.certificates.errors import ReasonMissing, RevocationForbidden
from learning.certificates.models import Certificate
from learning.certificates.selectors import enrollments_awaiting_certificate
from learning.certificates.tests.conftest import finish
from learning.enrollments.models import Enrollment
from learning.grading import services as grading
from learning.quizzes.models import QuizPage
from learning.signals import certificate_issued, certificate_ready


def in_threads(work: Callable[[], object], *, count: int = 10) -> list[Exception]:
    """Run the work in several threads at once and return what went wrong."""
    errors: list[Exception] = []

    def run() -> None:
        try:
            work()
        except Exception as error:  # noqa: BLE001  a thread has nobody else to tell
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


@pytest.fixture
def heard() -> list[str]:
    events: list[str] = []

    def issued(**_kwargs: object) -> None:
        events.append("issued")

    def ready(**_kwargs: object) -> None:
        events.append("ready")

    certificate_issued.connect(issued)
    certificate_ready.connect(ready)
    yield events
    certificate_issued.disconnect(issued)
    certificate_ready.disconnect(ready)


@pytest.mark.django_db
class TestIssueIfEligible:
    def test_it_issues_and_freezes_what_it_says(self, finished, instructor) -> None:
        certificate = certificates.issue_if_eligible(finished)
        finished.learner.first_name = "Renamed"
        finished.learner.save()
        finished.course.title = "Renamed"
        finished.course.save()

        certificate.refresh_from_db()

        assert certificate.learner_name == "Lea Learner"
        assert certificate.course_title == "Course"
        assert certificate.instructor_name == instructor.name
        assert certificate.grade_percent == 90
        assert certificate.minutes == 40
        assert certificate.is_valid

    def test_its_manifest_names_the_versions_studied(self, finished) -> None:
        manifest = certificates.issue_if_eligible(finished).manifest

        assert {entry["title"] for entry in manifest} == {
            "First lesson",
            "Second lesson",
            "Third lesson",
            "Final quiz",
        }
        assert all(entry["version"] == 1 and len(entry["sha256"]) == 64 for entry in manifest)
        assert all(entry["completed_at"] and entry["unit"] for entry in manifest)

    def test_serial_and_code_are_not_to_be_guessed(self, certificate) -> None:
        year = timezone.now().year

        assert re.fullmatch(rf"LP-{year}-[2-9A-HJKMNP-Z]{{6}}", certificate.serial)
        assert certificate.code.version == 4

    def test_a_second_call_returns_the_same(self, finished) -> None:
        first = certificates.issue_if_eligible(finished)

        assert certificates.issue_if_eligible(finished) == first

    def test_a_taken_serial_is_drawn_again(self, finished, classmate) -> None:
        with mock.patch.object(certificates, "_new_serial", side_effect=["LP-1", "LP-1", "LP-2"]):
            certificates.issue_if_eligible(finished)
            second = certificates.issue_if_eligible(finish(classmate.enrollments.get()))

        assert second.serial == "LP-2"

    def test_an_unfinished_course_earns_nothing(self, enrolled) -> None:
        assert certificates.issue_if_eligible(enrolled) is None

    def test_a_course_without_certificate_issues_none(self, finished, course) -> None:
        type(course).objects.filter(pk=course.pk).update(has_certificate=False)

        assert certificates.issue_if_eligible(finished) is None

    @pytest.mark.parametrize(
        ("status", "is_issued"),
        [
            ("active", True),
            ("completed", True),
            ("expired", True),
            ("withdrawn", False),
            ("suspended", False),
        ],
    )
    def test_it_depends_on_the_enrollment(self, finished, status: str, is_issued: bool) -> None:
        Enrollment.objects.update(status=status)

        assert bool(certificates.issue_if_eligible(finished)) is is_issued
        assert enrollments_awaiting_certificate().exists() is (
            not is_issued and status in {"active", "expired"}
        )

    def test_a_grade_below_the_line_earns_nothing_until_it_is_better(self, enrolled) -> None:
        finish(enrolled, percent=59)
        assert certificates.issue_if_eligible(enrolled) is None

        grading.record_score(enrolled, unit=QuizPage.objects.get(), percent=60)

        assert certificates.issue_if_eligible(enrolled).grade_percent == 60

    def test_a_course_without_quizzes_needs_no_grade(self, enrolled) -> None:
        QuizPage.objects.get().unpublish()

        assert certificates.issue_if_eligible(finish(enrolled)).grade_percent is None

    @pytest.mark.parametrize(
        ("first", "last", "printed"),
        [
            ("  Ann\x00a\n", "O'Hara", "Ann a O'Hara"),
            ("\u202eevil", "\u200bname\ufeff", "evil name"),
            ("Mül\u00adler", "شَه\u200cرام", "Müller شَه\u200cرام"),
        ],
        ids=["control", "bidi and zero width", "joiners stay"],
    )
    def test_names_hold_nothing_invisible(
        self, enrolled, first: str, last: str, printed: str
    ) -> None:
        learner = enrolled.learner
        learner.first_name, learner.last_name = first, last
        with mock.patch.object(type(learner), "legal_name", f"{first} {last}"):
            certificate = certificates.issue_if_eligible(finish(enrolled))

        assert certificate.learner_name == printed

    def test_it_tells_after_the_commit_and_once(
        self, finished, heard, django_capture_on_commit_callbacks
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            certificates.issue_if_eligible(finished)
            assert heard == []
        with django_capture_on_commit_callbacks(execute=True):
            certificates.issue_if_eligible(finished)

        assert heard.count("issued") == 1


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
class TestIssueInParallel:
    def test_ten_calls_issue_one(self, finished, heard) -> None:
        gate = threading.Barrier(10)
        with mock.patch.object(
            certificates, "_manifest", side_effect=lambda _: [str(gate.wait(20))]
        ):
            errors = in_threads(lambda: certificates.issue_if_eligible(finished))

        assert not errors
        assert Certificate.objects.count() == 1
        assert heard.count("issued") == 1

    def test_without_the_constraint_each_of_them_issues(self, finished) -> None:
        """The control: shows that the constraint does the work, and that the race is real."""
        constraint = Certificate._meta.constraints[0]
        gate = threading.Barrier(10)
        with connection.schema_editor() as editor:
            editor.remove_constraint(Certificate, constraint)
        try:
            with mock.patch.object(
                certificates, "_manifest", side_effect=lambda _: [str(gate.wait(20))]
            ):
                in_threads(lambda: certificates.issue_if_eligible(finished))
            assert Certificate.objects.count() == 10
        finally:
            Certificate.objects.all().delete()
            with connection.schema_editor() as editor:
                editor.add_constraint(Certificate, constraint)


@pytest.mark.django_db
class TestRevoke:
    def test_a_manager_revokes_with_a_reason_and_it_is_logged(self, certificate, manager) -> None:
        certificates.revoke(certificate, actor=manager, reason=" Copied work ")

        certificate.refresh_from_db()
        assert not certificate.is_valid
        assert (certificate.revoked_by, certificate.revoked_reason) == (manager, "Copied work")
        entry = ModelLogEntry.objects.get(action="certificates.revoke")
        assert (entry.user_id, entry.object_id, entry.data) == (
            manager.pk, str(certificate.pk), {"reason": "Copied work"},
        )  # fmt: skip

    def test_twice_is_once(self, certificate, manager, admin_user) -> None:
        certificates.revoke(certificate, actor=manager, reason="First")
        certificates.revoke(certificate, actor=admin_user, reason="Second")

        assert certificate.revoked_reason == "First"
        assert ModelLogEntry.objects.filter(action="certificates.revoke").count() == 1

    @pytest.mark.parametrize(
        "persona", ["learner", "instructor", "co_instructor", "other_teacher", "outsider"]
    )
    def test_others_may_not(self, certificate, persona: str, request) -> None:
        with pytest.raises(RevocationForbidden):
            certificates.revoke(
                certificate, actor=request.getfixturevalue(persona), reason="Because"
            )

        certificate.refresh_from_db()
        assert certificate.is_valid

    def test_it_wants_a_reason(self, certificate, manager) -> None:
        with pytest.raises(ReasonMissing):
            certificates.revoke(certificate, actor=manager, reason="  ")

    def test_a_revoked_certificate_is_not_issued_again_by_itself(
        self, certificate, finished, manager
    ) -> None:
        certificates.revoke(certificate, actor=manager, reason="Copied work")

        assert certificates.issue_if_eligible(finished) is None
        assert not enrollments_awaiting_certificate().exists()


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
class TestRenderPdf:
    def test_ten_deliveries_make_one_file(self, certificate, heard) -> None:
        # Only what is stored matters here: drawing itself is tested with the PDF.
        Certificate.objects.update(pdf="")
        folder = Path(settings.PRIVATE_ROOT) / "certificates"
        for path in folder.glob("*"):
            path.unlink()
        heard.clear()
        with mock.patch.object(certificates, "certificate_pdf", return_value=b"%PDF-1.7 drawn"):
            errors = in_threads(lambda: certificates.render_pdf(Certificate.objects.get()))

        assert not errors
        assert [path.name for path in folder.iterdir()] == [f"{certificate.pk}.pdf"]
        assert Certificate.objects.get().pdf.name == f"certificates/{certificate.pk}.pdf"
        assert heard == ["ready"]

    def test_a_file_left_by_a_crash_is_replaced(self, certificate) -> None:
        Certificate.objects.update(pdf="")
        left = Path(settings.PRIVATE_ROOT) / f"certificates/{certificate.pk}.pdf"
        left.parent.mkdir(parents=True, exist_ok=True)
        left.write_bytes(b"half a f")

        with mock.patch.object(certificates, "certificate_pdf", return_value=b"%PDF-1.7 whole"):
            certificates.render_pdf(Certificate.objects.get())

        assert left.read_bytes() == b"%PDF-1.7 whole"
        assert len(list(left.parent.glob(f"{certificate.pk}*"))) == 1
