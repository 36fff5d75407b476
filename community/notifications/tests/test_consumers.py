from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import uuid4

import pytest
from channels.db import database_sync_to_async
from django.test import Client

from community.notifications import services as notifications
from community.notifications.models import Notification
from community.tests.sockets import SocketClient
from portal.asgi import application
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)

PATH = "/ws/notifications/"


def session_of(user: Any) -> tuple[Client, bytes]:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client, f"sessionid={client.cookies['sessionid'].value}".encode()


@pytest.fixture
async def open_socket() -> Any:
    """Return a function that calls the server with a cookie; all calls are ended at the end."""
    opened: list[SocketClient] = []

    async def make(cookie: bytes = b"", origin: bytes = b"http://testserver") -> SocketClient:
        opened.append(SocketClient(application, PATH, cookie=cookie, origin=origin))
        return opened[-1]

    yield make
    for socket in opened:
        await socket.disconnect()


Open = Callable[..., Awaitable[SocketClient]]


async def signed_in(open_socket: Open, user: Any) -> SocketClient:
    _client, cookie = await database_sync_to_async(session_of)(user)
    socket = await open_socket(cookie)
    assert await socket.connect()
    return socket


@database_sync_to_async
def tell(user: Any, key: str = "a") -> Notification:
    return notifications.notify(user, kind="grade", title="Graded", url="/x/", dedupe_key=key)


@database_sync_to_async
def make_user() -> Any:
    return UserFactory()


async def test_it_tells_the_count_and_then_each_notification(open_socket: Open) -> None:
    user = await make_user()
    socket = await signed_in(open_socket, user)
    assert await socket.receive_json() == {"type": "unread", "count": 0}

    notification = await tell(user)

    message = await socket.receive_json()
    assert message == {
        "type": "notification",
        "uuid": str(notification.pk),
        "kind": "grade",
        "title": "Graded",
        "url": "/x/",
        "created_at": notification.created_at.isoformat().replace("+00:00", "Z"),
        "is_read": False,
    }
    assert await socket.receive_json() == {"type": "unread", "count": 1}


async def test_reading_on_one_page_updates_the_others(open_socket: Open) -> None:
    user = await make_user()
    notification = await tell(user)
    pages = [await signed_in(open_socket, user) for _page in range(2)]
    for page in pages:
        assert await page.receive_json() == {"type": "unread", "count": 1}

    await pages[0].send_json({"type": "read", "uuid": str(notification.pk)})

    for page in pages:
        assert await page.receive_json() == {"type": "unread", "count": 0}


async def test_nobody_else_is_told(open_socket: Open) -> None:
    socket = await signed_in(open_socket, await make_user())
    await socket.receive_json()

    await tell(await make_user())

    assert await socket.receive_nothing(timeout=0.2)


async def test_reading_other_peoples_does_nothing(open_socket: Open) -> None:
    notification = await tell(await make_user())
    socket = await signed_in(open_socket, await make_user())
    await socket.receive_json()

    for uuid in (notification.pk, uuid4()):
        await socket.send_json({"type": "read", "uuid": str(uuid)})

    assert await socket.receive_nothing(timeout=0.2)
    assert await Notification.objects.filter(read_at__isnull=True).acount() == 1


@pytest.mark.parametrize("cookie", [b"", b"sessionid=forged"])
async def test_visitors_are_refused(open_socket: Open, cookie: bytes) -> None:
    socket = await open_socket(cookie)
    await socket.connect()

    assert await socket.close_code() == 4401


async def test_foreign_origins_are_refused(open_socket: Open) -> None:
    """The validator reads the allowed hosts when it is built, and the suite allows all: it is built
    again here.
    """
    from channels.security.websocket import OriginValidator

    from portal.asgi import websockets

    _client, cookie = await database_sync_to_async(session_of)(await make_user())
    guarded = OriginValidator(websockets.application.application, ["testserver"])

    for origin, is_let_in in [
        (b"http://evil.example", False),
        (b"", False),
        (b"http://testserver", True),
    ]:
        socket = SocketClient(guarded, PATH, cookie=cookie, origin=origin)
        assert await socket.connect() is is_let_in
        await socket.disconnect()


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "{",
            "[]",
            "null",
            "7",
            '"read"',
            "NaN",
            "{}",
            '{"type": "read"}',
            '{"type": "read", "uuid": 7}',
        ),
        *(
            '{"type": "read", "uuid": "x"}',
            '{"type": "relay", "message": {}}',
            '{"type": "session.ended"}',
        ),
        *(
            "[" * 499,
            '{"type": "read", "uuid": "' + "0" * 500 + '"}',
            '{"type": ["read"], "uuid": "\\ud800"}',
        ),
    ],
)
async def test_malformed_messages_end_the_call(open_socket: Open, text: str) -> None:
    socket = await signed_in(open_socket, await make_user())
    await socket.receive_json()

    await socket.send_text(text)

    assert await socket.close_code() == 4400


async def test_binary_messages_end_the_call(open_socket: Open) -> None:
    socket = await signed_in(open_socket, await make_user())
    await socket.receive_json()

    await socket.send_bytes(json.dumps({"type": "read", "uuid": str(uuid4())}).encode())

    assert await socket.close_code() == 4400


async def test_logging_out_ends_the_call(open_socket: Open) -> None:
    user = await make_user()
    client, cookie = await database_sync_to_async(session_of)(user)
    socket = await open_socket(cookie)
    await socket.connect()
    await socket.receive_json()

    await database_sync_to_async(client.logout)()

    assert await socket.close_code() == 1012
    again = await open_socket(cookie)
    await again.connect()
    assert await again.close_code() == 4401


async def test_a_rolled_back_notification_is_never_told(open_socket: Open) -> None:
    user = await make_user()
    socket = await signed_in(open_socket, user)
    await socket.receive_json()

    @database_sync_to_async
    def roll_back() -> None:
        from django.db import transaction

        with transaction.atomic():
            notifications.notify(user, kind="grade", title="Never", url="/", dedupe_key="never")
            transaction.set_rollback(True)

    await roll_back()

    assert await socket.receive_nothing(timeout=0.2)


async def test_it_leaves_its_group(open_socket: Open) -> None:
    user = await make_user()
    socket = await signed_in(open_socket, user)
    await socket.receive_json()
    await socket.disconnect()

    await tell(user)
    await asyncio.sleep(0.05)

    from channels.layers import get_channel_layer

    assert f"notifications.{user.pk.hex}" not in get_channel_layer().groups
