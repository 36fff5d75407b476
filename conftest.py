"""Fixtures for every test: a migrated database, the people of the access matrix, a course."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connections
from django.test import Client
from django.utils import timezone

from accounts.models import Role, User
from courses.models import CoursePage, CourseTeamMember
from courses.services import add_team_member
from learning.enrollments.models import Enrollment
from portal.common.stored_pages import forget_stored_pages
from tests.factories import UserFactory, build_course
from tests.leaks import watch_for_leaks

ROOT = Path(__file__).parent


def _migrations_digest() -> str:
    digest = hashlib.sha256()
    for path in sorted(
        [*ROOT.glob("*/migrations/*.py"), *ROOT.glob("portal/common/migrations/*.py")]
    ):
        digest.update(path.read_bytes())
    for path in (
        ROOT / "requirements.txt",
        ROOT / "home/bootstrap.py",
        ROOT / "accounts/groups.py",
    ):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest, django_test_environment: None, django_db_blocker: Any
) -> Any:
    """Migrate once and keep the result: on SQLite every later run starts from a copy of the
    migrated file.
    """
    from django.test.utils import setup_databases, teardown_databases

    worker = getattr(request.config, "workerinput", {}).get("workerid", "main")
    test_settings = connections["default"].settings_dict["TEST"]
    template = Path(tempfile.gettempdir()) / f"portal-migrated-{_migrations_digest()}.sqlite3"
    keepdb = False
    if settings.IS_SQLITE:
        name = Path(test_settings["NAME"]).with_stem(f"test_{worker}")
        test_settings["NAME"] = str(name)
        if template.exists():
            shutil.copy(template, name)
            keepdb = True
    else:
        test_settings["NAME"] = f"test_portal_{worker}"
    with django_db_blocker.unblock():
        config = setup_databases(
            verbosity=0,
            interactive=False,
            keepdb=keepdb,
            aliases=["default"],
        )
        if settings.IS_SQLITE and not template.exists():
            _save_template(template)
    yield
    with django_db_blocker.unblock():
        if not settings.IS_SQLITE:
            _end_other_connections()
        teardown_databases(config, verbosity=0)


def _end_other_connections() -> None:
    """Threads of the live server may hold connections; PostgreSQL would not drop the database."""
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def _save_template(template: Path) -> None:
    with connections["default"].cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        draft = template.with_suffix(
            f".{hashlib.sha256(str(settings.DATA_DIR).encode()).hexdigest()[:8]}"
        )
        cursor.execute(f"VACUUM INTO '{draft}'")
    draft.replace(template)


@pytest.fixture(autouse=True)
def _clean_cache() -> Any:
    cache.clear()
    forget_stored_pages()
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def _no_leaks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Search every response of every test for words that its reader may not see."""
    original = Client.request

    def request(self: Client, **environ: Any) -> Any:
        response = original(self, **environ)
        watch_for_leaks(self, environ, response)
        return response

    monkeypatch.setattr(Client, "request", request)


@pytest.fixture
def client_for() -> Callable[[User | None], Client]:
    """Return a function that gives a client signed in as somebody (None: a visitor)."""

    def make(user: User | None) -> Client:
        client = Client()
        if user is not None:
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return make


@pytest.fixture
def instructor(db: None) -> User:
    return UserFactory(
        email="instructor@example.org", first_name="Ada", last_name="Instructor", role=Role.TEACHER
    )


@pytest.fixture
def course(instructor: User, django_capture_on_commit_callbacks: Any) -> CoursePage:
    """A live course: module "Start" (two lessons), module "End" (a lesson and a quiz)."""
    with django_capture_on_commit_callbacks(execute=True):
        return build_course("Course", instructor=instructor)


@pytest.fixture
def co_instructor(course: CoursePage) -> User:
    user = UserFactory(email="co@example.org", role=Role.TEACHER)
    add_team_member(course, user=user, team_role=CourseTeamMember.TeamRole.CO_INSTRUCTOR)
    return user


@pytest.fixture
def other_teacher(db: None) -> User:
    return UserFactory(email="other.teacher@example.org", role=Role.TEACHER)


@pytest.fixture
def learner(db: None) -> User:
    return UserFactory(email="learner@example.org", first_name="Lea", last_name="Learner")


@pytest.fixture
def outsider(db: None) -> User:
    return UserFactory(email="outsider@example.org")


@pytest.fixture
def unverified(db: None) -> User:
    return UserFactory(email="unverified@example.org", verified=False)


@pytest.fixture
def manager(db: None) -> User:
    return UserFactory(email="manager@example.org", role=Role.MANAGER)


@pytest.fixture
def admin_user(db: None) -> User:
    return UserFactory(email="admin@example.org", role=Role.ADMIN, is_staff=True, is_superuser=True)


def make_enrollment(user: User, course: CoursePage) -> Enrollment:
    return Enrollment.objects.create(
        learner=user, course=course, course_key=course.translation_key, enrolled_at=timezone.now()
    )


@pytest.fixture
def enrolled(learner: User, course: CoursePage) -> Enrollment:
    """The learner's open enrollment in the course."""
    return make_enrollment(learner, course)


@pytest.fixture
def classmate(course: CoursePage) -> User:
    user = UserFactory(email="classmate@example.org")
    make_enrollment(user, course)
    return user
