"""The processes and databases of a run, and what they cost."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

ROOT = Path(__file__).resolve().parent.parent
TICKS = os.sysconf("SC_CLK_TCK")
START_SECONDS = 60
# Longer than making the largest school takes on a slow machine.
MAX_SECONDS = 3600


@dataclass
class Services:
    """Where PostgreSQL and Redis answer."""

    database_url: str
    redis_url: str

    @classmethod
    def find(cls) -> Services:
        """Find them at their usual local addresses, or start them."""
        script = subprocess.run(
            [ROOT / "scripts/services.sh"], cwd=ROOT, check=True, capture_output=True, text=True
        )
        found = dict(re.findall(r"^export (\w+)='(.*)'$", script.stdout, re.MULTILINE))
        for url in found.values():
            if urlsplit(url).hostname not in {"127.0.0.1", "localhost", "::1"}:
                raise SystemExit("Benchmarks only use servers on this machine.")
        return cls(found["DATABASE_URL"], found["REDIS_URL"])

    def database(self, name: str) -> str:
        return urlunsplit(urlsplit(self.database_url)._replace(path=f"/{name}"))

    def redis(self, number: int) -> str:
        return urlunsplit(urlsplit(self.redis_url)._replace(path=f"/{number}"))

    def execute(self, statement: str) -> None:
        with psycopg.connect(self.database_url, autocommit=True) as connection:
            connection.execute(statement)

    def has(self, name: str) -> bool:
        with psycopg.connect(self.database_url) as connection:
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            return found.fetchone() is not None

    def create(self, name: str, *, template: str = "template1") -> None:
        """Make a database anew, as a copy of another."""
        self.drop(name)
        self.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')

    def drop(self, name: str) -> None:
        self.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@dataclass
class Portal:
    """A portal on a database and a cache of its own."""

    name: str
    environment: dict[str, str]
    port: int = 0
    process: subprocess.Popen[bytes] | None = None
    log: Path | None = None
    plan: dict = field(default_factory=dict)

    def python(self, *arguments: str) -> None:
        """Run something with the portal's settings and wait for it."""
        subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=self._environment(),
            check=True,
            timeout=3600,
        )

    def start(self, log: Path) -> None:
        """Serve as docs/how-to/deploy.md says."""
        self.port, self.log = _free_port(), log
        command = [
            *(str(Path(sys.executable).parent / "granian"), "--interface", "wsgi", "--no-ws"),
            *("--host", "127.0.0.1", "--port", str(self.port), "--workers", "2"),
            *("--blocking-threads", "4", "benchmarks.wsgi:application"),
        ]
        with log.open("wb") as output:
            self.process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=self._environment(),
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._wait()

    def stop(self) -> None:
        """Stop the server and everything it has started."""
        if self.process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(timeout=10)
        self.process = None

    def cpu_seconds(self) -> tuple[float, float]:
        """Return the processor time of the server's processes and of its database connections."""
        own = _group_members(self.process.pid) if self.process else []
        return _cpu(own), _cpu(_database_backends(self.environment["DATABASE_URL"]))

    def _environment(self) -> dict[str, str]:
        return os.environ | self.environment

    def _wait(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self.process is None or self.process.poll() is not None:
                break
            with suppress(OSError):
                address = f"http://127.0.0.1:{self.port}/benchmark-hello/"
                with urllib.request.urlopen(address, timeout=5) as response:
                    if response.status == 200:
                        return
            time.sleep(0.25)
        raise SystemExit(f"The portal does not answer:\n{self.log.read_text()[-3000:]}")


@contextmanager
def stopping(portals: list[Portal]):
    """Stop every portal at the end, whatever happens."""
    try:
        yield
    finally:
        for portal in portals:
            portal.stop()


def say(text: str) -> None:
    """Tell whoever waits what is being done."""
    print(f"==> {text}", file=sys.stderr, flush=True)


def _free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


def _processes() -> list[int]:
    return [int(entry) for entry in os.listdir("/proc") if entry.isdigit()]


def _stat(pid: int) -> list[str]:
    """Return the fields of /proc/<pid>/stat behind the name, which may hold anything."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _group_members(group: int) -> list[int]:
    return [pid for pid in _processes() if (stat := _stat(pid)) and int(stat[2]) == group]


def _database_backends(url: str) -> list[int]:
    """Return PostgreSQL's processes that serve connections to this database."""
    name = urlsplit(url).path.lstrip("/")
    found = []
    for pid in _processes():
        with suppress(OSError):
            words = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").split()
            if words[:1] == [b"postgres:"] and name.encode() in words:
                found.append(pid)
    return found


def _cpu(pids: list[int]) -> float:
    stats = [stat for pid in pids if (stat := _stat(pid))]
    return sum(int(stat[11]) + int(stat[12]) for stat in stats) / TICKS
