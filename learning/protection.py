"""Deleting content never deletes what learners have produced.

The database refuses it (PROTECT). These hooks explain it before it comes to that, for single and
for bulk deletion, also where the records lie deeper in the tree.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page

from learning.certificates.models import Certificate
from learning.enrollments.models import Enrollment
from learning.grading.models import GradeItem
from learning.progress.models import Completion, UnitProgress
from learning.quizzes.models import Attempt


def learners_with_records_below(pages: Iterable[Page]) -> int:
    """Return how many learners have records on these pages or on pages below them."""
    learners: set[Any] = set()
    for page in pages:
        for records, path, learner in (
            (Enrollment.objects, "course__path", "learner_id"),
            (Certificate.objects, "course__path", "learner_id"),
            (Completion.objects, "unit__path", "enrollment__learner_id"),
            (UnitProgress.objects, "unit__path", "enrollment__learner_id"),
            (Attempt.objects, "quiz__path", "learner_id"),
        ):
            below = Q(**{f"{path}__startswith": page.path})
            learners |= set(
                records.filter(below).order_by().values_list(learner, flat=True).distinct()
            )
    return len(learners)


def refuse_deletion(request: HttpRequest, pages: Iterable[Page]) -> HttpResponse | None:
    """Explain why these pages cannot be deleted and lead back to the explorer, or return None."""
    pages = list(pages)
    count = learners_with_records_below(pages)
    if not count:
        return None
    messages.error(
        request,
        ngettext(
            "%(count)d learner has records here, so this cannot be deleted.",
            "%(count)d learners have records here, so this cannot be deleted.",
            count,
        )
        % {"count": count}
        + " "
        + _("Unpublish it instead: it leaves the catalogue, and nothing is lost."),
    )
    parent = pages[0].get_parent()
    return redirect("wagtailadmin_explore", parent.pk if parent else 1)


def forget_empty_columns(pages: Iterable[Page]) -> None:
    """Delete grade items without grades, which would keep their pages from being deleted."""
    for page in pages:
        below = Q(unit_key__in=page.get_descendants(inclusive=True).values("translation_key"))
        GradeItem.objects.filter(below, grades__isnull=True).delete()
