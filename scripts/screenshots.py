"""Take the pictures of the README from a running portal with the demo content.

    .venv/bin/python scripts/screenshots.py http://127.0.0.1:8000

The pictures land in docs/images. The quiz that is opened for its picture is left as it is: it
stays in progress.
"""

from __future__ import annotations

import io
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "images"
SIZE = {"width": 1280, "height": 800}
LIMIT = 120 * 1024
LOGIN = ("student@example.org", "learning-is-fun")
COURSE = "/courses/statistics-for-everyday-decisions/"
LESSON = COURSE + "chance-counted/rare-things-many-chances/"
QUIZ = COURSE + "one-number-for-a-crowd/check-one-number/"


def main() -> None:
    """Walk through the portal, once as a visitor and once as the student."""
    address = (sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000").rstrip("/")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with browser_page(address) as page:
        take(page, "home", "/")
        take(page, "catalog", "/courses/")
        take(page, "course", COURSE)
        log_in(page)
        take(page, "dashboard", "/dashboard/")
        take(page, "player", LESSON)
        open_certificate(page)
        take(page, "certificate")
        open_attempt(page)
        take(page, "quiz")


@contextmanager
def browser_page(address: str) -> Iterator[Page]:
    """Open Debian's Chromium, the one of CHROMIUM, or Playwright's own."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        context = browser.new_context(
            base_url=address, viewport=SIZE, color_scheme="light", reduced_motion="reduce"
        )
        yield context.new_page()
        browser.close()


def log_in(page: Page) -> None:
    """Log in by the form, as people do."""
    email, password = LOGIN
    page.goto("/auth/login/")
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(password)
    page.locator("form:has(input[name=login]) button[type=submit]").first.click()
    page.wait_for_url(lambda url: "/auth/login/" not in url)


def open_certificate(page: Page) -> None:
    """Go to the student's certificate from the dashboard."""
    page.goto("/dashboard/")
    page.locator("a[href*='/certificates/']:has-text('Certificate')").first.click()
    page.wait_for_url("**/certificates/*/")


def open_attempt(page: Page) -> None:
    """Start the quiz, or go on with it, and answer what can be chosen first."""
    page.goto(QUIZ)
    page.locator(".quiz-start :is(button, a.button)").first.click()
    page.wait_for_url("**/learn/attempts/**")
    page.wait_for_load_state("networkidle")
    choices = page.locator(".question:has([type=radio])")
    for index in range(min(2, choices.count())):
        choices.nth(index).locator("[type=radio]").nth(1).check()
    page.evaluate("scrollTo(0, 0)")


def take(page: Page, name: str, path: str = "") -> None:
    """Write one picture, as good as the limit of its size allows."""
    if path:
        page.goto(path)
    page.wait_for_load_state("load")
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(800)
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    for quality in (88, 80, 70, 60, 50):
        buffer = io.BytesIO()
        picture.save(buffer, "WEBP", quality=quality, method=6)
        if buffer.tell() < LIMIT:
            break
    target = FOLDER / f"{name}.webp"
    target.write_bytes(buffer.getvalue())
    sys.stdout.write(f"{target.name}: {buffer.tell() / 1024:.0f} KB\n")


if __name__ == "__main__":
    main()
