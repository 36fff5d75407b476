from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.models import GroupCollectionPermission, GroupPagePermission, ModelLogEntry, Site

from accounts import services
from accounts.errors import LastAdministrator, RoleChangeDenied
from accounts.groups import EDITORS, GRANTS, MANAGERS, MODERATORS, SUPPORT, TEACHERS, ensure_groups
from accounts.models import Role, User
from accounts.permissions import user_may_set_role
from accounts.signals import role_changed
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

ROLES = [Role.STUDENT, Role.TEACHER, Role.MANAGER, Role.ADMIN]


def group_names(user: User) -> set[str]:
    return set(user.groups.values_list("name", flat=True))


class TestEnsureGroups:
    def test_it_makes_all_groups_and_changes_nothing_the_second_time(self) -> None:
        def state() -> list[Any]:
            return [
                list(
                    Group.objects.filter(name__in=GRANTS)
                    .order_by("name")
                    .values_list("name", "permissions")
                    .order_by("name", "permissions")
                ),
                list(
                    GroupPagePermission.objects.order_by("pk").values_list(
                        "group", "page", "permission"
                    )
                ),
                list(
                    GroupCollectionPermission.objects.order_by("pk").values_list(
                        "group", "collection", "permission"
                    )
                ),
            ]

        ensure_groups()
        first = state()
        ensure_groups()

        assert state() == first
        assert (
            Group.objects.filter(
                name__in=[TEACHERS, MANAGERS, EDITORS, MODERATORS, SUPPORT]
            ).count()
            == 5
        )

    @pytest.mark.parametrize("name", GRANTS)
    def test_no_group_may_touch_people_groups_sites_or_settings(self, name: str) -> None:
        ensure_groups()
        labels = set(
            Group.objects.get(name=name).permissions.values_list(
                "content_type__app_label", flat=True
            )
        )

        assert not labels & {
            "accounts",
            "auth",
            "wagtailusers",
            "sessions",
            "account",
            "mfa",
            "usersessions",
            "home",
        }

    def test_managers_and_editors_work_below_the_home_page(self) -> None:
        ensure_groups()
        granted = {
            name: set(
                GroupPagePermission.objects.filter(group__name=name).values_list(
                    "permission__codename", flat=True
                )
            )
            for name in GRANTS
        }

        assert granted[MANAGERS] == {
            "add_page",
            "change_page",
            "publish_page",
            "lock_page",
            "unlock_page",
        }
        assert granted[EDITORS] == {"add_page", "change_page", "publish_page"}
        assert not granted[TEACHERS] | granted[MODERATORS] | granted[SUPPORT]
        assert not GroupCollectionPermission.objects.filter(group__name=MODERATORS).exists()

    def test_what_an_administrator_added_stays(self) -> None:
        moderators, home = Group.objects.get(name=MODERATORS), Site.objects.get().root_page
        GroupPagePermission.objects.create(group=moderators, page=home, permission_type="change")
        ensure_groups()

        assert GroupPagePermission.objects.filter(group=moderators, page=home).exists()

    def test_managers_only_view_records(self) -> None:
        ensure_groups()
        codenames = (
            Group.objects.get(name=MANAGERS)
            .permissions.filter(content_type__app_label="learning")
            .values_list("codename", flat=True)
        )

        assert codenames
        assert all(codename.startswith("view_") for codename in codenames)


class TestRolesAndGroups:
    @pytest.mark.parametrize("new", ROLES)
    @pytest.mark.parametrize("old", ROLES)
    def test_every_change_leaves_exactly_what_the_role_gives(
        self, old: str, new: str, admin_user: User
    ) -> None:
        user = UserFactory(role=old)
        services.set_role(user, new, actor=admin_user)

        assert group_names(user) == {Role.TEACHER: {TEACHERS}, Role.MANAGER: {MANAGERS}}.get(
            new, set()
        )
        assert (user.is_superuser, user.is_staff) == (new == Role.ADMIN, new == Role.ADMIN)
        assert user.role == new

    def test_saving_a_person_with_another_role_is_enough(self) -> None:
        user = UserFactory(role=Role.TEACHER)
        user.role = Role.MANAGER
        user.save()

        assert group_names(user) == {MANAGERS}

    def test_duties_survive_a_change_of_role(self, admin_user: User) -> None:
        user = UserFactory(role=Role.TEACHER)
        services.set_duties(user, [Group.objects.get(name=SUPPORT)], actor=admin_user)
        services.set_role(user, Role.STUDENT, actor=admin_user)

        assert group_names(user) == {SUPPORT}

    def test_a_student_keeps_no_group_of_a_course(self, admin_user: User) -> None:
        user = UserFactory(role=Role.TEACHER)
        user.groups.add(Group.objects.create(name="Course: Bread"))
        services.set_role(user, Role.STUDENT, actor=admin_user)

        assert group_names(user) == set()

    def test_role_groups_are_no_duties(self, admin_user: User) -> None:
        user = UserFactory()
        services.set_duties(
            user, list(Group.objects.filter(name__in=[MANAGERS, EDITORS])), actor=admin_user
        )

        assert group_names(user) == {EDITORS}

    @pytest.mark.parametrize("role", [Role.STUDENT, Role.TEACHER, Role.MANAGER])
    def test_nobody_but_an_administrator_becomes_superuser(self, role: str) -> None:
        user = UserFactory(role=role)
        user.is_superuser = user.is_staff = True
        user.save()

        user.refresh_from_db()
        assert not user.is_superuser
        assert not user.is_staff
        assert not user.has_perm("accounts.change_user")

    def test_createsuperuser_makes_an_administrator(self) -> None:
        user = User.objects.create_superuser("root@example.org", "long-enough-password")

        assert (user.role, user.is_superuser, user.is_staff) == (Role.ADMIN, True, True)


class TestSetRole:
    @pytest.mark.parametrize(
        ("actor", "old", "new", "allowed"),
        [
            *(("admin", old, new, True) for old in ROLES for new in ROLES),
            *(
                ("manager", old, new, {old, new} <= {Role.STUDENT, Role.TEACHER})
                for old in ROLES
                for new in ROLES
            ),
            *(("teacher", old, new, False) for old in ROLES for new in ROLES),
            *(("student", old, new, False) for old in ROLES for new in ROLES),
        ],
    )
    def test_matrix(self, actor: str, old: str, new: str, allowed: bool) -> None:
        UserFactory(role=Role.ADMIN)
        by, user = UserFactory(role=actor), UserFactory(role=old)

        assert user_may_set_role(by, user, new) is allowed
        if allowed:
            assert services.set_role(user, new, actor=by).role == new
        else:
            with pytest.raises(RoleChangeDenied):
                services.set_role(user, new, actor=by)
            user.refresh_from_db()
            assert user.role == old

    @pytest.mark.parametrize("role", ROLES)
    def test_nobody_changes_his_own_role(self, role: str) -> None:
        user = UserFactory(role=role)
        for new in ROLES:
            with pytest.raises(RoleChangeDenied):
                services.set_role(user, new, actor=user)

    def test_a_role_that_does_not_exist_is_refused(self, admin_user: User) -> None:
        with pytest.raises(RoleChangeDenied):
            services.set_role(UserFactory(), "root", actor=admin_user)

    def test_an_inactive_actor_may_nothing(self) -> None:
        actor = UserFactory(role=Role.ADMIN, is_active=False)
        assert not user_may_set_role(actor, UserFactory(), Role.TEACHER)

    def test_it_trusts_the_database_and_not_the_object(self, manager: User) -> None:
        """A stale object that still says "student" must not let a manager reach an administrator."""
        user = UserFactory(role=Role.ADMIN)
        user.role = Role.STUDENT
        with pytest.raises(RoleChangeDenied):
            services.set_role(user, Role.TEACHER, actor=manager)

    def test_the_last_administrator_stays(self, admin_user: User) -> None:
        with pytest.raises(LastAdministrator):
            services.set_role(admin_user, Role.STUDENT, actor=None)

    def test_it_is_logged_and_told_once(
        self, manager: User, django_capture_on_commit_callbacks: Callable
    ) -> None:
        heard = []
        role_changed.connect(
            lambda **event: heard.append((event["old_role"], event["new_role"])),
            weak=False,
            dispatch_uid="t",
        )
        user = UserFactory()
        try:
            with django_capture_on_commit_callbacks(execute=True):
                services.set_role(user, Role.TEACHER, actor=manager)
                services.set_role(user, Role.TEACHER, actor=manager)
        finally:
            role_changed.disconnect(dispatch_uid="t")

        entry = ModelLogEntry.objects.get(action="accounts.set_role")
        assert (entry.user, entry.object_id) == (manager, str(user.pk))
        assert entry.data == {"old": "student", "new": "teacher"}
        assert entry.message == "Role changed from Student to Teacher"
        assert heard == [("student", "teacher")]


class TestPeopleInTheAdmin:
    def fields(self, user: User, **changes: Any) -> dict[str, Any]:
        return {
            "email": user.email,
            "first_name": user.first_name,
            "last_name": user.last_name,
            "is_active": "on",
            "role": user.role,
            "password1": "",
            "password2": "",
        } | changes

    def url(self, user: User) -> str:
        return f"/admin/users/edit/{user.pk}/"

    def test_an_administrator_changes_roles_and_duties(
        self, admin_user: User, client_for: Callable
    ) -> None:
        user, client = UserFactory(), client_for(admin_user)
        support = Group.objects.get(name=SUPPORT)
        page = client.get(self.url(user)).content.decode()
        assert 'name="role"' in page
        assert 'name="is_superuser"' not in page

        response = client.post(
            self.url(user), self.fields(user, role="teacher", duties=[support.pk])
        )

        assert response.status_code == 302
        user.refresh_from_db()
        assert user.role == Role.TEACHER
        assert group_names(user) == {TEACHERS, SUPPORT}
        assert ModelLogEntry.objects.get(action="accounts.set_role").user == admin_user

    def test_nobody_changes_his_own_role_there(
        self, admin_user: User, client_for: Callable
    ) -> None:
        UserFactory(role=Role.ADMIN)
        client_for(admin_user).post(self.url(admin_user), self.fields(admin_user, role="student"))

        admin_user.refresh_from_db()
        assert (admin_user.role, admin_user.is_superuser) == (Role.ADMIN, True)

    def test_a_new_person_can_log_in_at_once(self, admin_user: User, client_for: Callable) -> None:
        client_for(admin_user).post(
            "/admin/users/new/",
            {
                "email": "New@Example.org",
                "first_name": "New",
                "last_name": "Teacher",
                "role": "teacher",
                "password1": "a-long-password-here",
                "password2": "a-long-password-here",
            },
        )

        user = User.objects.get(email="new@example.org")
        assert user.role == Role.TEACHER
        assert EmailAddress.objects.get(user=user).verified
        client = Client()
        client.post("/auth/login/", {"login": user.email, "password": "a-long-password-here"})
        assert client.get("/profile/").status_code == 200

    def test_people_are_not_deleted(self, admin_user: User, client_for: Callable) -> None:
        user, client = UserFactory(), client_for(admin_user)
        client.post(f"/admin/users/delete/{user.pk}/")
        client.post(f"/admin/bulk/accounts/user/delete/?id={user.pk}")

        assert User.objects.filter(pk=user.pk).exists()

    @pytest.mark.parametrize("persona", ["manager", "instructor", "learner"])
    @pytest.mark.parametrize("path", ["", "new/", "edit/{pk}/", "delete/{pk}/", "history/{pk}/"])
    def test_only_administrators_see_people(
        self, request: pytest.FixtureRequest, client_for: Callable, persona: str, path: str
    ) -> None:
        client, target = client_for(request.getfixturevalue(persona)), UserFactory()
        url = f"/admin/users/{path.format(pk=target.pk)}"

        assert client.get(url).status_code == 302
        client.post(url, self.fields(target, role="admin", is_superuser="on"))
        target.refresh_from_db()
        assert target.role == Role.STUDENT
        assert not target.is_superuser

    @pytest.mark.parametrize("action", ["assign_role", "set_active_state", "delete"])
    def test_a_manager_has_no_bulk_action_on_people(
        self, manager: User, client_for: Callable, action: str
    ) -> None:
        target = UserFactory()
        client_for(manager).post(
            f"/admin/bulk/accounts/user/{action}/?id={target.pk}",
            {"role": Group.objects.get(name=MANAGERS).pk, "mark_as_active": "False"},
        )

        target.refresh_from_db()
        assert target.is_active
        assert group_names(target) == set()

    @pytest.mark.parametrize("path", ["/admin/groups/", "/admin/groups/new/", "/admin/sites/"])
    def test_a_manager_reaches_no_groups_or_sites(
        self, manager: User, client_for: Callable, path: str
    ) -> None:
        assert client_for(manager).get(path).status_code == 302

    @pytest.mark.parametrize("persona", ["manager", "instructor", "learner"])
    def test_the_django_admin_is_for_administrators(
        self, request: pytest.FixtureRequest, client_for: Callable, persona: str
    ) -> None:
        response = client_for(request.getfixturevalue(persona)).get("/django-admin/accounts/user/")
        assert response.status_code in {302, 403}

    def test_the_django_admin_only_shows_people(
        self, admin_user: User, client_for: Callable
    ) -> None:
        client = client_for(admin_user)
        assert client.get("/django-admin/accounts/user/").status_code == 200
        assert client.get(f"/django-admin/accounts/user/{admin_user.pk}/change/").status_code == 200
        assert (
            client.post(
                f"/django-admin/accounts/user/{admin_user.pk}/change/", {"role": "student"}
            ).status_code
            == 403
        )
