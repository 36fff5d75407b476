"""HTTP and WebSockets in one process, or WebSockets alone behind a proxy.

HTTP is Django's WSGI application in a pool of threads: Django's own ASGI handler costs several
times the processor time and cannot keep database connections (docs/decisions/0010-serving.md).
"""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

wsgi_application = get_wsgi_application()

# The imports below need the app registry that the line above has filled.
from a2wsgi import WSGIMiddleware  # noqa: E402
from channels.auth import AuthMiddlewareStack  # noqa: E402
from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402
from channels.security.websocket import AllowedHostsOriginValidator  # noqa: E402

from community.routing import websocket_urlpatterns as community_urlpatterns  # noqa: E402
from learning.routing import websocket_urlpatterns as learning_urlpatterns  # noqa: E402
from portal.common.realtime import RememberLoop, refuse_unknown_path  # noqa: E402

websockets = RememberLoop(
    AllowedHostsOriginValidator(
        AuthMiddlewareStack(
            URLRouter([*learning_urlpatterns, *community_urlpatterns, refuse_unknown_path()])
        )
    )
)

http = WSGIMiddleware(wsgi_application, workers=8)  # type: ignore[arg-type]

application = ProtocolTypeRouter({"http": http, "websocket": websockets})
