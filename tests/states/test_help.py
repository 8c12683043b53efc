"""Every stage, step and input has its sentence, and no sentence is about what is not there."""

from pathlib import Path

import pytest

from states import help
from states.errors import ProcedureError
from states.loader import load_folder
from workflow.effects import EFFECTS
from workflow.procedures import OWN

PROCEDURES = load_folder(OWN, effects=EFFECTS)
WORDS = OWN / "help" / "notice.yaml"


@pytest.mark.parametrize("kind", PROCEDURES)
def test_the_shipped_help_says_all_and_nothing_else(kind: str) -> None:
    path = OWN / "help" / f"{kind}.yaml"
    words = help.load(path)
    help.check(path, words, PROCEDURES[kind])
    assert words.sentence("stages", PROCEDURES[kind].start)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            '  countersign: {zh: "拟稿人选定',
            '  countersing: {zh: "拟稿人选定',
            "stages: there is no countersing",
        ),
        ("  withdraw: {", "  take_back: {", "steps: there is no take_back"),
        ("  reserved: {", "  set_aside: {", "inputs: there is no set_aside"),
        ("    stages: [issued]", "    stages: [filed]", "roles.archivist: there is no filed"),
        ("kind: notice", "kind: bulletin", "kind: there is no bulletin"),
    ],
)
def test_help_about_what_is_not_there_is_refused(tmp_path: Path, old: str, new: str, told: str) -> None:
    text = WORDS.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path = tmp_path / "notice.yaml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(ProcedureError, match=told):
        help.check(path, help.load(path), PROCEDURES["notice"])


@pytest.mark.parametrize(
    "line", ['  draft: {zh: "拟稿人写明', '  void: {zh: "作废这份', '  comment: {zh: "写给']
)
def test_what_has_no_sentence_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "notice.yaml"
    lines = WORDS.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [one for one in lines if not one.startswith(line)]
    assert len(kept) == len(lines) - 1
    path.write_text("".join(kept), encoding="utf-8")
    with pytest.raises(ProcedureError, match="nothing is said of"):
        help.check(path, help.load(path), PROCEDURES["notice"])


@pytest.mark.parametrize("text", ["kind: [", "kind: notice\nwhat: 1\n", "kind: notice\n"])
def test_a_file_that_is_no_help_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "notice.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ProcedureError):
        help.load(path)
