"""The learner's and the teacher's overview, in a constant number of queries."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch

from courses.models import CoursePage
from courses.outline import OutlineUnit
from courses.permissions import courses_taught_by
from learning.access import Standing
from learning.enrollments.models import Enrollment
from learning.enrollments.permissions import opens_course
from learning.progress.models import Completion, CourseProgress, UnitProgress
from learning.progress.player import resume_unit
from learning.progress.selectors import unit_progress_of

if TYPE_CHECKING:
    from accounts.models import User

RECENT = 8
CARDS = 24


@dataclass(frozen=True)
class CourseCard:
    """A course of the learner with its progress."""

    enrollment: Enrollment
    is_open: bool
    done: int
    required: int
    percent: int
    certificate: Any

    @property
    def course(self) -> CoursePage:
        return self.enrollment.course

    @property
    def left(self) -> int:
        return self.required - self.done

    @property
    def has_new_content(self) -> bool:
        """Completed once, and something has been added since."""
        return self.enrollment.completed_at is not None and self.done < self.required


@dataclass(frozen=True)
class ResumePlace:
    """Where the learner stopped: course, unit and second."""

    card: CourseCard
    unit: OutlineUnit
    progress: UnitProgress | None

    @property
    def position(self) -> str:
        """The place inside a video as minutes and seconds, or nothing."""
        seconds = int(self.progress.position_seconds) if self.progress else 0
        return f"{seconds // 60}:{seconds % 60:02d}" if seconds > 0 else ""


@dataclass(frozen=True)
class TaughtCourse:
    """A course of the teacher."""

    course: CoursePage
    enrolled: int
    completed: int


@dataclass(frozen=True)
class Dashboard:
    """Everything on the dashboard."""

    resume: ResumePlace | None = None
    active: list[CourseCard] = field(default_factory=list)
    finished: list[CourseCard] = field(default_factory=list)
    ended: list[CourseCard] = field(default_factory=list)
    recent: list[Completion] = field(default_factory=list)
    taught: list[TaughtCourse] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.active or self.finished or self.ended)


def dashboard_of(user: User) -> Dashboard:
    """Return a person's dashboard."""
    cards = [_card(enrollment) for enrollment in _enrollments(user)]
    active = [card for card in cards if card.is_open and not card.enrollment.completed_at]
    finished = [card for card in cards if card.enrollment.completed_at]
    return Dashboard(
        resume=_resume(user, active),
        active=active,
        finished=finished,
        ended=[card for card in cards if not card.is_open and not card.enrollment.completed_at],
        recent=_recent(user),
        taught=_taught(user),
    )


def course_progress_chart(user: User) -> dict[str, Any]:
    """Return the progress of the learner's open courses as Chart.js reads it, with the courses' ids
    beside.
    """
    rows = (
        CourseProgress.objects.filter(
            enrollment__learner=user, enrollment__status__in=Enrollment.OPEN_STATUSES
        )
        .select_related("enrollment__course")
        .order_by("-last_activity_at")[:CARDS]
    )
    return {
        "type": "bar",
        "data": {
            "labels": [row.enrollment.course.title for row in rows],
            "datasets": [{"label": "%", "data": [row.percent for row in rows]}],
        },
        "courses": [
            {
                "uuid": str(row.enrollment.course_key),
                "done": row.done,
                "required": row.required,
                "percent": row.percent,
            }
            for row in rows
        ],
    }


def _enrollments(user: User) -> list[Enrollment]:
    """Return the enrollments with the latest activity first, with all that their cards show."""
    rows = (
        Enrollment.objects.of(user)
        .for_dashboard()
        .exclude(status=Enrollment.Status.WITHDRAWN, completed_at__isnull=True)
        .prefetch_related(Prefetch("certificates", to_attr="all_certificates"))
    )
    return sorted(rows, key=_last_activity, reverse=True)


def _last_activity(enrollment: Enrollment) -> Any:
    summary = getattr(enrollment, "progress", None)
    return (summary and summary.last_activity_at) or enrollment.enrolled_at


def _card(enrollment: Enrollment) -> CourseCard:
    summary = getattr(enrollment, "progress", None)
    stats = getattr(enrollment.course, "stats", None)
    required = summary.required if summary else (stats.required_units_count if stats else 0)
    valid = [item for item in enrollment.all_certificates if item.is_valid]  # type: ignore[attr-defined]
    return CourseCard(
        enrollment=enrollment,
        is_open=opens_course(enrollment),
        done=summary.done if summary else 0,
        required=required,
        percent=summary.percent if summary else 0,
        certificate=valid[0] if valid else None,
    )


def _resume(user: User, active: list[CourseCard]) -> ResumePlace | None:
    """The first course of the list is the one with the latest activity.

    Only its outline is read.
    """
    for card in active[:3]:
        standing = Standing(user, card.course, enrollment=card.enrollment)
        unit = resume_unit(standing)
        if unit is not None and standing.access(unit).is_allowed:
            return ResumePlace(card, unit, unit_progress_of(card.enrollment, unit.uuid))
    return None


def _recent(user: User) -> list[Completion]:
    rows = Completion.objects.filter(enrollment__learner=user)
    rows = rows.select_related("unit", "enrollment__course")
    return list(rows.order_by("-completed_at")[:RECENT])


def _taught(user: User) -> list[TaughtCourse]:
    if not user.is_teacher:
        return []
    rows = courses_taught_by(user).select_related("stats").order_by("-last_published_at", "title")
    return [
        TaughtCourse(
            course=course,
            enrolled=course.stats.enrolled_count if hasattr(course, "stats") else 0,
            completed=course.stats.completed_count if hasattr(course, "stats") else 0,
        )
        for course in rows
    ]
