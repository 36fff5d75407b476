"""Components, the style guide and what the browser downloads."""

from __future__ import annotations

import re
from pathlib import Path

import brotli
import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.safestring import mark_safe

from portal.common.covers import cover_svg
from portal.common.styleguide import sample_context
from portal.common.templatetags.ui import icon, initials, percent, stars
from portal.common.theme_script import THEME_SCRIPT, theme_script_hash

STATIC = Path(settings.BASE_DIR) / "static"
TEMPLATES = Path(settings.BASE_DIR) / "templates"
FIRST_SCRIPTS = ("main", "shortcuts", "dialog", "theme", "menu", "toast", "suggest")


def compressed(path: Path) -> int:
    return len(brotli.compress(path.read_bytes()))


def base_stylesheets() -> list[Path]:
    markup = (TEMPLATES / "components/stylesheets.html").read_text()
    return [STATIC / name for name in re.findall(r'static "(css/[^"]+)"', markup)]


class TestTags:
    def test_an_icon_without_a_label_is_decorative(self) -> None:
        assert 'aria-hidden="true"' in icon("check")

    def test_an_icon_with_a_label_is_an_image_with_that_name(self) -> None:
        assert 'role="img" aria-label="Done &amp; kept"' in icon("check", label="Done & kept")

    def test_an_icon_keeps_safe_and_unsafe_labels_apart(self) -> None:
        assert 'aria-label="<b>"' in icon("check", label=mark_safe("<b>"))
        assert 'aria-label="&lt;b&gt;"' in icon("check", label="<b>")
        assert 'class="icon big"' in icon("check", classname="big")

    @pytest.mark.parametrize(
        ("name", "expected"),
        [("Ada Okafor", "AO"), ("ada maria okafor", "AO"), ("Q", "Q"), ("", "?")],
    )
    def test_initials(self, name: str, expected: str) -> None:
        assert initials(name) == expected

    @pytest.mark.parametrize(("share", "expected"), [(99.9, 99), (100, 100), (-3, 0), (None, 0)])
    def test_percent_says_hundred_only_when_complete(
        self, share: float | None, expected: int
    ) -> None:
        assert percent(share) == expected

    @pytest.mark.parametrize(("rating", "full", "half"), [(0, 0, 0), (3.6, 3, 1), (4.9, 5, 0)])
    def test_stars_round_to_halves(self, rating: float, full: int, half: int) -> None:
        words = stars(rating)

        assert (words.count("full"), words.count("half"), len(words)) == (full, half, 5)

    def test_equal_seeds_give_equal_covers(self) -> None:
        assert cover_svg("maps") == cover_svg("maps")
        assert cover_svg("maps") != cover_svg("proofs")


class TestStrictPolicy:
    def test_the_theme_script_is_rendered_in_the_hashed_text(self) -> None:
        assert theme_script_hash().startswith("'sha256-")
        assert "{{" not in THEME_SCRIPT

    def test_no_template_has_inline_styles_or_handlers(self) -> None:
        pages = [
            path for path in TEMPLATES.rglob("*.html") if path.parts[-2] not in {"emails", "pdf"}
        ]
        offenders = [
            path.name
            for path in pages
            if re.search(r"\s(style|on[a-z]+)=\"|<style", path.read_text())
        ]

        assert offenders == []


class TestDownloads:
    def test_the_base_stylesheets_fit_their_budget(self) -> None:
        assert sum(compressed(path) for path in base_stylesheets()) <= 25 * 1024

    def test_the_first_scripts_fit_their_budget(self) -> None:
        scripts = [STATIC / f"js/{name}.js" for name in FIRST_SCRIPTS]
        htmx = next(STATIC.glob("vendor/htmx-*/htmx.min.js"))

        assert sum(compressed(path) for path in [htmx, *scripts]) <= 35 * 1024

    def test_every_registered_controller_exists(self) -> None:
        names = re.findall(r'import\("\./([^"]+)"\)', (STATIC / "js/main.js").read_text())

        assert [name for name in names if not (STATIC / "js" / name).exists()] == []

    def test_every_icon_used_is_in_the_sprite(self) -> None:
        sprite = (STATIC / "icons/sprite.svg").read_text()
        known = set(re.findall(r'<symbol id="([^"]+)"', sprite))
        used = {
            name
            for path in TEMPLATES.rglob("*.html")
            for name in re.findall(r'{% icon "([^"]+)"', path.read_text())
        }

        assert used - known == set()


@pytest.mark.parametrize("code", [400, 403, 404, 500])
def test_error_pages_need_no_context(code: int) -> None:
    assert "<h1>" in render_to_string(f"{code}.html")


@pytest.mark.django_db
def test_the_style_guide_renders(rf: RequestFactory) -> None:
    request = rf.get("/styleguide/")

    body = render_to_string("styleguide.html", sample_context(), request=request)

    assert "Course cards" in body
