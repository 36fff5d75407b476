"""Scripts and styles: what templates name exists, and the first visit stays light."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import brotli
import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
STATIC = ROOT / "static"
KIB = 1024
REGISTRIES = ("main.js", "account.js")
FRAME_CONTROLLERS = ("shortcuts", "theme", "menu", "suggest", "notifications", "live", "toast")

CONTROLLER = re.compile(r"data-controller=\"([^\"]*)\"")
REGISTERED = re.compile(r"const controllers = \{(.*?)\};", re.DOTALL)
STATIC_TAG = re.compile(r"\{%\s*static\s+[\"']([^\"']+)[\"']")
# What the browser runs before the page can be used; other modules are loaded when they are needed.
STATIC_IMPORT = re.compile(r"^(?:import|export)\b[^;]*?from\s+[\"'](\./[^\"']+)[\"']", re.MULTILINE)


def templates() -> Iterator[tuple[str, str]]:
    """Yield name and text of every template of ours."""
    for path in sorted(ROOT.glob("templates/**/*")):
        if path.is_file():
            yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def registered() -> set[str]:
    """Return the names that a registry maps to a module."""
    names: set[str] = set()
    for registry in REGISTRIES:
        body = REGISTERED.search((STATIC / "js" / registry).read_text(encoding="utf-8"))
        assert body, registry
        names |= set(re.findall(r"(\w+):", body.group(1)))
    return names


def named_controllers() -> list[tuple[str, str]]:
    return [
        (name, word)
        for name, text in templates()
        for value in CONTROLLER.findall(text)
        for word in re.sub(r"\{[%{].*?[%}]\}", " ", value).split()
    ]


class TestControllers:
    def test_each_name_in_a_template_is_registered(self) -> None:
        used = named_controllers()

        assert used
        assert {(name, word) for name, word in used if word not in registered()} == set()

    def test_each_registered_name_is_used(self) -> None:
        used = {word for _name, word in named_controllers()}
        scripts = "".join(path.read_text(encoding="utf-8") for path in STATIC.glob("js/*.js"))
        python = "".join(
            path.read_text(encoding="utf-8")
            for path in ROOT.glob("*/**/*.py")
            if not {".venv", "tests", "data"} & set(path.parts)
        )

        unused = {
            word
            for word in registered() - used
            if f'"data-controller": "{word}"' not in python
            and f'data-controller="{word}"' not in scripts + python
        }

        assert unused == set()

    def test_each_registered_module_exists(self) -> None:
        for registry in REGISTRIES:
            text = (STATIC / "js" / registry).read_text(encoding="utf-8")
            modules = re.findall(r"(?:import\(|from )\"\./([\w-]+\.js)\"", text)

            assert modules
            assert [name for name in modules if not (STATIC / "js" / name).is_file()] == []


class TestNames:
    def test_each_file_that_a_template_names_exists(self) -> None:
        missing = [
            (name, file)
            for name, text in templates()
            for file in STATIC_TAG.findall(text)
            if not (STATIC / file).is_file()
        ]

        assert missing == []

    def test_each_stylesheet_is_named(self) -> None:
        named = {file for _name, text in templates() for file in STATIC_TAG.findall(text)}
        python = "".join(path.read_text(encoding="utf-8") for path in ROOT.glob("*/*.py"))
        sheets = {path.relative_to(STATIC).as_posix() for path in STATIC.glob("css/**/*.css")}

        assert {sheet for sheet in sheets - named if sheet not in python} == set()


def linked(template: str, suffix: str) -> list[Path]:
    """Return the files of a kind that a template and its includes link."""
    text = (ROOT / "templates" / template).read_text(encoding="utf-8")
    found = [STATIC / file for file in STATIC_TAG.findall(text) if file.endswith(suffix)]
    for included in re.findall(r"\{% include \"([^\"]+)\"", text):
        found += linked(included, suffix)
    return found


def with_imports(path: Path, seen: set[Path]) -> set[Path]:
    """Return a module with everything that it cannot run without."""
    if path not in seen:
        seen.add(path)
        for name in STATIC_IMPORT.findall(path.read_text(encoding="utf-8")):
            with_imports((path.parent / name).resolve(), seen)
    return seen


def compressed(paths: set[Path]) -> int:
    return sum(len(brotli.compress(path.read_bytes(), quality=11)) for path in paths)


class TestFirstLoad:
    def test_styles(self) -> None:
        sheets = linked("base.html", ".css")

        assert len(sheets) > 5
        assert compressed(set(sheets)) <= 25 * KIB

    @pytest.mark.parametrize("page", sorted(path.name for path in STATIC.glob("css/pages/*.css")))
    def test_styles_with_those_of_a_page(self, page: str) -> None:
        assert compressed({*linked("base.html", ".css"), STATIC / "css/pages" / page}) <= 25 * KIB

    def test_scripts(self) -> None:
        scripts: set[Path] = set()
        for path in linked("base.html", ".js"):
            with_imports(path, scripts)
        # Named by what stands on every page, so they are loaded at once.
        for name in FRAME_CONTROLLERS:
            with_imports(STATIC / "js" / f"{name}.js", scripts)

        assert compressed(scripts) <= 35 * KIB
