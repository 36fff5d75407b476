"""What the API takes and says about units and progress."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from rest_framework import serializers

from learning.progress.watch import MAX_SECONDS
from learning.rest import StrictSerializer

if TYPE_CHECKING:
    from courses.models import UnitPage
    from courses.outline import OutlineUnit
    from learning.progress.models import UnitProgress
    from learning.progress.player import Player

MAX_REPORTED_RANGES = 200


class WholeOrTenth(serializers.FloatField):
    """A number of seconds; not a boolean, not infinite."""

    def to_internal_value(self, data: Any) -> float:
        if isinstance(data, bool):
            self.fail("invalid")
        value = super().to_internal_value(data)
        if not 0 <= value <= MAX_SECONDS:
            raise serializers.ValidationError("Must be between 0 and 86400 seconds.")
        return value


class RangeField(serializers.ListField):
    """A pair `[from, to]` of seconds."""

    child = WholeOrTenth()

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_length=2, max_length=2, **kwargs)


class ActivitySerializer(StrictSerializer):
    """What a device reports about a unit that is open in it."""

    position_seconds = WholeOrTenth(required=False)
    duration_seconds = WholeOrTenth(required=False)
    watched = serializers.ListField(
        child=RangeField(), required=False, max_length=MAX_REPORTED_RANGES
    )
    active_seconds = serializers.IntegerField(required=False, min_value=0, max_value=86400)


def progress_fields(progress: UnitProgress | None, *, is_complete: bool) -> dict[str, Any]:
    """Return the merged state of a unit."""
    return {
        "position_seconds": progress.position_seconds if progress else 0,
        "duration_seconds": progress.duration_seconds if progress else 0,
        "watched": progress.watched if progress else [],
        "active_seconds": progress.active_seconds if progress else 0,
        "saved_at": progress.updated_at if progress else None,
        "is_completed": is_complete,
    }


def unit_fields(player: Player, request: HttpRequest) -> dict[str, Any]:
    """Return a unit with its content. Only for people whom the policy lets in."""
    unit = player.unit
    version = unit.unit_versions.order_by("-number").only("number", "sha256", "created_at").first()
    return {
        "uuid": str(unit.translation_key),
        "kind": unit.kind,
        "title": unit.title,
        "summary": unit.summary,
        "minutes": unit.minutes,
        "url": unit.get_full_url(request),
        "course": {"uuid": str(player.course.translation_key), "title": player.course.title},
        "is_preview": unit.is_preview,
        "is_optional": unit.is_optional,
        "body": body_blocks(unit, request),
        "version": {
            "number": version.number,
            "sha256": version.sha256,
            "published_at": version.created_at,
        }
        if version
        else None,
        "previous": neighbor_fields(player.previous),
        "next": neighbor_fields(player.next),
        "completion": {
            "rule": player.rule.name,
            "seconds": player.rule.seconds or None,
            "percent": player.rule.percent if player.rule.name == "video" else None,
            "text": player.rule.text,
            "is_completed": player.is_complete,
        },
        "progress": progress_fields(player.progress, is_complete=player.is_complete)
        if player.is_learner
        else None,
    }


def neighbor_fields(unit: OutlineUnit | None) -> dict[str, Any] | None:
    """Return what the public outline says about a unit."""
    return {"uuid": str(unit.uuid), "kind": unit.kind, "title": unit.title} if unit else None


def body_blocks(unit: UnitPage, request: HttpRequest) -> list[dict[str, Any]]:
    """Return a lesson's blocks with their rendered HTML.

    Raw values stay here: a check question's holds its answers.
    """
    if unit.kind != "lesson":
        return []
    context = {"page": unit, "request": request, "unit_uuid": unit.translation_key}
    return [
        {
            "id": block.id,
            "type": block.block_type,
            "html": str(block.render(context | {"block_id": block.id})),
        }
        for block in unit.body
    ]
