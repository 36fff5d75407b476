"""A socket for tests. Channels' own communicator cannot be imported without the server Daphne."""

from __future__ import annotations

import json
from typing import Any

from asgiref.testing import ApplicationCommunicator


class SocketClient(ApplicationCommunicator):
    """One browser at the other end of a socket of the whole ASGI application."""

    def __init__(
        self,
        application: Any,
        path: str,
        *,
        cookie: bytes = b"",
        origin: bytes = b"http://testserver",
    ) -> None:
        scope = {
            "type": "websocket",
            "path": path,
            "query_string": b"",
            "headers": [(b"host", b"testserver"), (b"origin", origin), (b"cookie", cookie)],
            "subprotocols": [],
        }
        super().__init__(application, scope)

    async def connect(self) -> bool:
        """Ask to be let in; whether the server has accepted."""
        await self.send_input({"type": "websocket.connect"})
        answer = await self.receive_output(timeout=5)
        return answer["type"] == "websocket.accept"

    async def send_text(self, text: str) -> None:
        await self.send_input({"type": "websocket.receive", "text": text})

    async def send_bytes(self, content: bytes) -> None:
        await self.send_input({"type": "websocket.receive", "bytes": content})

    async def send_json(self, message: Any) -> None:
        await self.send_text(json.dumps(message))

    async def receive_json(self) -> Any:
        output = await self.receive_output(timeout=5)
        assert output["type"] == "websocket.send", output
        return json.loads(output["text"])

    async def close_code(self) -> int:
        """Wait until the server hangs up, and return with which code."""
        output = await self.receive_output(timeout=5)
        assert output["type"] == "websocket.close", output
        return output["code"]

    async def disconnect(self) -> None:
        if not self.future.done():
            await self.send_input({"type": "websocket.disconnect", "code": 1000})
            await self.wait(timeout=5)
