"""Time zones that a person may choose."""

from __future__ import annotations

from functools import cache
from zoneinfo import available_timezones


@cache
def timezone_choices() -> list[tuple[str, str]]:
    """Return the names of the IANA database that stand for places, and UTC."""
    names = sorted(
        name
        for name in available_timezones()
        if "/" in name and not name.startswith(("Etc/", "posix/"))
    )
    return [("UTC", "UTC"), *((name, name.replace("_", " ")) for name in names)]
