"""What differs in query counts between the two ways to run the portal."""

from __future__ import annotations

from django.conf import settings

# With Redis a session is read from the cache: exactly one query less for whoever is signed in.
SESSIONS_CACHED = int(settings.SESSION_ENGINE.endswith("cached_db"))
