"""Model fields shared by the apps."""

from __future__ import annotations

from typing import Any

from wagtail.fields import StreamField as WagtailStreamField


class StreamField(WagtailStreamField):
    """A StreamField whose block definitions stay out of migrations.

    Blocks change often and never change the database column, so spelling them out in migrations
    only makes noise. The price: a data migration sees the raw JSON instead of blocks.
    """

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        kwargs.pop("block_types", None)
        return name, path, [[]], kwargs
