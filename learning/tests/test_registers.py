"""The registers in the admin: who reads them, and that nobody writes through them."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO
from typing import Any
from uuid import uuid4

import openpyxl
import pytest
from django.test import Client

from accounts.models import User
from courses.models import CoursePage
from learning.certificates import services as certificates
from learning.certificates.models import Certificate
from learning.certificates.tests.conftest import finish
from learning.enrollments.models import Enrollment
from learning.quizzes.models import Attempt
from learning.quizzes.tests import builders
from learning.quizzes.tests.test_services import sit

pytestmark = pytest.mark.django_db

REGISTERS = {"enrollment": Enrollment, "attempt": Attempt, "certificate": Certificate}


def address(name: str, rest: str = "") -> str:
    return f"/admin/learning/{name}/{rest}"


@pytest.fixture
def records(course: CoursePage, enrolled: Enrollment, learner: User) -> dict[str, Any]:
    """One row in each register."""
    attempt = sit(learner, builders.set_up(course, *builders.every_kind()), right=True)
    certificate = certificates.issue_if_eligible(finish_rest(enrolled))
    return {"enrollment": enrolled, "attempt": attempt, "certificate": certificate}


def finish_rest(enrollment: Enrollment) -> Enrollment:
    enrollment.completions.all().delete()
    return finish(enrollment)


@pytest.fixture
def signed_in(manager: User, client_for: Any) -> Client:
    return client_for(manager)


class TestReading:
    @pytest.mark.parametrize("name", REGISTERS)
    @pytest.mark.parametrize("who", ["manager", "admin_user"])
    def test_managers_list_and_inspect(
        self, name: str, who: str, records: dict[str, Any], client_for: Any, request: Any
    ) -> None:
        client = client_for(request.getfixturevalue(who))

        assert "Learner" in client.get(address(name)).content.decode()
        page = client.get(address(name, f"inspect/{records[name].pk}/"))
        assert page.status_code == 200
        assert "Learner" in page.content.decode()

    @pytest.mark.parametrize("name", REGISTERS)
    @pytest.mark.parametrize("who", ["instructor", "co_instructor", "learner", "outsider"])
    def test_nobody_else_does(
        self, name: str, who: str, records: dict[str, Any], client_for: Any, request: Any
    ) -> None:
        client = client_for(request.getfixturevalue(who))

        for rest in ("", f"inspect/{records[name].pk}/", "?export=csv"):
            response = client.get(address(name, rest))
            assert response.status_code in {302, 403, 404}, rest
            assert b"learner@example.org" not in response.content

    def test_search_finds_by_name_and_address(
        self, records: dict[str, Any], classmate: User, signed_in: Client
    ) -> None:
        page = signed_in.get(address("enrollment"), {"q": "learner@example.org"}).content.decode()

        assert "Lea Learner" in page
        assert str(classmate.pk) not in page
        assert classmate.get_full_name() not in page
        assert (
            "Lea Learner"
            not in signed_in.get(address("enrollment"), {"q": "nobody"}).content.decode()
        )

    @pytest.mark.parametrize("query", ['"', "\x00", "%", "'", "🐍", "x" * 3000])
    def test_any_search_is_answered(self, query: str, signed_in: Client) -> None:
        assert signed_in.get(address("enrollment"), {"q": query}).status_code in {200, 302}

    def test_filters_narrow(self, records: dict[str, Any], signed_in: Client) -> None:
        done = signed_in.get(address("enrollment"), {"status__exact": "completed"})
        active = signed_in.get(address("enrollment"), {"status__exact": "active"})

        assert "Lea Learner" in done.content.decode()
        assert "Lea Learner" not in active.content.decode()

    def test_an_attempt_shows_no_answer_key(
        self, records: dict[str, Any], signed_in: Client
    ) -> None:
        page = signed_in.get(address("attempt", f"inspect/{records['attempt'].pk}/"))

        assert builders.KEY_CANARY not in page.content.decode()


class TestExports:
    def test_csv(self, records: dict[str, Any], signed_in: Client) -> None:
        response = signed_in.get(address("enrollment"), {"export": "csv"})
        text = b"".join(response.streaming_content).decode("utf-8-sig")
        rows = list(csv.reader(StringIO(text)))

        assert "learner@example.org" in rows[1]
        assert len(rows) == 2

    def test_xlsx(self, records: dict[str, Any], signed_in: Client) -> None:
        response = signed_in.get(address("certificate"), {"export": "xlsx"})
        sheet = openpyxl.load_workbook(BytesIO(b"".join(response.streaming_content))).active

        assert records["certificate"].serial in [cell.value for cell in sheet[2]]

    def test_no_cell_is_a_formula(
        self, enrolled: Enrollment, learner: User, signed_in: Client
    ) -> None:
        User.objects.filter(pk=learner.pk).update(first_name="=cmd|' /C calc'!A0")
        response = signed_in.get(address("enrollment"), {"export": "csv"})
        text = b"".join(response.streaming_content).decode("utf-8-sig")
        cells = list(csv.reader(StringIO(text)))[1]

        assert any("cmd|" in cell for cell in cells)
        assert not [cell for cell in cells if cell.startswith("=")]


class TestWriting:
    @pytest.mark.parametrize("name", REGISTERS)
    @pytest.mark.parametrize("who", ["manager", "admin_user"])
    def test_nobody_writes_through_them(
        self, name: str, who: str, records: dict[str, Any], client_for: Any, request: Any
    ) -> None:
        client = client_for(request.getfixturevalue(who))
        model, row = REGISTERS[name], records[name]
        before = model.objects.values().get(pk=row.pk)

        for rest in ("create/", f"edit/{row.pk}/", f"delete/{row.pk}/"):
            for answer in (client.get(address(name, rest)), client.post(address(name, rest), {})):
                assert answer.status_code in {302, 403, 404, 405}, rest
        assert model.objects.values().get(pk=row.pk) == before
        assert model.objects.count() == 1

    @pytest.mark.parametrize("name", REGISTERS)
    def test_what_is_not_there_is_404(self, name: str, signed_in: Client) -> None:
        for key in (uuid4(), "1", "abc", "0" * 400):
            for verb in ("inspect", "edit", "delete"):
                status = signed_in.get(address(name, f"{verb}/{key}/")).status_code
                assert status in {302, 403, 404}, (verb, key)
        assert signed_in.get(address(name, "inspect/abc/")).status_code == 404
        assert signed_in.get(address(name, f"inspect/{uuid4()}/")).status_code == 404
