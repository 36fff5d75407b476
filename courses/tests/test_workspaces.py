"""The workspace of a course: where its files lie, and who may put some there."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from wagtail.models import Collection, GroupCollectionPermission

from accounts.models import User
from courses.models import CoursePage, CourseWorkspace
from courses.services import ensure_workspace
from tests.factories import make_course

pytestmark = pytest.mark.django_db


def workspaces() -> list[Collection]:
    rows = CourseWorkspace.objects.order_by("course_id").select_related("collection")
    return [row.collection for row in rows]


class TestCollections:
    def test_they_lie_below_one_of_their_own(self, course: CoursePage) -> None:
        make_course("Another")

        parents = {collection.get_parent() for collection in workspaces()}

        assert [parent.name for parent in parents] == ["Courses"]
        assert parents.pop().get_parent() == Collection.get_first_root_node()

    def test_the_one_of_all_is_found_in_any_language(self, course: CoursePage) -> None:
        with translation.override("de"):
            make_course("Another")

        assert len({collection.get_parent() for collection in workspaces()}) == 1

    def test_a_new_one_moves_no_other(self, db: None) -> None:
        """Also where it comes first by name; the tree stays sound."""
        for title in ("Middle", "Last"):
            make_course(title)
        before = [collection.path for collection in workspaces()]

        make_course("First")

        after = [collection.path for collection in workspaces()]
        assert after[:2] == before
        assert after == sorted(after)
        assert Collection.find_problems() == ([], [], [], [], [])

    def test_it_costs_the_same_among_few_and_many(self, db: None) -> None:
        def cost(title: str) -> int:
            page = make_course(title, live=False)
            with CaptureQueriesContext(connection) as captured:
                ensure_workspace(page)
            return len(captured)

        make_course("Some")
        few = cost("Aa")
        for number in range(5):
            make_course(f"Some {number}")

        assert cost("Ab") == few

    def test_collections_of_an_editor_stay_sorted_beside_them(self, course: CoursePage) -> None:
        root = Collection.get_first_root_node()
        for name in ("Zebras", "Apples"):
            Collection.objects.get(pk=root.pk).add_child(name=name)
        make_course("Another")

        assert [child.name for child in root.get_children()] == ["Apples", "Courses", "Zebras"]
        assert Collection.find_problems() == ([], [], [], [], [])
        assert all(collection.get_parent().name == "Courses" for collection in workspaces())


class TestRights:
    def test_each_team_may_use_its_own_only(
        self, course: CoursePage, instructor: User, other_teacher: User, client_for: Any
    ) -> None:
        foreign = make_course("Foreign", instructor=other_teacher)
        of_team = GroupCollectionPermission.objects.filter(group=course.workspace.group)

        assert course.workspace.group in instructor.groups.all()
        assert {row.collection_id for row in of_team} == {course.workspace.collection_id}
        form = client_for(instructor).get(reverse("wagtaildocs:add_multiple")).content.decode()
        assert foreign.workspace.collection.name not in form

    def test_the_one_of_all_gives_no_rights(self, course: CoursePage) -> None:
        parent = course.workspace.collection.get_parent()

        assert not GroupCollectionPermission.objects.filter(collection=parent).exists()
