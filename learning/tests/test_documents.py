"""Who gets a document, and how it is handed out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.models import Collection, PageLogEntry

from accounts.models import User
from courses.models import CoursePage, LessonPage, ModulePage
from courses.services import ensure_workspace
from learning.enrollments.models import Enrollment
from portal.common.models import CustomDocument
from tests.factories import make_lesson

CANARY = b"canary-91c2-inside-a-private-file"

pytestmark = pytest.mark.django_db


def make_document(
    collection: Collection, name: str = "notes.pdf", content: bytes = CANARY
) -> CustomDocument:
    return CustomDocument.objects.create(
        title=name,
        file=ContentFile(content, name=name),
        collection=collection,
        file_size=len(content),
    )


@pytest.fixture
def collection(course: CoursePage) -> Collection:
    return ensure_workspace(course).collection


@pytest.fixture
def document(collection: Collection) -> CustomDocument:
    return make_document(collection)


def body_of(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


READERS = ["learner", "instructor", "co_instructor", "manager", "admin_user"]
OTHERS = ["anonymous", "outsider", "other_teacher", "unverified"]


def person(name: str, request: pytest.FixtureRequest) -> User | None:
    if name == "learner":
        request.getfixturevalue("enrolled")
    return None if name == "anonymous" else request.getfixturevalue(name)


class TestWho:
    @pytest.mark.parametrize("name", READERS)
    def test_readers_get_it(
        self, name: str, document: CustomDocument, request: pytest.FixtureRequest, client_for: Any
    ) -> None:
        response = client_for(person(name, request)).get(document.url)

        assert (response.status_code, body_of(response)) == (200, CANARY)

    @pytest.mark.parametrize("name", OTHERS)
    @pytest.mark.parametrize("headers", [{}, {"Range": "bytes=0-3"}, {"If-None-Match": "*"}])
    def test_to_others_it_does_not_exist(
        self,
        name: str,
        headers: dict[str, str],
        document: CustomDocument,
        request: pytest.FixtureRequest,
        client_for: Callable[[User | None], Client],
    ) -> None:
        client = client_for(person(name, request))
        response = client.get(document.url, headers=headers)
        unknown = client.get(f"/documents/99999/{document.filename}", headers=headers)

        assert response.status_code == unknown.status_code == 404
        assert CANARY not in response.content
        assert client.head(document.url).status_code == 404

    def test_a_closed_enrollment_gets_nothing(
        self, document: CustomDocument, enrolled: Enrollment, client_for: Any
    ) -> None:
        Enrollment.objects.update(status=Enrollment.Status.WITHDRAWN)

        assert client_for(enrolled.learner).get(document.url).status_code == 404

    def test_a_collection_below_the_course_is_gated_as_well(
        self, collection: Collection, client: Client
    ) -> None:
        below = collection.add_child(name="Week 1")

        assert client.get(make_document(below).url).status_code == 404

    def test_a_document_of_no_course_is_public(self, client: Client) -> None:
        document = make_document(Collection.get_first_root_node())

        assert client.get(document.url).status_code == 200

    def test_the_file_of_a_free_preview_is_free(
        self,
        document: CustomDocument,
        course: CoursePage,
        client: Client,
        django_capture_on_commit_callbacks: Any,
    ) -> None:
        module = ModulePage.objects.child_of(course).first()
        body = [
            {
                "type": "download",
                "value": {"document": document.pk, "title": "Notes", "description": ""},
            }
        ]
        with django_capture_on_commit_callbacks(execute=True):
            lesson = make_lesson(module, "Free", is_preview=True, body=body)

        assert client.get(document.url).status_code == 200
        LessonPage.objects.filter(pk=lesson.pk).update(is_preview=False)
        assert client.get(document.url).status_code == 404

    def test_the_file_of_a_locked_lesson_is_locked(
        self,
        document: CustomDocument,
        course: CoursePage,
        enrolled: Enrollment,
        client_for: Any,
        django_capture_on_commit_callbacks: Any,
    ) -> None:
        module = ModulePage.objects.child_of(course).last()
        body = [
            {
                "type": "download",
                "value": {"document": document.pk, "title": "Notes", "description": ""},
            }
        ]
        with django_capture_on_commit_callbacks(execute=True):
            make_lesson(module, "Last", body=body)
        CoursePage.objects.update(order=CoursePage.Order.SEQUENTIAL)

        assert client_for(enrolled.learner).get(document.url).status_code == 404

    def test_reading_by_office_is_written_down(
        self, document: CustomDocument, manager: User, client_for: Any
    ) -> None:
        client_for(manager).get(document.url)

        assert PageLogEntry.objects.filter(action="learning.inspect", user=manager).count() == 1


class TestHow:
    def test_it_has_the_right_headers(
        self, document: CustomDocument, enrolled: Enrollment, client_for: Any
    ) -> None:
        response = client_for(enrolled.learner).get(document.url)

        assert response["Content-Type"] == "application/pdf"
        assert response["Content-Disposition"].startswith("inline")
        assert response["Cache-Control"] == "private, no-store"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "ETag" not in response
        assert "Last-Modified" not in response

    def test_what_a_browser_could_run_is_a_download(
        self, collection: Collection, enrolled: Enrollment, client_for: Any
    ) -> None:
        page = make_document(collection, name="page.html", content=b"<script>1</script>")

        assert (
            client_for(enrolled.learner)
            .get(page.url)["Content-Disposition"]
            .startswith("attachment")
        )

    @pytest.mark.parametrize(
        ("asked", "status", "expected"),
        [
            ("bytes=0-5", 206, CANARY[:6]),
            ("bytes=7-", 206, CANARY[7:]),
            ("bytes=-4", 206, CANARY[-4:]),
            ("bytes=900-", 416, b""),
            ("nonsense", 200, CANARY),
        ],
    )
    def test_ranges(
        self,
        asked: str,
        status: int,
        expected: bytes,
        document: CustomDocument,
        enrolled: Enrollment,
        client_for: Any,
    ) -> None:
        response = client_for(enrolled.learner).get(document.url, headers={"Range": asked})

        assert (response.status_code, body_of(response)) == (status, expected)

    def test_captions_have_their_type(
        self, collection: Collection, enrolled: Enrollment, client_for: Any
    ) -> None:
        captions = make_document(collection, name="talk.vtt", content=b"WEBVTT\n")

        assert client_for(enrolled.learner).get(captions.url)["Content-Type"] == "text/vtt"

    @pytest.mark.parametrize(
        "address", ["/documents/1/../x", "/documents/9999999999999999999999/x.pdf", "/documents/1/"]
    )
    def test_odd_addresses_are_404(self, address: str, client: Client) -> None:
        assert client.get(address).status_code == 404

    def test_a_wrong_name_or_a_missing_file_is_404(
        self, document: CustomDocument, enrolled: Enrollment, client_for: Any
    ) -> None:
        client = client_for(enrolled.learner)

        assert client.get(document.url + "x").status_code == 404
        document.file.storage.delete(document.file.name)
        assert client.get(document.url).status_code == 404

    def test_nobody_can_write_there(
        self, document: CustomDocument, enrolled: Enrollment, client_for: Any
    ) -> None:
        assert client_for(enrolled.learner).post(document.url).status_code == 405
