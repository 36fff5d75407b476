"""Handing out documents: to whom, and how.

A document in the collection of a course (or in one below it) belongs to the course. All others are
public, as far as Wagtail's own collection privacy lets them.
"""

from __future__ import annotations

import logging
import mimetypes
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.documents import get_document_model
from wagtail.documents.models import document_served
from wagtail.models import ReferenceIndex

from courses.models import CourseWorkspace, LessonPage
from learning.access import Standing
from learning.inspection import record_inspection
from portal.common.files import private_file_response

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User
    from portal.common.models import CustomDocument

    Person = User | AnonymousUser

log = logging.getLogger(__name__)

MAX_ID_DIGITS = 9
# Types that the machine's own table may not know.
CONTENT_TYPES = {
    "vtt": "text/vtt",
    "m4a": "audio/mp4",
    "ipynb": "application/x-ipynb+json",
    "epub": "application/epub+zip",
}


@require_safe
def serve_document(request: HttpRequest, document_id: str, filename: str) -> HttpResponseBase:
    """Answer with a document to whoever may read it; to everybody else as if it did not exist.

    There are no conditional answers: a 304 would tell an outsider that his guess of a private file
    was right.
    """
    if len(str(document_id)) > MAX_ID_DIGITS:
        raise Http404
    document = (
        get_document_model()
        .objects.filter(pk=int(document_id))
        .select_related("collection")
        .first()
    )
    if document is None or document.filename != filename:
        raise Http404
    for check in hooks.get_hooks("before_serve_document"):
        answer = check(document, request)
        if isinstance(answer, HttpResponse):
            return answer
    document_served.send(sender=type(document), instance=document, request=request)
    return _file_response(request, document)


def user_can_read_document(user: Person, document: CustomDocument) -> bool:
    """Whether a person may read a document.

    One that lessons show follows these lessons: it can be read by whoever may open one of them, so
    that the files of a free preview are free and those of a lesson not yet open are not. One that
    no lesson shows is material of the course.
    """
    standing = document_standing(user, document)
    if standing is None:
        return True
    if standing.is_inspector or standing.is_team:
        return True
    lessons = _lessons_showing(document)
    if lessons:
        return any(standing.access_as_learner(lesson).is_allowed for lesson in lessons)
    return standing.open_enrollment is not None and standing.is_published


def document_standing(user: Person, document: CustomDocument) -> Standing | None:
    """Return how the person stands to the course that owns the document.

    None when no course does.
    """
    workspace = workspace_of(document)
    return Standing(user, workspace.course) if workspace else None


def workspace_of(document: CustomDocument) -> CourseWorkspace | None:
    """Return the workspace whose collection holds the document; one query."""
    path, step = document.collection.path, document.collection.steplen
    above = [path[:length] for length in range(step, len(path) + 1, step)]
    return (
        CourseWorkspace.objects.filter(collection__path__in=above)
        .select_related("course")
        .order_by("-collection__depth")
        .first()
    )


def gate_document(document: CustomDocument, request: HttpRequest) -> None:
    """Wagtail hook: refuse a document as if it did not exist; write down who reads it by office."""
    if not user_can_read_document(request.user, document):
        raise Http404
    if not request.user.is_authenticated:
        return
    standing = document_standing(request.user, document)
    if standing and standing.is_inspector and not standing.is_team and not standing.open_enrollment:
        record_inspection(request.user, standing.course)


def _lessons_showing(document: CustomDocument) -> list[LessonPage]:
    """Return the published lessons that show the document."""
    references = ReferenceIndex.get_references_to(document).filter(
        base_content_type__app_label="wagtailcore", base_content_type__model="page"
    )
    keys = [
        int(pk) for pk in references.values_list("object_id", flat=True).distinct() if pk.isdigit()
    ]
    return list(LessonPage.objects.live().filter(pk__in=keys).defer("body")) if keys else []


def _file_response(request: HttpRequest, document: CustomDocument) -> HttpResponseBase:
    content_type = _content_type(document)
    try:
        file: Any = document.file.open("rb")
        size = document.file.size
    except OSError:
        log.exception("the file of document %s is missing", document.pk)
        raise Http404 from None
    inline = content_type in settings.WAGTAILDOCS_INLINE_CONTENT_TYPES
    return private_file_response(
        request, file, name=document.filename, content_type=content_type, size=size, inline=inline
    )


def _content_type(document: CustomDocument) -> str:
    known = CONTENT_TYPES.get(document.file_extension.lower())
    return known or mimetypes.guess_type(document.filename)[0] or "application/octet-stream"
