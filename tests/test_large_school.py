"""The large school is a school like any other, only made faster: its rows satisfy the invariants
that the services keep.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.core.management import call_command
from django.db.models import Count, F, Q
from wagtail.models import Page

from accounts.models import Role, User
from courses.models import CoursePage, CourseStats, LessonPage, UnitVersion
from courses.services import refresh_stats
from courses.versions import current_version
from home.demo import large
from home.demo.large_content import UNITS_PER_COURSE, SchoolCourse
from learning.access import unit_access
from learning.enrollments.models import Enrollment, EnrollmentEvent
from learning.grading import services as grading
from learning.grading.models import CourseGrade
from learning.progress import services as progress
from learning.progress.models import Completion, CourseProgress
from learning.quizzes import services as quizzes
from learning.quizzes.models import Attempt
from tests.factories import make_course

pytestmark = pytest.mark.django_db

COURSES = 4
COMPLETIONS = 400


@pytest.fixture
def earlier_course() -> CoursePage:
    """A course that was in the catalogue before."""
    return make_course("There before")


@pytest.fixture
def school(earlier_course: CoursePage) -> list[SchoolCourse]:
    return large.load(lambda text: None, completions=COMPLETIONS, courses=COURSES)


class TestPages:
    def test_the_tree_has_no_problems(self, school: list[SchoolCourse]) -> None:
        assert Page.find_problems() == ([], [], [], [], [])

    def test_every_page_is_served(self, school: list[SchoolCourse], client: Any) -> None:
        assert client.get(school[0].page.get_url()).status_code == 200
        assert client.get("/courses/").status_code == 200

    def test_courses_are_found(self, school: list[SchoolCourse]) -> None:
        title = school[0].page.title

        found = CoursePage.objects.live().search(title, operator="and")

        assert school[0].page.pk in [page.pk for page in found]

    def test_figures_are_those_that_the_service_counts(self, school: list[SchoolCourse]) -> None:
        for course in school:
            stored = CourseStats.objects.values().get(course=course.page)

            refresh_stats(course.page)

            assert CourseStats.objects.values().get(course=course.page) == stored
            assert stored["units_count"] == UNITS_PER_COURSE

    def test_each_unit_has_its_version(self, school: list[SchoolCourse]) -> None:
        before = UnitVersion.objects.count()
        unit = LessonPage.objects.child_of(school[0].page.get_children().first()).first()

        version = current_version(unit)

        assert version.pk == school[0].versions[unit.translation_key]
        assert UnitVersion.objects.count() == before == COURSES * UNITS_PER_COURSE


class TestHistory:
    def test_there_are_as_many_completions_as_wanted(self, school: list[SchoolCourse]) -> None:
        assert Completion.objects.count() == COMPLETIONS

    def test_summaries_equal_their_recomputation(self, school: list[SchoolCourse]) -> None:
        fields = ("enrollment_id", "done", "required", "last_unit_id", "is_stale")
        before = sorted(CourseProgress.objects.values_list(*fields))
        states = sorted(Enrollment.objects.values_list("pk", "status", "completed_at"))

        for course in school:
            progress.refresh_course(course.page.translation_key)

        assert sorted(CourseProgress.objects.values_list(*fields)) == before
        assert sorted(Enrollment.objects.values_list("pk", "status", "completed_at")) == states

    def test_learners_are_counted(self, school: list[SchoolCourse]) -> None:
        counted = CoursePage.objects.annotate(
            learners=Count("enrollments"),
            finished=Count("enrollments", filter=Q(enrollments__completed_at__isnull=False)),
        )
        wrong = counted.filter(pk__in=[one.page.pk for one in school]).exclude(
            stats__enrolled_count=F("learners"), stats__completed_count=F("finished")
        )
        assert not wrong.exists()

    def test_grades_follow_from_the_attempts(self, school: list[SchoolCourse]) -> None:
        finished = Enrollment.objects.filter(completed_at__isnull=False)
        attempts = Attempt.objects.all()

        assert finished.count() == attempts.count() == CourseGrade.objects.count() > 0
        for attempt in attempts[:5]:
            assert quizzes.regrade(attempt) == attempt.score == attempt.max_score
        result = grading.refresh_course_grade(finished[0])
        assert (result.percent, result.is_passing) == (Decimal(100), True)

    def test_enrollments_have_their_right_and_their_events(
        self, school: list[SchoolCourse]
    ) -> None:
        kinds = EnrollmentEvent.Kind
        assert not Enrollment.objects.filter(entitlement=None).exists()
        assert EnrollmentEvent.objects.filter(kind=kinds.ENROLLED).count() == (
            Enrollment.objects.count()
        )
        assert EnrollmentEvent.objects.filter(kind=kinds.COMPLETED).count() == (
            Enrollment.objects.filter(status=Enrollment.Status.COMPLETED).count()
        )

    def test_learners_can_log_in_and_study(self, school: list[SchoolCourse]) -> None:
        enrollment = Enrollment.objects.select_related("learner").first()
        course = next(one for one in school if one.page.pk == enrollment.course_id)
        lesson = LessonPage.objects.get(pk=course.units[0].pk)

        assert enrollment.learner.emailaddress_set.get().verified
        assert unit_access(enrollment.learner, lesson).is_allowed


class TestLoading:
    def test_a_second_call_adds_nothing(self, school: list[SchoolCourse]) -> None:
        people = User.objects.count()

        assert large.load(lambda text: None, completions=COMPLETIONS, courses=COURSES) == []

        assert User.objects.count() == people

    def test_a_smaller_school_has_fewer_learners_not_idler_ones(
        self, school: list[SchoolCourse]
    ) -> None:
        assert User.objects.filter(role=Role.STUDENT).count() == 10
        assert Enrollment.objects.count() >= 2 * 10

    def test_the_command_makes_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        wanted: dict[str, Any] = {}
        monkeypatch.setattr("home.demo.loader.load", lambda say: None)
        monkeypatch.setattr(large, "load", lambda say, **options: wanted.update(options))

        call_command("load_demo", size="large", completions=7, verbosity=0)

        assert wanted == {"completions": 7}
