"""The portal answers a browser."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.e2e


def test_the_home_page_has_no_barriers(visitor) -> None:
    somebody = visitor()

    page = somebody.goto("/")

    assert page.locator("h1").count() == 1
    somebody.check_accessibility()
