"""What the learners of the large school have done."""

from __future__ import annotations

import random as randomness
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from random import Random
from typing import Any

from django.db import connection, models
from django.utils import timezone

from accounts.models import User
from courses.models import CourseStats
from home.demo.large_content import SchoolCourse
from learning.enrollments.models import Enrollment, EnrollmentEvent, Entitlement
from learning.grading.models import CourseGrade, Grade, GradeItem
from learning.progress.models import Completion, CourseProgress, UnitProgress
from learning.quizzes import paper as papers
from learning.quizzes.graders import GRADERS
from learning.quizzes.models import Attempt, Response

BATCH = 5_000
# So many enrollments are made in memory before they are written.
CHUNK = 1_000
MINUTES_OF_HISTORY = 80_000


def make_history(
    people: list[User], courses: list[SchoolCourse], wanted: int, random: Random
) -> None:
    """Enroll people and let them complete units until there are as many completions as wanted."""
    history = History(random)
    chances = _chances(people, courses, wanted, random)
    while chunk := list(islice(chances, CHUNK)):
        for user, course, done in chunk:
            history.add(user, course, done)
        history.write()
    count_learners()


def _chances(
    people: list[User], courses: list[SchoolCourse], wanted: int, random: Random
) -> Iterator[tuple[User, SchoolCourse, int]]:
    """Yield learner, course and how many of its units are done. Each round gives everybody one more
    course, so the rows of one learner lie far apart in the tables, as in life.
    """
    for round_number in range(len(courses)):
        for index, user in enumerate(people):
            if wanted <= 0:
                return
            course = courses[(index + round_number) % len(courses)]
            done = min(_units_done(len(course.units), random), wanted)
            wanted -= done
            yield user, course, done


def _units_done(units: int, random: Random) -> int:
    """One in five finishes; the others are somewhere on the way."""
    return units if random.random() < 0.2 else random.randrange(units)


class History:
    """Collects rows, and writes them table by table in the order of their foreign keys."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.now = timezone.now()
        self.rows: dict[type[models.Model], list[Any]] = defaultdict(list)
        self.papers: dict[Any, tuple[papers.Paper, papers.PaperKey, GradeItem]] = {}

    def add(self, user: User, course: SchoolCourse, done: int) -> None:
        """Enroll a learner who has completed the first `done` units."""
        finished_at = self._some_time() if done == len(course.units) else None
        enrollment = self._enroll(user, course, finished_at)
        times = sorted(self._some_time() for _ in range(done))
        for unit, at in zip(course.units, times, strict=False):
            self._complete(enrollment, course, unit, at)
        if finished_at:
            self._sit_quiz(enrollment, course, finished_at)
        last = course.units[max(done - 1, 0)]
        self._keep(
            CourseProgress(
                enrollment=enrollment,
                done=done,
                required=len(course.units),
                last_unit_id=last.pk,
                last_activity_at=times[-1] if times else None,
            )
        )

    def write(self) -> None:
        """Insert what was collected."""
        for model in (
            Entitlement, Enrollment, EnrollmentEvent, UnitProgress, Attempt, Response, Completion,
            CourseProgress, GradeItem, Grade, CourseGrade,
        ):  # fmt: skip
            _insert(model, self.rows.pop(model, []))

    def _keep(self, row: Any) -> Any:
        self.rows[type(row)].append(row)
        return row

    def _some_time(self) -> datetime:
        return self.now - timedelta(minutes=self.random.randint(1, MINUTES_OF_HISTORY))

    def _enroll(self, user: User, course: SchoolCourse, finished_at: datetime | None) -> Enrollment:
        page = course.page
        right = Entitlement(
            learner=user,
            course=page,
            course_key=page.translation_key,
            source=Entitlement.Source.FREE,
        )
        enrollment = Enrollment(
            learner=user,
            course=page,
            course_key=page.translation_key,
            entitlement=right,
            enrolled_at=self.now - timedelta(minutes=MINUTES_OF_HISTORY),
            status=Enrollment.Status.COMPLETED if finished_at else Enrollment.Status.ACTIVE,
            completed_at=finished_at,
        )
        self._keep(right)
        self._keep(enrollment)
        kinds = EnrollmentEvent.Kind
        self._keep(EnrollmentEvent(enrollment=enrollment, kind=kinds.ENROLLED, actor=user))
        if finished_at:
            self._keep(EnrollmentEvent(enrollment=enrollment, kind=kinds.COMPLETED))
        return enrollment

    def _complete(
        self, enrollment: Enrollment, course: SchoolCourse, unit: Any, at: datetime
    ) -> None:
        is_quiz = unit is course.quiz
        place = {"enrollment": enrollment, "unit_id": unit.pk, "unit_key": unit.translation_key}
        self._keep(
            Completion(
                **place,
                version_id=course.versions[unit.translation_key],
                source=Completion.Source.QUIZ if is_quiz else Completion.Source.BUTTON,
                completed_at=at,
            )
        )
        if not is_quiz:
            self._keep(UnitProgress(**place, active_seconds=300, heartbeat_at=at))

    def _sit_quiz(self, enrollment: Enrollment, course: SchoolCourse, at: datetime) -> None:
        """A passed attempt with every answer right, and the grades that follow from it."""
        quiz = course.quiz
        paper, key, item = self._paper(course)
        score = papers.max_score(paper)
        attempt = Attempt(
            learner_id=enrollment.learner_id,
            enrollment=enrollment,
            quiz_id=quiz.pk,
            quiz_key=quiz.translation_key,
            version_id=course.versions[quiz.translation_key],
            number=1,
            status=Attempt.Status.GRADED,
            paper=paper,
            key=key,
            policy=_policy(quiz),
            started_at=at - timedelta(minutes=9),
            submitted_at=at,
            score=score,
            max_score=score,
            passed=True,
        )
        self._keep(attempt)
        for question in paper["questions"]:
            self._keep(
                Response(
                    attempt=attempt,
                    question_id=question["id"],
                    answer=GRADERS[question["kind"]].right_answer(key[question["id"]]),
                    sequence=1,
                    score=question["points"],
                )
            )
        self._keep(Grade(enrollment=enrollment, item=item, percent=100, graded_at=at))
        self._keep(CourseGrade(enrollment=enrollment, percent=100, is_passing=True))

    def _paper(self, course: SchoolCourse) -> tuple[papers.Paper, papers.PaperKey, GradeItem]:
        """Return the quiz as a paper: everybody sits the same one."""
        quiz = course.quiz
        if quiz.pk not in self.papers:
            paper, key = papers.make_paper(quiz, rng=randomness.Random(quiz.pk))
            item = self._keep(
                GradeItem(
                    course=course.page,
                    course_key=course.page.translation_key,
                    unit_id=quiz.pk,
                    unit_key=quiz.translation_key,
                    title=quiz.title,
                )
            )
            self.papers[quiz.pk] = (paper, key, item)
        return self.papers[quiz.pk]


def _insert(model: type[models.Model], rows: list[Any]) -> None:
    if connection.vendor != "postgresql":
        model._default_manager.bulk_create(rows, batch_size=BATCH)
        return
    # Several times as fast as INSERT, and there are millions of rows.
    fields = model._meta.concrete_fields
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)  # type: ignore[arg-type]
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(
                [
                    field.get_db_prep_save(field.pre_save(row, add=True), connection)
                    for field in fields
                ]
            )


def _policy(quiz: Any) -> dict[str, Any]:
    return {
        "time_limit_minutes": quiz.time_limit_minutes,
        "max_attempts": quiz.max_attempts,
        "passing_percent": quiz.passing_percent,
        "shown": str(quiz.shown),
        "shown_when": str(quiz.shown_when),
    }


def count_learners() -> None:
    """Write the learners of each course into its figures."""
    counts = (
        Enrollment.objects.order_by()
        .values("course_id")
        .annotate(
            enrolled=models.Count("pk"),
            completed=models.Count("pk", filter=models.Q(completed_at__isnull=False)),
        )
    )
    found = {row["course_id"]: row for row in counts}
    stats = list(CourseStats.objects.filter(course_id__in=found))
    for row in stats:
        row.enrolled_count = found[row.pk]["enrolled"]
        row.completed_count = found[row.pk]["completed"]
    CourseStats.objects.bulk_update(stats, ["enrolled_count", "completed_count"], batch_size=500)
