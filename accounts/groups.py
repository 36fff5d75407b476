"""The groups of the two admins: what each may do, and which of them follow from a person's role.

`Teachers` and `Managers` follow from the role and are never given by hand. `Editors`, `Moderators`
and `Support` are duties that an administrator gives to anybody. Administrators need no group. No
group may change people: in Wagtail's admin the permission to change a user is the permission to
make oneself a superuser.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.apps import apps

TEACHERS = "Teachers"
MANAGERS = "Managers"
EDITORS = "Editors"
MODERATORS = "Moderators"
SUPPORT = "Support"

GROUP_OF_ROLE = {"teacher": TEACHERS, "manager": MANAGERS}
ROLE_GROUPS = frozenset(GROUP_OF_ROLE.values())
DUTY_GROUPS = frozenset({EDITORS, MODERATORS, SUPPORT})

ACCESS_ADMIN = "wagtailadmin.access_admin"
_FILES = ("wagtailimages", "image"), ("wagtaildocs", "document")


@dataclass(frozen=True)
class Grants:
    """What a group may do: on models, on pages below the home page, on files of the root
    collection.
    """

    models: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    images: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    view_records: bool = field(default=False)


_WRITING = ("add", "change", "choose")
# Subjects under which content is found; whoever writes content keeps them.
_SUBJECTS = tuple(
    f"{app_label}.{action}_{model}"
    for app_label, model in (
        ("courses", "category"),
        ("blog", "blogcategory"),
        ("support", "faqtopic"),
    )
    for action in ("add", "change", "delete", "view")
)

GRANTS = {
    TEACHERS: Grants(models=(ACCESS_ADMIN,), images=("choose",)),
    MANAGERS: Grants(
        models=(ACCESS_ADMIN, *_SUBJECTS),
        pages=("add", "change", "publish", "lock", "unlock"),
        images=_WRITING,
        documents=_WRITING,
        view_records=True,
    ),
    EDITORS: Grants(
        models=(ACCESS_ADMIN, *_SUBJECTS),
        pages=("add", "change", "publish"),
        images=_WRITING,
        documents=_WRITING,
    ),
    MODERATORS: Grants(models=(ACCESS_ADMIN,)),
    SUPPORT: Grants(models=(ACCESS_ADMIN,)),
}


def ensure_groups() -> None:
    """Make the groups with their permissions. Safe to call at any time, also before there is a page
    tree.

    It only adds: what an administrator has given to a group beyond this stays. It reads models
    through the app registry, because it is called while migrations are running.
    """
    group_model = apps.get_model("auth", "Group")
    _take_back_what_wagtail_gave()
    for name, grants in GRANTS.items():
        group, _created = group_model.objects.get_or_create(name=name)
        group.permissions.add(*_model_permissions(grants))
        _grant_pages(group, grants.pages)
        for (app_label, model), actions in zip(
            _FILES, (grants.images, grants.documents), strict=True
        ):
            _grant_files(group, app_label, model, actions)


def _take_back_what_wagtail_gave() -> None:
    """Wagtail's first migration makes groups named Editors and Moderators that may edit every page.

    Its grants on the root of the tree tell that this has not been done yet.
    """
    page_grants = apps.get_model("wagtailcore", "GroupPagePermission").objects.filter(
        group__name__in=DUTY_GROUPS, page__depth=1
    )
    given = set(page_grants.values_list("group_id", flat=True))
    if given:
        page_grants.delete()
        file_grants = apps.get_model("wagtailcore", "GroupCollectionPermission").objects
        file_grants.filter(group_id__in=given, collection__depth=1).delete()


def _permissions(app_label: str, codenames: Iterable[str]) -> list:
    permission_model = apps.get_model("auth", "Permission")
    return list(
        permission_model.objects.filter(
            content_type__app_label=app_label, codename__in=list(codenames)
        )
    )


def _model_permissions(grants: Grants) -> list:
    found = []
    for dotted in grants.models:
        app_label, codename = dotted.split(".")
        found += _permissions(app_label, [codename])
    if grants.view_records:
        permission_model = apps.get_model("auth", "Permission")
        found += permission_model.objects.filter(
            content_type__app_label="learning", codename__startswith="view_"
        )
    return found


def _grant_pages(group: object, actions: Iterable[str]) -> None:
    codenames = [f"{action}_page" for action in actions]
    if not codenames:
        return
    site = apps.get_model("wagtailcore", "Site").objects.filter(is_default_site=True).first()
    if site is None:
        return
    grant_model = apps.get_model("wagtailcore", "GroupPagePermission")
    for permission in _permissions("wagtailcore", codenames):
        grant_model.objects.get_or_create(
            group=group, page_id=site.root_page_id, permission=permission
        )


def _grant_files(group: object, app_label: str, model: str, actions: Iterable[str]) -> None:
    codenames = [f"{action}_{model}" for action in actions]
    root = apps.get_model("wagtailcore", "Collection").objects.filter(depth=1).first()
    if root is None or not codenames:
        return
    grant_model = apps.get_model("wagtailcore", "GroupCollectionPermission")
    for permission in _permissions(app_label, codenames):
        grant_model.objects.get_or_create(group=group, collection=root, permission=permission)
