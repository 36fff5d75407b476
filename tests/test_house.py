"""The house keeps its own rules: settings, commands, links, sizes, templates."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.template.loader import get_template
from wagtail.models import Page

ROOT = Path(settings.BASE_DIR)
MAX_LINES = 450
# Not written by us, or data: sizes and addresses in it are not ours to change.
FOREIGN = ("static/vendor/", "home/demo/content/")


@cache
def our_files() -> tuple[Path, ...]:
    """Return the files of the repository: what git tracks or would track; without git, all but what
    .gitignore names.
    """
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listing.returncode == 0 and listing.stdout:
        found = (ROOT / name for name in listing.stdout.split("\0") if name)
        return tuple(sorted(path for path in found if path.is_file()))
    hidden = {".git", ".venv", "data", "staticfiles", "node_modules", "__pycache__", ".env"}
    return tuple(
        path
        for path in sorted(ROOT.rglob("*"))
        if path.is_file() and not hidden & set(path.relative_to(ROOT).parts)
    )


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def files_with(*suffixes: str) -> Iterator[Path]:
    """Yield our own files of these kinds."""
    for path in our_files():
        if path.suffix in suffixes and not name_of(path).startswith(FOREIGN):
            yield path


def text_of(path: Path) -> str | None:
    """Return a file's text, or None for pictures, fonts and videos."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


class TestSettings:
    def variables_read(self) -> set[str]:
        return set(re.findall(r"\benv\.\w+\(\s*\"([A-Z_]+)\"", read("portal/settings.py")))

    def variables_explained(self) -> set[str]:
        return set(re.findall(r"^(?:# )?([A-Z_]+)=", read(".env.example"), re.MULTILINE))

    def test_every_variable_that_is_read_is_explained_and_the_other_way_round(self) -> None:
        assert self.variables_read() == self.variables_explained()

    def test_the_reference_names_every_variable(self) -> None:
        reference = read("docs/reference/settings.md")

        missing = {name for name in self.variables_read() if f"`{name}`" not in reference}

        assert not missing


class TestMigrations:
    def test_each_has_a_name_that_says_what_changes(self) -> None:
        nameless = [
            name_of(path)
            for path in our_files()
            if re.search(r"/migrations/\d+_auto_", path.as_posix())
        ]

        assert not nameless


class TestReadme:
    def test_its_commands_exist(self) -> None:
        targets = set(re.findall(r"^([a-z0-9-]+):", read("Makefile"), re.MULTILINE))
        commands = set(re.findall(r"\bmake ([a-z0-9-]+)", code_in(read("README.md"))))

        assert commands
        assert commands <= targets

    def test_it_explains_every_command(self) -> None:
        explained = set(re.findall(r"`make ([a-z0-9-]+)", read("README.md")))
        targets = set(re.findall(r"^([a-z0-9-]+):.*## ", read("Makefile"), re.MULTILINE))

        assert targets <= explained

    def test_it_is_short(self) -> None:
        assert len(read("README.md").splitlines()) <= 150


def code_in(markdown: str) -> str:
    """Return what stands in code blocks and code spans."""
    blocks = re.findall(r"^```.*?\n(.*?)^```", markdown, re.MULTILINE | re.DOTALL)
    spans = re.findall(r"`([^`\n]+)`", markdown)
    return "\n".join([*blocks, *spans])


LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")


class TestDocuments:
    def test_every_relative_link_leads_somewhere(self) -> None:
        broken = [
            f"{name_of(path)}: {target}"
            for path in files_with(".md")
            for target in LINK.findall(without_code(path.read_text(encoding="utf-8")))
            if not leads_somewhere(path, target)
        ]

        assert not broken

    def test_the_index_names_every_document(self) -> None:
        index = (ROOT / "docs/index.md").read_text(encoding="utf-8")
        documents = [
            path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs").rglob("*.md")
        ]

        missing = [name for name in documents if name != "index.md" and f"({name})" not in index]

        assert not missing


def without_code(markdown: str) -> str:
    return re.sub(r"^```.*?^```", "", markdown, flags=re.MULTILINE | re.DOTALL)


def leads_somewhere(document: Path, target: str) -> bool:
    if re.match(r"[a-z]+:", target) or target.startswith("#"):
        return True
    return (document.parent / target.partition("#")[0]).exists()


class TestSizes:
    def test_no_file_of_ours_is_too_long_to_read(self) -> None:
        long = {
            name_of(path): lines
            for path in files_with(".py", ".html", ".css", ".js")
            if "/migrations/" not in path.as_posix()
            and (lines := len(path.read_text(encoding="utf-8").splitlines())) > MAX_LINES
        }

        assert not long


def page_models() -> list[type[Page]]:
    return [
        model
        for model in apps.get_models()
        if issubclass(model, Page) and not model.__module__.startswith("wagtail.")
    ]


class TestTemplates:
    @pytest.mark.parametrize("model", page_models(), ids=lambda model: model._meta.label)
    def test_every_page_type_can_be_rendered(self, model: type[Page]) -> None:
        get_template(model.template)

    def test_every_component_is_used(self) -> None:
        texts = [(path, path.read_text(encoding="utf-8")) for path in files_with(".html", ".py")]
        components = sorted((ROOT / "templates/components").glob("*.html"))

        unused = [
            component.name
            for component in components
            if not any(
                f"components/{component.name}" in text for path, text in texts if path != component
            )
        ]

        assert not unused


class TestTraces:
    """What belongs to one machine has no place in the repository."""

    # Written so that this file does not match itself.
    MACHINE_PATH = re.compile(r"(?<![\w.$}-])/(?:work|tmp|root|Users)(?=/)")
    PACKAGE_HOST = re.compile(
        r"(?:files\.)?pythonhosted[.]org|pypi[.]org/simple|registry[.]npmjs|--(?:extra-)?index[-]url|--trusted[-]host"
    )

    @pytest.mark.parametrize(
        "pattern", [MACHINE_PATH, PACKAGE_HOST], ids=["paths", "package hosts"]
    )
    def test_no_text_names(self, pattern: re.Pattern[str]) -> None:
        named = [
            f"{name_of(path)}: {match.group()}"
            for path in our_files()
            if (text := text_of(path)) is not None and (match := pattern.search(text))
        ]

        assert not named
