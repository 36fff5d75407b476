"""Every address, every person: what happens is what the matrix says."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from accounts.models import Role, User
from community.notifications.models import Notification
from courses.models import CourseTeamMember
from courses.services import add_team_member
from learning.certificates.models import Certificate
from learning.enrollments.models import Enrollment
from learning.quizzes import services as quizzes
from portal.common.models import CustomDocument
from tests.access_matrix import EXEMPT, PERSONAS, ROWS, Row
from tests.factories import UserFactory, make_course, make_lesson, make_module, make_quiz, paragraph

CANARY = "canary-of-a-gated-body"
ADMIN_PREFIXES = ("admin/", "django-admin/")
LOGIN = "/auth/login/"


@dataclass
class World:
    """A course with one of everything, and one person of each kind."""

    people: dict[str, User | None]
    values: dict[str, Any]

    def __getattr__(self, name: str) -> Any:
        if name in self.values:
            return self.values[name]
        return self.people[name]


def _enroll(user: User, course: Any, **fields: Any) -> Enrollment:
    return Enrollment.objects.create(
        learner=user,
        course=course,
        course_key=course.translation_key,
        enrolled_at=timezone.now(),
        **fields,
    )


def _people(course: Any, teacher: User) -> dict[str, User | None]:
    people: dict[str, User | None] = {
        "anonymous": None,
        "unverified": UserFactory(verified=False),
        "student": UserFactory(),
        "enrolled": UserFactory(),
        "withdrawn": UserFactory(),
        "teacher": teacher,
        "co_instructor": UserFactory(role=Role.TEACHER),
        "other_teacher": UserFactory(role=Role.TEACHER),
        "support": UserFactory(),
        "manager": UserFactory(role=Role.MANAGER),
        "admin": UserFactory(role=Role.ADMIN, is_staff=True, is_superuser=True),
    }
    people["support"].groups.add(Group.objects.get(name="Support"))
    add_team_member(
        course, user=people["co_instructor"], team_role=CourseTeamMember.TeamRole.CO_INSTRUCTOR
    )
    _enroll(
        people["withdrawn"], course, status=Enrollment.Status.WITHDRAWN, withdrawn_at=timezone.now()
    )
    return people


def _build() -> World:
    teacher = UserFactory(role=Role.TEACHER, first_name="Tess")
    course = make_course("Matrix", instructor=teacher)
    module = make_module(course, "Module")
    check_id = str(uuid.uuid4())
    check = {
        "type": "check_question",
        "id": check_id,
        "value": {
            "question": "<p>Which?</p>",
            "choices": [
                {"text": "This", "is_correct": True, "feedback": ""},
                {"text": "That", "is_correct": False},
            ],
            "explanation": "",
        },
    }
    lesson = make_lesson(module, "Lesson", body=[paragraph(CANARY), check])
    preview = make_lesson(module, "Preview", is_preview=True)
    draft = make_lesson(module, "Draft", live=False, body=[paragraph(CANARY)])
    quiz = make_quiz(module, "Quiz")
    second_quiz = make_quiz(module, "Second quiz", shown_when="after_attempt")
    people = _people(course, teacher)
    enrollment = _enroll(people["enrolled"], course)
    attempt = quizzes.start_attempt(people["enrolled"], quiz=quiz)
    finished = quizzes.submit_attempt(quizzes.start_attempt(people["enrolled"], quiz=second_quiz))
    question = next(
        question for question in attempt.paper["questions"] if question["kind"] == "single_choice"
    )
    document = CustomDocument(title="Handout", collection=course.workspace.collection)
    document.file.save("handout.txt", ContentFile(CANARY.encode()))
    certificate = Certificate.objects.create(
        serial="LP-2026-MATRIX",
        learner=people["enrolled"],
        enrollment=enrollment,
        course=course,
        course_key=course.translation_key,
        learner_name="Erin Enrolled",
        course_title=course.title,
        issued_at=timezone.now(),
    )
    certificate.pdf.save("matrix.pdf", ContentFile(b"%PDF-1.7 matrix"))
    notification = Notification.objects.create(
        recipient=people["enrolled"],
        kind=Notification.Kind.GRADE,
        title="Graded",
        url="/",
        dedupe_key="matrix",
    )
    return World(
        people,
        {
            "course_uuid": course.translation_key,
            "course_path": course.url.lstrip("/"),
            "lesson_uuid": lesson.translation_key,
            "lesson_path": lesson.url.lstrip("/"),
            "preview_path": preview.url.lstrip("/"),
            "draft_path": draft.url.lstrip("/"),
            "quiz_uuid": quiz.translation_key,
            "check_id": check_id,
            "document": document,
            "enrollment_uuid": enrollment.pk,
            "attempt_uuid": attempt.pk,
            "finished_uuid": finished.pk,
            "question_uuid": question["id"],
            "option": question["options"][0]["id"],
            "certificate": certificate,
            "notification_uuid": notification.pk,
        },
    )


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """One world for all rows; each request runs in a transaction of its own that is rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield _build()
        transaction.set_rollback(True)


def _call(row: Row, world: World, person: User | None, args: dict[str, Any]) -> Any:
    client = Client(raise_request_exception=True)
    if person is not None:
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    address = reverse(row.name, kwargs=args) if row.name != "wagtail_serve" else f"/{args['path']}"
    if row.name == "wagtaildocs_serve":
        address = f"/documents/{args['document_id']}/{args['filename']}"
    data: Any = row.data(world)
    options: dict[str, Any] = {}
    if row.json:
        data, options["content_type"] = json.dumps(data), "application/json"
    with transaction.atomic():
        response = getattr(client, row.method.lower())(address, data, **options)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        transaction.set_rollback(True)
    response.body = body
    return response


def _outcome(response: Any) -> str:
    status = response.status_code
    if status == 401 or (status == 302 and response["Location"].startswith(LOGIN)):
        return "L"
    if 300 <= status < 400:
        return "R"
    return {403: "F", 404: "N", 405: "M", 409: "C", 400: "B", 422: "B"}.get(
        status, "Y" if status < 400 else str(status)
    )


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_everybody_gets_what_the_matrix_says(row: Row, world: World) -> None:
    got = "".join(
        _outcome(_call(row, world, world.people[persona], row.args(world))) for persona in PERSONAS
    )

    differences = {
        persona: f"expected {wanted}, got {found}"
        for persona, wanted, found in zip(PERSONAS, row.expected, got, strict=False)
        if wanted != found
    }
    assert got == row.expected, f"{got}: {differences}"


UUID_ROWS = [
    row
    for row in ROWS
    if "N" in row.expected and {"Y", "R"} & set(row.expected) and row.name != "wagtaildocs_serve"
]


@pytest.mark.parametrize(
    "row", [row for row in UUID_ROWS if row.name.count("profile") == 0], ids=str
)
def test_what_is_hidden_looks_like_what_does_not_exist(row: Row, world: World) -> None:
    """A denied id must not be told apart from an unknown one."""
    unknown = {
        name: uuid.uuid4() if name in {"uuid", "code"} else value
        for name, value in row.args(world).items()
    }
    for persona, wanted in zip(PERSONAS, row.expected, strict=True):
        if wanted != "N":
            continue
        denied = _call(row, world, world.people[persona], row.args(world))
        missing = _call(row, world, world.people[persona], unknown)
        assert missing.status_code == 404
        assert _without_tokens(denied.body) == _without_tokens(missing.body), persona


def test_gated_words_reach_only_those_who_may_read_them(world: World) -> None:
    readers = {"enrolled", "teacher", "co_instructor", "manager", "admin"}
    row = next(row for row in ROWS if str(row) == "GET wagtail_serve lesson")
    for persona in PERSONAS:
        body = _call(row, world, world.people[persona], row.args(world)).body.decode()
        assert (CANARY in body) == (persona in readers), persona


def test_every_address_has_a_row() -> None:
    covered = {row.name for row in ROWS} | EXEMPT.keys()
    missing = sorted(name for name, route in _addresses() if name not in covered)
    assert missing == []


def test_no_row_is_left_over() -> None:
    known = {name for name, _route in _addresses()}
    assert {row.name for row in ROWS} - known == set()
    assert EXEMPT.keys() - known == set()


def _addresses() -> Iterator[tuple[str, str]]:
    yield from _walk(get_resolver(), "", ())


def _walk(
    resolver: URLResolver, prefix: str, namespaces: tuple[str, ...]
) -> Iterator[tuple[str, str]]:
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if route.startswith(ADMIN_PREFIXES) or route.startswith("api/v2/"):
            continue
        if isinstance(pattern, URLPattern):
            if pattern.name:
                yield ":".join((*namespaces, pattern.name)), route
        else:
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from _walk(pattern, route, inner)


def _without_tokens(body: bytes) -> str:
    """Return a body without what differs from answer to answer by design."""
    return re.sub(r"[A-Za-z0-9]{64}|[0-9a-f]{8}-[0-9a-f-]{27}", "…", body.decode())


class TestTheAdminsDoor:
    @pytest.mark.parametrize("address", ["/admin/", "/django-admin/"])
    def test_a_visitor_is_led_to_the_portals_login(self, world: World, address: str) -> None:
        response = Client().get(address, follow=True)

        assert response.redirect_chain[-1][0].startswith(LOGIN)

    @pytest.mark.parametrize("address", ["/admin/", "/django-admin/", "/admin/pages/"])
    @pytest.mark.parametrize("persona", ["student", "enrolled", "unverified"])
    def test_a_student_ends_at_the_dashboard(
        self, world: World, persona: str, address: str
    ) -> None:
        client = Client()
        client.force_login(
            world.people[persona], backend="django.contrib.auth.backends.ModelBackend"
        )

        response = client.get(address, follow=True)

        assert response.redirect_chain[-1][0] == "/dashboard/"
        assert "may not open the admin" in response.content.decode()
