"""A finished DOCX from Word or WPS is printed as it is while it says what was signed; proofs are read."""

import io
import zipfile
from typing import Any

import pytest
from sqlalchemy import select

from docgen.printed import Place
from states.errors import NotAllowed, NotReady
from tests.docgen.wordsmith import edited, with_part
from tests.workflow.desk import Desk, at, mended
from workflow import archive, papers
from workflow.describe import describe
from workflow.errors import ContentError, NotFound, Stale
from workflow.installation import read_tx
from workflow.models import ProofTick
from workflow.printing import proofs, sheets
from workflow.printing.copies import OtherText, keep_print_copy, working_copy
from workflow.printing.layouts import set_layout
from workflow.printing.same_text import counts, paper_for_print
from workflow.work import load_content

LAYOUT = ('<w:pgMar w:top="2098"', '<w:pgMar w:top="2000"')


def working(desk: Desk, document: str, who: str = "registrar") -> bytes:
    with read_tx() as session:
        return working_copy(session, describe(session, desk.person(who), document)).content


def keep(desk: Desk, document: str, docx: bytes, who: str = "registrar", **how: Any) -> None:
    keep_print_copy(desk.id(who), document, desk.row(document)["version"], "排好.docx", docx, **how)


def kept(desk: Desk, stage: str = "printing", **changes: Any) -> tuple[str, bytes]:
    """Return a document at printing with a print copy, and that copy."""
    document = desk.at(stage, **changes)
    finished = edited(working(desk, document), *LAYOUT)
    keep(desk, document, finished)
    return document, finished


def still_counts(desk: Desk, document: str) -> bool:
    row = desk.row(document)
    with read_tx() as session:
        content = load_content(session, row["id"], row["revision"])
        return counts(row, paper_for_print(session, row, content, row["printed_on"] or TODAY))


TODAY = at(2031, 3, 9).date()


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workflow.clock.now", lambda: at(2031, 3, 9))


def test_the_working_copy_has_number_and_dates(desk: Desk) -> None:
    document = desk.at("printing")
    docx = working(desk, document)
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        xml = package.read("word/document.xml").decode()
    for words in (desk.row(document)["number"], "2031年3月9日</w:t>", "2031年3月9日印发"):
        assert words in xml
    with pytest.raises(NotAllowed):
        working(desk, document, "clerk")
    with pytest.raises(NotAllowed):
        working(desk, desk.at("registration"))


def test_a_finished_docx_is_the_file_that_is_printed(desk_on_both: Desk) -> None:
    desk = desk_on_both
    document, finished = kept(desk)
    movement = desk.movements(document)[-1]
    sha256 = desk.row(document)["print_copy_sha256"]
    assert (movement.action, movement.details) == (
        "keep_print_copy",
        {"print_copy": sha256, "name": "排好.docx"},
    )
    desk.take(document, "registrar", "send_to_print")
    assert archive.read(desk.row(document)["frozen_sha256"]) == finished
    assert desk.movements(document)[-1].details == {"file": sha256, "print_copy": sha256}
    with read_tx() as session:
        assert papers.preview_of(session, desk.row(document)) == finished
        assert not sheets.is_ours(session, desk.row(document))
    desk.bring(document, "issued")
    assert archive.read(desk.row(document)["frozen_sha256"]) == finished
    assert desk.findings() == []


def test_another_text_is_refused_with_the_places_and_changes_nothing(desk: Desk) -> None:
    document = desk.at("printing")
    before = desk.fingerprint()
    wrong = edited(edited(working(desk, document), "12月20日", "12月30日"), "省委宣传部", "省委组织部")
    with pytest.raises(OtherText) as refused:
        keep(desk, document, wrong)
    assert [one.place for one in refused.value.places] == [Place("text", 3), Place("imprint")]
    assert isinstance(refused.value, NotReady)
    with pytest.raises(ContentError, match="macros"):
        keep(desk, document, with_part(working(desk, document), "word/vbaProject.bin", b"x"))
    assert desk.fingerprint() == before


def test_a_print_copy_is_kept_by_who_holds_the_document_at_printing(desk: Desk) -> None:
    document, finished = kept(desk)
    with pytest.raises(NotAllowed):
        keep(desk, document, finished, "clerk")
    with pytest.raises(NotFound):
        keep(desk, document, finished, "unit1")
    with pytest.raises(Stale):
        keep_print_copy(desk.id("registrar"), document, 1, "x.docx", finished)
    desk.take(document, "registrar", "send_to_print")
    desk.take(document, "registrar", "finish_printing")
    with pytest.raises(NotAllowed):
        keep(desk, document, finished)


def test_a_frozen_file_gives_way_to_a_print_copy(desk: Desk) -> None:
    document = desk.at("printing")
    desk.take(document, "registrar", "send_to_print")
    keep(desk, document, edited(working(desk, document), *LAYOUT))
    assert desk.row(document)["frozen_sha256"] is None
    assert desk.offers(document, "registrar")["send_to_print"]


def test_a_print_copy_counts_no_longer_when_the_text_changes(desk: Desk) -> None:
    document, finished = kept(desk)
    assert still_counts(desk, document)
    desk.revise(document, "registrar", mended("如实反映", "真实反映"), change="wording", reason="错字")
    assert not still_counts(desk, document)
    desk.take(document, "registrar", "send_to_print")
    assert archive.read(desk.row(document)["frozen_sha256"]) != finished
    assert "print_copy" not in desk.movements(document)[-1].details


def test_a_print_copy_counts_no_longer_on_another_day(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    document, finished = kept(desk)
    monkeypatch.setattr("workflow.clock.now", lambda: at(2031, 3, 10))
    desk.take(document, "registrar", "send_to_print")
    assert archive.read(desk.row(document)["frozen_sha256"]) != finished
    assert desk.findings() == []


def test_a_print_copy_counts_no_longer_after_a_new_sign_off(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    document, finished = kept(desk)
    desk.send_back(document, "registrar", "signing")
    monkeypatch.setattr("workflow.clock.now", lambda: at(2031, 3, 11))
    desk.bring(document, "sealing")
    assert archive.read(desk.row(document)["frozen_sha256"]) != finished


def test_a_layout_that_is_set_replaces_the_print_copy(desk: Desk) -> None:
    document, _ = kept(desk)
    set_layout(desk.id("registrar"), document, desk.row(document)["version"], {})
    row = desk.row(document)
    assert (row["print_copy_sha256"], row["print_copy_of"], row["layout"]) == (None, None, None)
    assert desk.movements(document)[-1].details == {"layout": {}}


def test_verify_finds_a_print_copy_that_was_changed(desk: Desk) -> None:
    document, _ = kept(desk)
    desk.take(document, "registrar", "send_to_print")
    assert desk.findings() == []
    path = archive.path_of(desk.row(document)["frozen_sha256"])
    path.chmod(0o600)
    path.write_bytes(path.read_bytes().replace(b"PK", b"KP", 1))
    assert any("is not what was stored" in line for line in desk.findings())


# clean proofs


def frozen(desk: Desk, document: str) -> str:
    return str(desk.row(document)["frozen_sha256"])


def ticked(desk: Desk, document: str) -> list[tuple[str, str]]:
    with read_tx() as session:
        return [(one.part, one.name) for one in proofs.ticks(session, desk.row(document))]


def test_drafter_and_clerk_say_that_they_have_read_the_proof(desk_on_both: Desk) -> None:
    desk = desk_on_both
    document = desk.at("printing")
    desk.take(document, "registrar", "send_to_print")
    version = desk.row(document)["version"]
    for who, part in (("clerk", "clerk"), ("drafter", "drafter"), ("drafter", "drafter")):
        proofs.tick(desk.id(who), document, frozen(desk, document), part)
    assert [part for part, _ in ticked(desk, document)] == ["drafter", "clerk"]
    assert desk.row(document)["version"] == version
    desk.take(document, "registrar", "finish_printing")
    assert desk.movements(document)[-1].details["proof_read_by"].keys() == {"drafter", "clerk"}
    assert desk.findings() == []


def test_a_new_file_is_read_anew(desk: Desk) -> None:
    document = desk.at("printing")
    desk.take(document, "registrar", "send_to_print")
    old = frozen(desk, document)
    proofs.tick(desk.id("drafter"), document, old, "drafter")
    set_layout(desk.id("registrar"), document, desk.row(document)["version"], {"line_tw": 560})
    assert ticked(desk, document) == []
    desk.take(document, "registrar", "send_to_print")
    assert ticked(desk, document) == []
    with pytest.raises(Stale):
        proofs.tick(desk.id("drafter"), document, old, "drafter")
    with read_tx() as session:
        assert len(session.scalars(select(ProofTick)).all()) == 1


def test_nobody_else_ticks_the_proof(desk: Desk) -> None:
    document = desk.at("printing")
    desk.take(document, "registrar", "send_to_print")
    others: list[tuple[str, str, type[Exception]]] = [
        ("drafter", "clerk", NotAllowed),
        ("clerk", "drafter", NotAllowed),
        ("registrar", "clerk", NotAllowed),
        ("drafter", "reader", NotAllowed),
        ("unit1", "drafter", NotFound),
    ]
    for who, part, refusal in others:
        with pytest.raises(refusal):
            proofs.tick(desk.id(who), document, frozen(desk, document), part)
    assert ticked(desk, document) == []


def test_a_missing_tick_does_not_hold_the_printing_up(desk: Desk) -> None:
    document = desk.at("printing")
    desk.take(document, "registrar", "send_to_print")
    assert desk.take(document, "registrar", "finish_printing") == "sealing"
    assert "proof_read_by" not in desk.movements(document)[-1].details
    with pytest.raises(NotReady, match="while the document is printed"):
        proofs.tick(desk.id("drafter"), document, frozen(desk, document), "drafter")


def test_the_readers_of_a_proof_are_told_until_the_printing_is_over(desk: Desk) -> None:
    document = desk.at("printing")
    for who in ("drafter", "clerk"):
        assert proofs.PROOF_IS_READY not in desk.told(who)
    desk.take(document, "registrar", "send_to_print")
    set_layout(desk.id("registrar"), document, desk.row(document)["version"], {"line_tw": 560})
    desk.take(document, "registrar", "send_to_print")
    for who in ("drafter", "clerk"):
        assert desk.told(who).count(proofs.PROOF_IS_READY) == 1
    assert proofs.PROOF_IS_READY not in desk.told("registrar")
    desk.take(document, "registrar", "finish_printing")
    for who in ("drafter", "clerk"):
        assert proofs.PROOF_IS_READY not in desk.told(who)
