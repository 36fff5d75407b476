"""What happens to people: roles, photos, leaving."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from accounts import groups
from accounts.avatars import square_avatar
from accounts.errors import LastAdministrator, RoleChangeDenied
from accounts.models import Role, StudentProfile, TeacherProfile, User
from accounts.permissions import user_may_set_role
from accounts.signals import account_closed, role_changed

# Not translated: it is stored, and read by people of every language.
FORMER_MEMBER = "Former member"


@transaction.atomic
def complete_registration(user: User, *, role: str, timezone: str) -> User:
    """Give a new account its first role, only student or teacher, and its time zone."""
    if role not in {Role.STUDENT, Role.TEACHER}:
        raise RoleChangeDenied
    user.role = role
    user.timezone = timezone
    user.save(update_fields=["role", "timezone"])
    return user


@transaction.atomic
def set_role(user: User, role: str, *, actor: User | None) -> User:
    """Give a person a role, with the groups and flags that belong to it. `actor` is None for the
    system itself.
    """
    person = User.objects.select_for_update().get(pk=user.pk)
    if actor is not None and not user_may_set_role(actor, person, role):
        raise RoleChangeDenied
    old_role = person.role
    if role != old_role:
        if old_role == Role.ADMIN:
            _require_another_administrator(person)
        person.role = role
        person.save(update_fields=["role"])
        log(
            instance=person,
            action="accounts.set_role",
            user=actor,
            data={"old": old_role, "new": str(role)},
        )
        transaction.on_commit(
            lambda: role_changed.send(sender=User, user=person, old_role=old_role, new_role=role),
            robust=True,
        )
    user.refresh_from_db()
    return user


def follow_role(user: User) -> None:
    """Bring flags, groups and the teacher's page in step with the role. Called whenever a person is
    saved.

    The role decides: whatever set `is_superuser` on somebody who is no administrator is undone
    here.
    """
    is_admin = user.role == Role.ADMIN
    if user.is_superuser != is_admin or user.is_staff != is_admin:
        user.is_superuser = user.is_staff = is_admin
        User.objects.filter(pk=user.pk).update(is_superuser=is_admin, is_staff=is_admin)
    _follow_role_with_groups(user)
    if user.role == Role.TEACHER:
        TeacherProfile.objects.get_or_create(user=user)


@transaction.atomic
def set_duties(user: User, duties: list[Group], *, actor: User | None) -> User:
    """Give a person exactly these duties (Editors, Moderators, Support); other groups stay as they
    are.
    """
    wanted = {group.name for group in duties} & groups.DUTY_GROUPS
    held = set(user.groups.filter(name__in=groups.DUTY_GROUPS).values_list("name", flat=True))
    if wanted != held:
        user.groups.remove(*Group.objects.filter(name__in=held - wanted))
        user.groups.add(*Group.objects.filter(name__in=wanted - held))
        log(
            instance=user, action="accounts.set_duties", user=actor, data={"duties": sorted(wanted)}
        )
    return user


def set_avatar(user: User, upload: UploadedFile) -> User:
    """Replace a person's photo by the picture in an upload."""
    picture = square_avatar(upload)
    old_name = user.avatar.name
    user.avatar.save(str(picture.name), picture, save=False)
    user.save(update_fields=["avatar"])
    _delete_avatar_file(user, old_name)
    return user


def remove_avatar(user: User) -> User:
    """Take a person's photo away."""
    old_name = user.avatar.name
    user.avatar = ""
    user.save(update_fields=["avatar"])
    _delete_avatar_file(user, old_name)
    return user


@transaction.atomic
def close_account(user: User) -> User:
    """Make a person unknown and end every access. Learning records stay, tied to a row that names
    nobody.

    Certificates keep the name that is printed on them: they are proof that their holder has handed
    out.
    """
    person = User.objects.select_for_update().get(pk=user.pk)
    if person.role == Role.ADMIN:
        _require_another_administrator(person)
    avatar_name = person.avatar.name
    _forget_access(person)
    _forget_person(person)
    _delete_avatar_file(person, avatar_name)
    log(instance=person, action="accounts.close", user=None)
    transaction.on_commit(lambda: account_closed.send(sender=User, user=person), robust=True)
    return person


def _follow_role_with_groups(user: User) -> None:
    held = {group.name: group for group in user.groups.all()}
    own = groups.GROUP_OF_ROLE.get(user.role)
    surplus = [group for name, group in held.items() if name in groups.ROLE_GROUPS - {own}]
    if user.role == Role.STUDENT:
        # Also the groups of courses that the person taught.
        surplus = [group for name, group in held.items() if name not in groups.DUTY_GROUPS]
    if surplus:
        user.groups.remove(*surplus)
    if own and own not in held:
        user.groups.add(Group.objects.get_or_create(name=own)[0])


def _require_another_administrator(person: User) -> None:
    if not User.objects.filter(role=Role.ADMIN, is_active=True).exclude(pk=person.pk).exists():
        raise LastAdministrator


def _forget_access(person: User) -> None:
    for session in UserSession.objects.filter(user=person):
        session.end()
    EmailAddress.objects.filter(user=person).delete()
    Authenticator.objects.filter(user=person).delete()
    person.groups.clear()
    person.user_permissions.clear()
    person.set_unusable_password()
    person.is_active = False
    person.role = Role.STUDENT


def _forget_person(person: User) -> None:
    StudentProfile.objects.filter(user=person).delete()
    TeacherProfile.objects.filter(user=person).delete()
    UserProfile.objects.filter(user=person).delete()
    person.email = f"closed-{person.pk.hex}@closed.invalid"
    person.first_name = person.last_name = person.bio = person.avatar = ""
    person.display_name = FORMER_MEMBER
    person.timezone = "UTC"
    person.visibility = User.Visibility.PRIVATE
    person.last_login = None
    person.save()
    # Wagtail's log keeps the name that a person had at each entry.
    ModelLogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(User), object_id=str(person.pk)
    ).update(label=FORMER_MEMBER)


def _delete_avatar_file(user: User, name: str | None) -> None:
    if name:
        storage = User._meta.get_field("avatar").storage
        transaction.on_commit(lambda: storage.delete(name), robust=True)
