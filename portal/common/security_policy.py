"""What a page of the portal may load, and from where (Content-Security-Policy)."""

from __future__ import annotations

from typing import Any

from csp.constants import NONE, SELF, UNSAFE_INLINE

from portal.common.theme_script import theme_script_hash

# Click-to-load players; a lesson names the host before anything is fetched from it.
PLAYERS = ["https://www.youtube-nocookie.com", "https://player.vimeo.com"]

# Wagtail's admin starts its choosers by inline scripts; pages of the portal never do.
ADMIN_DIRECTIVES = {"script-src": [SELF, UNSAFE_INLINE], "style-src": [SELF, UNSAFE_INLINE]}


def portal_policy(socket_origin: str) -> dict[str, Any]:
    """Return the directives of every page outside the admins.

    `socket_origin` is where WebSockets are reached, for browsers that do not count them to 'self'.
    """
    return {
        "default-src": [SELF],
        "script-src": [SELF, theme_script_hash()],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "media-src": [SELF, "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF, socket_origin],
        "object-src": [SELF],
        "frame-src": [SELF, *PLAYERS],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    }
