"""A person's learning, for the copy of everything that the portal knows about them.

Own data only: no other person is named, and no answer key is in it. What a question was worth is
left out, because that would tell which answer is right.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import F

from accounts.export import register_export
from accounts.models import User
from learning.certificates.models import Certificate
from learning.enrollments.models import Enrollment, EnrollmentEvent, Entitlement
from learning.grading.models import CourseGrade, Grade
from learning.progress.models import Completion, UnitProgress
from learning.quizzes.graders import GRADERS
from learning.quizzes.graders.base import Question
from learning.quizzes.models import Attempt
from learning.quizzes.review import shows_score

Rows = list[dict[str, Any]]


def enrollments(user: User) -> Rows:
    """Return the person's courses with all that was done in them. A constant number of queries."""
    mine = {"enrollment__learner": user}
    events = _by_enrollment(_events(user))
    completions = _by_enrollment(
        Completion.objects.filter(**mine)
        .order_by("completed_at")
        .values("enrollment_id", "completed_at", "source", unit_title=F("unit__title"))
    )
    positions = _by_enrollment(
        UnitProgress.objects.filter(**mine)
        .order_by("opened_at")
        .values(
            "enrollment_id", "position_seconds", "watched", "active_seconds", "opened_at",
            "updated_at", unit_title=F("unit__title"),
        )
    )  # fmt: skip
    grades = _by_enrollment(
        Grade.objects.filter(**mine)
        .order_by("graded_at")
        .values("enrollment_id", "percent", "graded_at", item_title=F("item__title"))
    )
    results = _by_enrollment(
        CourseGrade.objects.filter(**mine).values("enrollment_id", "percent", "is_passing")
    )
    fields = ("status", "enrolled_at", "expires_at", "completed_at", "withdrawn_at")
    return [
        {
            "course": enrollment.course.title,
            "course_uuid": enrollment.course_key,
            **{name: getattr(enrollment, name) for name in fields},
            "events": events[enrollment.pk],
            "completions": completions[enrollment.pk],
            "positions": positions[enrollment.pk],
            "grades": grades[enrollment.pk],
            "result": next(iter(results[enrollment.pk]), None),
        }
        for enrollment in Enrollment.objects.of(user).select_related("course")
    ]


def entitlements(user: User) -> Rows:
    """Return why the person may take which course."""
    rows = Entitlement.objects.filter(learner=user).order_by("created_at")
    found = rows.values(
        "source", "created_at", "expires_at", "revoked_at", course_title=F("course__title")
    )
    return [dict(row) for row in found]


def attempts(user: User) -> Rows:
    """Return the person's sittings with the own answers; the score where the quiz shows it."""
    rows = Attempt.objects.of(user).select_related("quiz").prefetch_related("responses")
    return [_attempt(attempt) for attempt in rows.defer("key", "quiz__questions")]


def certificates(user: User) -> Rows:
    """Return the person's certificates as they were issued."""
    rows = (
        Certificate.objects.filter(learner=user)
        .order_by("issued_at")
        .values(
            "serial", "code", "learner_name", "course_title", "instructor_name", "minutes",
            "grade_percent", "manifest", "status", "issued_at", "revoked_at", "revoked_reason",
        )
    )  # fmt: skip
    return [dict(row) for row in rows]


def register() -> None:
    """Add these parts to every export."""
    register_export("enrollments", enrollments)
    register_export("entitlements", entitlements)
    register_export("attempts", attempts)
    register_export("certificates", certificates)


def _events(user: User) -> Iterable[dict[str, Any]]:
    rows = EnrollmentEvent.objects.filter(enrollment__learner=user).order_by("created_at")
    for row in rows.values("enrollment_id", "kind", "reason", "created_at", "actor_id"):
        # Who else did it is that person's own matter.
        yield row | {"by_yourself": row.pop("actor_id") == user.pk}


def _attempt(attempt: Attempt) -> dict[str, Any]:
    fields = ["number", "status", "started_at", "deadline", "submitted_at"]
    if shows_score(attempt.policy):
        fields += ["score", "max_score", "passed"]
    questions = {question["id"]: question for question in attempt.paper["questions"]}
    return {
        "quiz": attempt.quiz.title,
        **{name: getattr(attempt, name) for name in fields},
        "answers": [
            {
                "question": question["prompt"],
                "answer": _in_words(question, response.answer),
                "saved_at": response.saved_at,
            }
            for response in attempt.responses.all()
            if (question := questions.get(str(response.question_id))) is not None
        ],
    }


def _in_words(question: Question, answer: Any) -> list[str]:
    return [] if answer is None else GRADERS[question["kind"]].show_answer(question, answer)


def _by_enrollment(rows: Iterable[Mapping[str, Any]]) -> defaultdict[UUID, Rows]:
    grouped: defaultdict[UUID, Rows] = defaultdict(list)
    for row in rows:
        rest = {name: value for name, value in row.items() if name != "enrollment_id"}
        grouped[row["enrollment_id"]].append(rest)
    return grouped
