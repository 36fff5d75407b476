"""A running portal and a real browser."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from accounts.models import User
from tests.factories import PASSWORD

# Playwright's loop runs in this thread; the ORM is used from plain test code beside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# A text that is fading in has too little contrast for a moment; endless animations cannot finish.
FINISH_ANIMATIONS = (
    "document.getAnimations().forEach((each) => { try { each.finish() } catch { each.cancel() } })"
)
# What browser and htmx say of their own accord: while offline, and when leaving a page cuts off a
# request.
HARMLESS = (
    "ERR_INTERNET_DISCONNECTED",
    "ERR_NETWORK_CHANGED",
    "htmx:sendAbort",
    "htmx:afterRequest",
)


def chromium_path() -> str:
    """Return the browser to use. A machine without one fails the run and says so."""
    found = os.environ.get("CHROMIUM") or next(
        filter(None, map(shutil.which, CHROMIUM_NAMES)), None
    )
    if not found:
        pytest.exit(
            "No Chromium found. Install it (Debian: apt install chromium) or set CHROMIUM.", 3
        )
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_ARGS)
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def served(django_db_setup: None, browser: Browser) -> Iterator[str]:
    """The whole portal, HTTP and WebSockets, in a thread of this process. Returns its address."""
    from portal.asgi import application

    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(application, lifespan="off", log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    deadline = time.monotonic() + 20
    while not server.started:
        if time.monotonic() > deadline:
            raise RuntimeError("the portal did not start")
        time.sleep(0.05)
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join(timeout=10)


@pytest.fixture
def live(served: str, transactional_db: None) -> Iterator[str]:
    """The portal's address, with a database that the test and the server share."""
    yield served
    connections.close_all()


@dataclass
class Visitor:
    """Somebody at a browser: a context of its own, with what went wrong in its console."""

    context: BrowserContext
    page: Page
    address: str
    problems: list[str] = field(default_factory=list)

    def goto(self, path: str, *, status: int = 200) -> Page:
        """Open an address of the portal, which must answer with `status`."""
        response = self.page.goto(self.address + path)
        assert response is not None
        assert response.status == status, f"{path}: {response.status}"
        if status >= 400:
            self.problems.clear()
        return self.page

    def log_in(self, user: User, password: str = PASSWORD) -> None:
        """Log in by the form, as people do."""
        self.goto("/auth/login/")
        self.page.locator("input[name=login]").fill(user.email)
        self.page.locator("input[name=password]").fill(password)
        self.page.locator("form:has(input[name=login]) button[type=submit]").first.click()
        self.page.wait_for_url(lambda url: "/auth/login/" not in url)

    def check_accessibility(self) -> None:
        """Nothing that axe knows of may be wrong with the present page, once it stands still."""
        self.page.evaluate(FINISH_ANIMATIONS)
        results = Axe().run(
            self.page,
            options={
                "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
            },
        )
        assert results.violations_count == 0, results.generate_report()


@pytest.fixture
def visitor(live: str, browser: Browser) -> Iterator[Callable[..., Visitor]]:
    """Return a function that opens a new browser for somebody; at the end no console may hold an
    error.
    """
    opened: list[Visitor] = []

    def make(**options: Any) -> Visitor:
        options.setdefault("viewport", {"width": 1280, "height": 900})
        options.setdefault("reduced_motion", "reduce")
        context = browser.new_context(**options)
        context.set_default_timeout(15_000)
        somebody = Visitor(context=context, page=context.new_page(), address=live)
        somebody.page.on("console", lambda message: _note(somebody, message.type, message.text))
        somebody.page.on("pageerror", lambda error: _note(somebody, "error", str(error)))
        opened.append(somebody)
        return somebody

    yield make
    problems = [problem for somebody in opened for problem in somebody.problems]
    for somebody in opened:
        somebody.context.close()
    assert not problems, problems


def _note(somebody: Visitor, kind: str, text: str) -> None:
    if kind == "error" and not any(harmless in text for harmless in HARMLESS):
        somebody.problems.append(text)
