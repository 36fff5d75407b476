"""What the REST views of learners' things share.

Public ids in addresses, bodies that hold nothing of the server's.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.parsers import FormParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.views import APIView

from portal.common.rest.parsers import StrictJSONParser

MAX_NAMED = 20


def uuid_or_404(text: str) -> UUID:
    """Return the UUID that an address names; a malformed one answers 404 and says so."""
    if len(text) != 36:
        raise NotFound("Invalid UUID format")
    try:
        return UUID(text)
    except ValueError:
        raise NotFound("Invalid UUID format") from None


class StrictSerializer(serializers.Serializer):
    """Refuses fields that it does not know, by name: what the server owns cannot be sent."""

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        if isinstance(data, dict):
            unknown = [name for name in data if name not in self.fields]
            if unknown:
                raise serializers.ValidationError(
                    {str(name)[:100]: ["This field cannot be set."] for name in unknown[:MAX_NAMED]}
                )
        return super().to_internal_value(data)


class ActionView(APIView):
    """A view for an action without a body. Whatever media type an empty request names is fine."""

    parser_classes = [StrictJSONParser, FormParser, MultiPartParser]

    def require_empty_body(self, request: Request) -> None:
        StrictSerializer(data=request.data).is_valid(raise_exception=True)
