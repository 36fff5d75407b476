"""Who works on which course in the admin."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupCollectionPermission, GroupPagePermission, Page

from accounts.models import Role, User
from courses import services
from courses.models import CourseIndexPage, CoursePage, CourseTeamMember, LessonPage
from courses.permissions import user_can_edit_course
from tests.factories import UserFactory, build_course, make_course, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def foreign(course: CoursePage, other_teacher: User) -> CoursePage:
    """A course of somebody else."""
    return build_course("Foreign course", instructor=other_teacher)


@pytest.fixture
def teacher(instructor: User, course: CoursePage, client_for: Any) -> Client:
    return client_for(instructor)


def refuses(response: Any) -> bool:
    """Whether the admin has shown nothing: 403, or back to where one came from."""
    return response.status_code in {302, 403, 404}


def lesson_of(course: CoursePage) -> LessonPage:
    return LessonPage.objects.descendant_of(course).order_by("path").first()


class TestOwnCourse:
    def test_its_team_edits_it(self, course: CoursePage, co_instructor: User, client_for: Any,
                               instructor: User) -> None:  # fmt: skip
        for person in (instructor, co_instructor):
            client = client_for(person)
            for page in (course, lesson_of(course)):
                url = reverse("wagtailadmin_pages:edit", args=[page.pk])
                assert client.get(url).status_code == 200
            assert user_can_edit_course(person, course)

    def test_it_stands_in_the_explorer(
        self, teacher: Client, course: CoursePage, foreign: CoursePage
    ) -> None:
        inside = teacher.get(reverse("wagtailadmin_explore", args=[course.pk]))
        above = teacher.get(reverse("wagtailadmin_explore", args=[course.get_parent().pk]))

        assert "Start" in inside.content.decode()
        if above.status_code == 200:
            assert foreign.title not in above.content.decode()


class TestForeignCourses:
    @pytest.mark.parametrize("name", ["edit", "delete", "move", "copy", "unpublish", "history"])
    def test_they_are_closed(
        self, name: str, teacher: Client, foreign: CoursePage, course: CoursePage
    ) -> None:
        for page in (foreign, lesson_of(foreign)):
            before = Page.objects.count()
            url = reverse(f"wagtailadmin_pages:{name}", args=[page.pk])
            assert refuses(teacher.get(url)), name
            assert refuses(teacher.post(url, {"title": "Taken over"})), name
            assert Page.objects.count() == before
            assert Page.objects.get(pk=page.pk).title == page.title

    def test_nothing_is_added_or_moved_into_them(
        self, teacher: Client, foreign: CoursePage, course: CoursePage
    ) -> None:
        module = foreign.get_children().first()
        add = reverse("wagtailadmin_pages:add", args=["courses", "lessonpage", module.pk])
        move = reverse("wagtailadmin_pages:move_confirm", args=[lesson_of(course).pk, module.pk])

        assert refuses(teacher.get(add))
        assert refuses(teacher.post(move))
        assert lesson_of(course).get_parent().pk != module.pk

    def test_they_are_not_explored(
        self, teacher: Client, foreign: CoursePage, course: CoursePage
    ) -> None:
        answer = teacher.get(reverse("wagtailadmin_explore", args=[foreign.pk]), follow=True)

        assert foreign.title not in answer.content.decode()

    def test_a_chooser_does_not_offer_their_lessons(
        self, teacher: Client, foreign: CoursePage, course: CoursePage
    ) -> None:
        LessonPage.objects.filter(pk=lesson_of(foreign).pk).update(
            title="Foreign lesson", draft_title="Foreign lesson"
        )
        module = foreign.get_children().first()
        for url in (
            reverse("wagtailadmin_choose_page_child", args=[module.pk]),
            reverse("wagtailadmin_choose_page_search") + "?q=Foreign+lesson",
            reverse("wagtailadmin_choose_page") + "?page_type=courses.LessonPage",
        ):
            assert "Foreign lesson" not in teacher.get(url).content.decode(), url

    def test_a_chooser_does_not_offer_their_drafts(
        self, teacher: Client, foreign: CoursePage, course: CoursePage, other_teacher: User
    ) -> None:
        make_course("Secret plan", live=False, instructor=other_teacher)
        catalog = CourseIndexPage.objects.get()
        url = reverse("wagtailadmin_choose_page_child", args=[catalog.pk])

        page = teacher.get(url + "?page_type=courses.CoursePage").content.decode()

        assert "Secret plan" not in page
        assert "Foreign course" in page  # everybody may read it


class TestNewCourse:
    @pytest.mark.parametrize(
        ("who", "allowed"),
        [("instructor", True), ("other_teacher", True), ("manager", True), ("admin_user", True),
         ("learner", False), ("outsider", False), (None, False)],
    )  # fmt: skip
    def test_by_role(
        self, who: str | None, allowed: bool, course: CoursePage, client_for: Any, request: Any
    ) -> None:
        person = request.getfixturevalue(who) if who else None
        client = client_for(person)
        data = {"title": "Fresh course", "summary": "About it."}

        shown, made = client.get(reverse("new_course")), client.post(reverse("new_course"), data)

        found = CoursePage.objects.filter(title="Fresh course").first()
        assert (shown.status_code == 200) is allowed
        assert (found is not None) is allowed
        if found is not None:
            assert (found.live, found.instructor) == (False, person)
            assert made["Location"] == reverse("wagtailadmin_pages:edit", args=[found.pk])
            assert client.get(made["Location"]).status_code == 200

    def test_the_same_title_twice_gives_two_addresses(self, teacher: Client) -> None:
        for _ in range(2):
            teacher.post(reverse("new_course"), {"title": "Twin", "summary": "One of two."})

        slugs = set(CoursePage.objects.filter(title="Twin").values_list("slug", flat=True))
        assert slugs == {"twin", "twin-2"}

    def test_nothing_is_made_without_a_title(self, teacher: Client) -> None:
        before = CoursePage.objects.count()

        assert teacher.post(reverse("new_course"), {"title": " "}).status_code == 200
        assert CoursePage.objects.count() == before


class TestWorkspace:
    def members(self, course: CoursePage) -> set[str]:
        return set(course.workspace.group.user_set.values_list("email", flat=True))

    def test_its_group_is_the_team(
        self, course: CoursePage, instructor: User, co_instructor: User
    ) -> None:
        assert self.members(course) == {instructor.email, co_instructor.email}

    def test_who_leaves_the_team_leaves_the_group(
        self, course: CoursePage, instructor: User, co_instructor: User, client_for: Any
    ) -> None:
        CourseTeamMember.objects.get(course=course, user=co_instructor).delete()

        assert self.members(course) == {instructor.email}
        url = reverse("wagtailadmin_pages:edit", args=[course.pk])
        assert refuses(client_for(co_instructor).get(url))

    def test_a_new_instructor_takes_over(
        self, course: CoursePage, instructor: User, other_teacher: User
    ) -> None:
        course.instructor = other_teacher
        publish(course)

        assert self.members(course) == {other_teacher.email}

    def test_its_permissions_hold_for_its_pages_and_files_only(self, course: CoursePage) -> None:
        group, collection = course.workspace.group, course.workspace.collection

        pages = GroupPagePermission.objects.filter(group=group)
        files = GroupCollectionPermission.objects.filter(group=group)
        assert {row.page_id for row in pages} == {course.pk}
        assert {row.collection_id for row in files} == {collection.pk}

    def test_making_sure_twice_changes_nothing(self, course: CoursePage) -> None:
        before = services.ensure_workspace(course)

        assert services.ensure_workspace(course) == before
        rows = GroupPagePermission.objects.filter(group=before.group)
        assert rows.count() == len(services.PAGE_PERMISSIONS)


class TestSearchByTeam:
    def test_a_course_is_found_by_everybody_who_teaches_it(
        self, course: CoursePage, django_capture_on_commit_callbacks: Any
    ) -> None:
        helper = UserFactory(first_name="Perpetua", last_name="Quillfeather", role=Role.TEACHER)

        with django_capture_on_commit_callbacks(execute=True):
            member = services.add_team_member(
                course, user=helper, team_role=CourseTeamMember.TeamRole.CO_INSTRUCTOR
            )

        assert list(CoursePage.objects.live().search("Quillfeather")) == [course]
        with django_capture_on_commit_callbacks(execute=True):
            member.delete()
        assert not CoursePage.objects.live().search("Quillfeather")
