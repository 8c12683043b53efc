"""What cannot be entered for another, and why: nothing of it changes anything."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.scans import LARGEST, scan
from tests.workflow.desk import BOTH, Desk, at, opened
from tests.workflow.test_entering import PAPER, oral, refused
from workflow import clock
from workflow.entering import Entered

CAME, NOW = at(2026, 4, 7, 10), at(2026, 4, 7, 15)


class Office(Desk):
    """An office with one document at each stage that is asked for; what is refused leaves it as it was."""

    def __init__(self) -> None:
        self.documents: dict[str, str] = {}

    def document_at(self, stage: str) -> str:
        if stage not in self.documents:
            with clock.held_at(CAME):
                self.documents[stage] = self.at(stage, BOTH)
        return self.documents[stage]


@pytest.fixture(scope="module")
def office(office_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("refused")
    shutil.copy(office_template, folder / "office.db")
    with opened(f"sqlite:///{folder / 'office.db'}", folder):
        yield Office()


CLERK = "Only the office clerk enters opinions for others"
HOLDER = "%(name)s does not have the document now"
HERE = "%(act)s at the stage %(stage)s is not entered for others"
WHO = [
    # who enters, for whom, at which stage, which step: why not
    ("registrar", "signatory", "signing", "sign", CLERK),
    ("drafter", "signatory", "signing", "sign", CLERK),
    ("signatory", "signatory", "signing", "sign", CLERK),
    ("clerk", "clerk", "office_review", "approve", "Nobody enters an opinion for themselves"),
    ("clerk", "deputy", "signing", "sign", HOLDER),
    ("clerk", "nobody", "signing", "sign", HOLDER),
    ("clerk", "drafter", "signing", "sign", HOLDER),
    ("clerk", "drafter", "unit_review", "withdraw", HERE),
    ("clerk", "registrar", "registration", "register", HERE),
    ("clerk", "registrar", "sealing", "seal", HERE),
    ("clerk", "registrar", "dispatch", "issue", HERE),
]


@pytest.mark.parametrize(("by", "for_", "stage", "action", "why"), WHO)
def test_who_may_not_enter_for_whom_and_where(
    office: Office, by: str, for_: str, stage: str, action: str, why: str
) -> None:
    assert refused(office, office.document_at(stage), action, oral(for_), by=by) == [why]


FUTURE = "What was said or signed cannot lie in the future"
EARLY = "It was said or signed before the document came there, or before its text was changed"
HOW = [
    (replace(PAPER, scan=None), ["The scan of the signed paper is required"]),
    (replace(PAPER, scan="0" * 64), ["The scan of the signed paper is not stored here"]),
    (replace(PAPER, scan=scan("TIFF")), ["The file is none of these: %(kinds)s"]),
    (replace(PAPER, scan=b"%PDF-" + bytes(LARGEST)), ["The file is larger than %(most)s MB"]),
    (replace(PAPER, signed_on=date(2026, 4, 8)), [FUTURE]),
    (replace(PAPER, signed_on=date(2026, 4, 6)), [EARLY]),
    (oral(said_at=None, heard_by=" "), ["Who heard it is required", "When it was said is required"]),
    (oral(said_at=NOW + timedelta(minutes=1)), [FUTURE]),
    (oral(said_at=CAME - timedelta(minutes=1)), [EARLY]),
    (oral(said_at=NOW, heard_by="张\n三"), ["This must be a single line."]),
    (Entered("signatory", "fax"), ["An opinion is entered from paper or as it was said"]),
]


@pytest.mark.parametrize(("entered", "why"), HOW)
def test_what_paper_and_words_lack(office: Office, entered: Entered, why: list[str]) -> None:
    document = office.document_at("signing")
    with clock.held_at(NOW):
        assert refused(office, document, "sign", entered) == why
