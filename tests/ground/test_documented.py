"""What README.md names exists, and what exists is named there."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from app import create_app
from tests.web.conftest import settings_in

ROOT = Path(__file__).resolve().parents[2]
CODE = ["app.py", "config.py", "Makefile", "states", "docgen", "workflow", "web", "scripts", "migrations"]
SETTING = re.compile(r"\bHONGTOU_[A-Z_]+[A-Z]\b")
# Read by run.py and make themselves, and named as other programs name them.
PLAIN_SETTINGS = {"HOST", "PORT", "PYTHON", "ONLY"}


@pytest.fixture(scope="module")
def readme() -> str:
    path = ROOT / "README.md"
    assert path.exists(), "README.md is missing: it documents every make target and every setting"
    return path.read_text(encoding="utf-8")


def settings_in_code() -> set[str]:
    files = [path for name in CODE for path in [ROOT / name, *(ROOT / name).rglob("*")] if path.is_file()]
    texts = (path.read_bytes().decode(errors="ignore") for path in files if path.suffix != ".pyc")
    return {name for text in texts for name in SETTING.findall(text)}


def make_targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(), re.M))


def test_every_make_target_is_documented_and_every_documented_one_exists(readme: str) -> None:
    documented = set(re.findall(r"\bmake ([a-z][a-z-]*)", "\n".join(code_in(readme))))
    assert make_targets() - documented == set(), "make targets that README.md does not name"
    assert documented - make_targets() == set(), "make targets that README.md names and the Makefile lacks"


def test_every_setting_is_documented_and_every_documented_one_is_read(readme: str) -> None:
    documented = set(SETTING.findall(readme))
    assert settings_in_code() - documented == set(), "settings that README.md does not name"
    assert documented - settings_in_code() == set(), "settings that README.md names and no code reads"


@pytest.mark.parametrize("name", sorted(PLAIN_SETTINGS))
def test_a_setting_with_a_plain_name_is_documented(readme: str, name: str) -> None:
    assert re.search(rf"\b{name}\b", "\n".join(code_in(readme))), f"README.md does not name {name}"


def test_every_command_is_documented_and_every_documented_one_exists(readme: str, tmp_path: Path) -> None:
    ours = set(commands(create_app(settings_in(tmp_path)).cli))
    written = re.findall(r"\bflask --app app ((?:[a-z-]+ ?)+)", "\n".join(code_in(readme)))
    documented = {words.strip() for words in written}
    assert ours - documented == set(), "commands that README.md does not name"
    assert documented - ours == set(), "commands that README.md names and that are not there"


def commands(group: click.Group, prefix: str = "") -> Iterator[str]:
    """Yield the full name of every command of ours; Flask's own are not added to an application's group."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{prefix}{name} ")
        else:
            yield prefix + name


def code_in(text: str) -> list[str]:
    """Return the blocks and the pieces in backquotes: "make sure" in a sentence is no command."""
    return re.findall(r"```.*?```|`[^`\n]+`", text, re.S)
