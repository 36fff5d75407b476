"""A small load generator: a few connections that are kept, every answer checked."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

TIMEOUT = 30


@dataclass(frozen=True)
class Request:
    """One request; `{n}` in path and body becomes a number that grows."""

    path: str
    method: str = "GET"
    session: str = ""
    body: str = ""


@dataclass
class Slot:
    """What one stretch of load has given."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.latencies)


class Client:
    """Sends requests to one portal as one or several browsers would."""

    def __init__(self, port: int, *, session_cookie: str, csrf_cookie: str) -> None:
        self.port = port
        self.session_cookie, self.csrf_cookie = session_cookie, csrf_cookie
        self.token = "b" * 32
        self.lock = threading.Lock()
        self.sent = 0

    def run(self, requests: Iterator[Request], *, seconds: float, connections: int) -> Slot:
        """Send requests for some seconds, or until there are no more."""
        slot = Slot()
        start = time.monotonic()
        threads = [
            threading.Thread(target=self._send_all, args=(requests, slot, start + seconds))
            for _ in range(connections)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        slot.seconds = time.monotonic() - start
        return slot

    def send(self, request: Request) -> tuple[int, bytes]:
        """Send one request on a connection of its own."""
        connection = self._connect()
        try:
            return self._exchange(connection, request)
        finally:
            connection.close()

    def _connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT)

    def _send_all(self, requests: Iterator[Request], slot: Slot, end: float) -> None:
        connection = self._connect()
        while time.monotonic() < end:
            with self.lock:
                request = next(requests, None)
            if request is None:
                break
            before = time.perf_counter()
            try:
                status, body = self._exchange(connection, request)
            except (OSError, http.client.HTTPException) as error:
                slot.failures.append(f"{request.method} {request.path}: {error!r}")
                connection.close()
                connection = self._connect()
                continue
            slot.latencies.append(time.perf_counter() - before)
            if status != 200:
                slot.failures.append(f"{request.method} {request.path}: {status} {body[:300]!r}")
        connection.close()

    def _exchange(
        self, connection: http.client.HTTPConnection, request: Request
    ) -> tuple[int, bytes]:
        with self.lock:
            self.sent += 1
            number = str(self.sent)
        headers = {"Host": f"127.0.0.1:{self.port}", "Accept-Encoding": "identity"}
        if request.session:
            headers["Cookie"] = f"{self.session_cookie}={request.session}"
        if request.method != "GET":
            headers["Cookie"] += f"; {self.csrf_cookie}={self.token}"
            headers |= {"X-CSRFToken": self.token, "Content-Type": "application/json"}
        connection.request(
            request.method,
            request.path.replace("{n}", number),
            body=request.body.replace("{n}", number) or None,
            headers=headers,
        )
        response = connection.getresponse()
        return response.status, response.read()
