"""Writing the version ledger.

Every publishing of a unit leaves an immutable copy of what learners see. Equal content leaves no
new row.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction
from wagtail.fields import StreamField
from wagtail.models import Revision

from courses.models import UnitPage, UnitVersion

if TYPE_CHECKING:
    from accounts.models import User

MAX_TRIES = 5
# What belongs to the place in the tree and to the workflow, not to what a learner sees.
NOT_CONTENT = {
    *(
        "pk",
        "path",
        "depth",
        "numchild",
        "url_path",
        "translation_key",
        "locale",
        "live",
        "has_unpublished_changes",
    ),
    *(
        "content_type",
        "owner",
        "live_revision",
        "latest_revision",
        "first_published_at",
        "last_published_at",
    ),
    *(
        "latest_revision_created_at",
        "draft_title",
        "locked",
        "locked_at",
        "locked_by",
        "expired",
        "expire_at",
    ),
    *(
        "go_live_at",
        "alias_of",
        "wagtail_admin_comments",
        "slug",
        "show_in_menus",
        "search_description",
        "seo_title",
    ),
    *("social_image", "page_ptr"),
}


def content_of(unit: UnitPage) -> dict[str, Any]:
    """Return the unit's content as plain JSON data, in a form that hashes the same for the same
    content.
    """
    data = {
        name: value for name, value in unit.serializable_data().items() if name not in NOT_CONTENT
    }
    for field in unit._meta.get_fields():
        # A stream is serialized as text, whose order of keys is the database's and not the
        # content's.
        if isinstance(field, StreamField) and isinstance(data.get(field.name), str):
            data[field.name] = json.loads(data[field.name])
    return json.loads(json.dumps(data, cls=DjangoJSONEncoder, sort_keys=True))


def content_hash(content: dict[str, Any]) -> str:
    """Return the SHA-256 of content as `content_of` gives it, in hexadecimal."""
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def record_version(
    unit: UnitPage, *, revision: Revision | None = None, author: User | None = None, note: str = ""
) -> UnitVersion:
    """Write a row for the unit's present content, or return the newest row if it holds the same."""
    content = content_of(unit)
    sha256 = content_hash(content)
    for attempt in range(MAX_TRIES):
        newest = newest_version(unit)
        if newest is not None and newest.sha256 == sha256:
            return newest
        try:
            with transaction.atomic():
                return UnitVersion.objects.create(
                    page_id=unit.pk,
                    unit_key=unit.translation_key,
                    locale_id=unit.locale_id,
                    number=newest.number + 1 if newest else 1,
                    title=unit.title,
                    content=content,
                    sha256=sha256,
                    revision=revision,
                    change_class=classify_change(newest.content if newest else None, content),
                    author=author,
                    note=note,
                )
        except IntegrityError:
            # Somebody else has just published the same number; look again.
            if attempt == MAX_TRIES - 1:
                raise
    raise AssertionError("unreachable")


def newest_version(unit: UnitPage) -> UnitVersion | None:
    """Return the latest row of the unit in its language."""
    return (
        UnitVersion.objects.filter(unit_key=unit.translation_key, locale_id=unit.locale_id)
        .order_by("-number")
        .first()
    )


def current_version(unit: UnitPage) -> UnitVersion:
    """Return the version that learners see now; a unit that went live around the signals gets its
    row here.
    """
    return newest_version(unit) or record_version(unit.specific)


def classify_change(old: dict[str, Any] | None, new: dict[str, Any]) -> str:
    """Say how much a change matters, by its blocks.

    Breaking: a block was removed or a question's key was changed. Additive: blocks were added.
    Editorial: the rest.
    """
    if old is None:
        return UnitVersion.ChangeClass.ADDITIVE
    old_blocks, new_blocks = _blocks(old), _blocks(new)
    if old_blocks.keys() - new_blocks.keys() or _changed_questions(old_blocks, new_blocks):
        return UnitVersion.ChangeClass.BREAKING
    if new_blocks.keys() - old_blocks.keys():
        return UnitVersion.ChangeClass.ADDITIVE
    return UnitVersion.ChangeClass.EDITORIAL


def _blocks(content: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for value in content.values():
        if isinstance(value, list):
            found |= {
                block["id"]: block for block in value if isinstance(block, dict) and "id" in block
            }
    return found


def _changed_questions(old: dict[str, Any], new: dict[str, Any]) -> bool:
    """Whether the right answer of a question that both versions have was changed."""
    return any(_answer_key(old[key]) != _answer_key(new[key]) for key in old.keys() & new.keys())


def _answer_key(block: dict[str, Any]) -> Any:
    value = block.get("value")
    if not isinstance(value, dict):
        return None
    choices = [
        (item["value"].get("text"), item["value"].get("is_correct"))
        for item in value.get("choices", [])
        if isinstance(item, dict) and isinstance(item.get("value"), dict)
    ]
    return (choices, value.get("answer"), value.get("tolerance"), value.get("accepted"))
