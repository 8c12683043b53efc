"""A layout set at 印制 changes how the file looks and nothing that was signed."""

import io
import zipfile
from typing import Any

import pytest

from states.errors import NotAllowed
from tests.workflow.desk import CONTENT, Desk, at, mended
from workflow import archive, papers
from workflow.answers import Once
from workflow.errors import ContentError, Stale
from workflow.installation import read_tx, write_tx
from workflow.models import Agency
from workflow.printing.layouts import set_layout

TITLE_LINES = ["关于报送年度", "工作总结的通知"]
KEPT = ("content_sha256", "signed_sha256", "vouched_sha256", "number", "dated", "revision", "state")


def lay_out(desk: Desk, document: str, who: str = "registrar", **layout: Any) -> None:
    set_layout(desk.id(who), document, desk.row(document)["version"], layout)


def frozen_xml(desk: Desk, document: str) -> str:
    return document_xml(archive.read(desk.row(document)["frozen_sha256"]))


def document_xml(docx: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        return package.read("word/document.xml").decode()


def test_a_layout_is_recorded_and_leaves_what_was_signed_alone(desk_on_both: Desk) -> None:
    desk = desk_on_both
    document = desk.at("printing")
    before = desk.row(document)
    lay_out(desk, document, title_lines=TITLE_LINES, line_tw=560)
    after = desk.row(document)
    assert {name: after[name] for name in KEPT} == {name: before[name] for name in KEPT}
    assert after["layout"] == {"title_lines": TITLE_LINES, "line_tw": 560}
    assert after["version"] == before["version"] + 1
    last = desk.movements(document)[-1]
    assert (last.action, last.source, last.dest, last.actor) == (
        "set_layout",
        "printing",
        "printing",
        "registrar",
    )
    assert last.details == {"layout": after["layout"]}
    assert desk.findings() == []


def test_the_file_is_made_in_the_layout_that_was_set(desk: Desk) -> None:
    document = desk.at("printing")
    lay_out(desk, document, title_lines=TITLE_LINES, line_tw=560, page_breaks=[2])
    with read_tx() as session:
        shown = papers.preview_of(session, desk.row(document))
    desk.take(document, "registrar", "send_to_print")
    xml = frozen_xml(desk, document)
    assert "关于报送年度</w:t><w:br/><w:t" in xml
    assert 'w:line="560"' in xml
    assert xml.count("<w:pageBreakBefore/>") == 1
    assert shown != archive.read(desk.row(document)["frozen_sha256"])  # the day of 印发 came in
    assert desk.findings() == []


def test_a_frozen_file_is_to_be_made_again(desk: Desk) -> None:
    document = desk.at("printing")
    desk.take(document, "registrar", "send_to_print")
    first = desk.row(document)["frozen_sha256"]
    lay_out(desk, document, line_tw=560)
    row = desk.row(document)
    assert (row["frozen_sha256"], row["printed_on"]) == (None, None)
    assert desk.offers(document, "registrar")["finish_printing"] is False
    desk.take(document, "registrar", "send_to_print")
    assert desk.row(document)["frozen_sha256"] not in (None, first)
    desk.bring(document, "issued")
    assert desk.findings() == []


def test_the_same_layout_again_changes_nothing(desk: Desk) -> None:
    document = desk.at("printing")
    lay_out(desk, document, line_tw=560)
    desk.take(document, "registrar", "send_to_print")
    before = desk.fingerprint()
    lay_out(desk, document, line_tw=560)
    assert desk.fingerprint() == before


def test_a_repeated_request_is_answered_once(desk: Desk) -> None:
    document = desk.at("printing")
    version, once = desk.row(document)["version"], Once("a-key-of-sixteen-")
    for _ in range(2):
        set_layout(desk.id("registrar"), document, version, {"line_tw": 560}, once=once)
    assert [one.action for one in desk.movements(document)].count("set_layout") == 1
    with pytest.raises(Stale):
        set_layout(desk.id("registrar"), document, version, {"line_tw": 570})


def test_a_layout_is_set_at_printing_only_and_by_who_holds_the_document(desk: Desk) -> None:
    document = desk.draft()
    for stage, who in (("checking", "clerk"), ("registration", "registrar"), ("sealing", "registrar")):
        desk.bring(document, stage)
        with pytest.raises(NotAllowed, match="The layout is set at the stage 印制"):
            lay_out(desk, document, who, line_tw=560)
    desk.send_back(document, "registrar", "printing", "step")
    for who in ("drafter", "clerk", "signatory"):
        with pytest.raises(NotAllowed, match="Only those who hold the document"):
            lay_out(desk, document, who, line_tw=560)


def test_a_layout_that_does_not_fit_is_refused_with_every_reason(desk: Desk) -> None:
    document = desk.at("printing")
    before = desk.fingerprint()
    with pytest.raises(ContentError) as refused:
        lay_out(desk, document, title_lines=["别的标题"], line_tw=100, page_breaks=[1])
    assert {one.where for one in refused.value.problems} == {"title_lines", "line_tw", "page_breaks"}
    with pytest.raises(ContentError, match="Page 1 would show no text"):
        lay_out(desk, document, masthead_size_pt=62, masthead_percent=100, title_lines=list(CONTENT["title"]))
    assert desk.fingerprint() == before


def test_the_agencys_masthead_counts_until_the_document_has_its_own(desk: Desk) -> None:
    document = desk.at("printing")
    with write_tx() as session:
        agency = session.get_one(Agency, desk.row(document)["agency_id"])
        agency.masthead_size_pt, agency.masthead_percent = 34, 65
    desk.take(document, "registrar", "send_to_print")
    assert '<w:w w:val="65"/><w:sz w:val="68"/>' in frozen_xml(desk, document)
    lay_out(desk, document, masthead_size_pt=30)
    desk.take(document, "registrar", "send_to_print")
    xml = frozen_xml(desk, document)
    assert '<w:sz w:val="60"/>' in xml
    assert '<w:w w:val="65"/>' not in xml


def test_a_request_names_its_signatory_once_it_is_signed_and_a_letter_drops_the_word_for_file(
    desk: Desk,
) -> None:
    request = desk.at("signing", type="请示")
    with read_tx() as session:
        before = papers.preview_of(session, desk.row(request))
    assert "签发人：<" in document_xml(before)
    signed = desk.at("printing", type="请示")
    desk.take(signed, "registrar", "send_to_print")
    name = desk.person("signatory").name
    assert f">{name}</w:t>" in frozen_xml(desk, signed)
    letter = desk.at("printing", type="函")
    desk.take(letter, "registrar", "send_to_print")
    assert "办公室</w:t>" in frozen_xml(desk, letter)
    assert "文件</w:t>" not in frozen_xml(desk, letter)


def test_a_declared_change_of_layout_goes_on_being_one_and_keeps_what_still_fits(desk: Desk) -> None:
    document = desk.at("printing")
    lay_out(desk, document, title_lines=TITLE_LINES, page_breaks=[3])
    joined = mended("。\n二、", "。二、")
    desk.revise(document, "registrar", joined, change="layout", reason="并为一段")
    desk.take(document, "registrar", "send_to_print")
    xml = frozen_xml(desk, document)
    assert "<w:pageBreakBefore/>" not in xml  # there is no third paragraph any more
    assert "关于报送年度</w:t><w:br/><w:t" in xml
    assert desk.findings() == []


def test_verify_finds_a_file_that_was_changed_after_all(desk: Desk) -> None:
    document = desk.at("printing")
    lay_out(desk, document, line_tw=560)
    desk.take(document, "registrar", "send_to_print")
    path = archive.path_of(desk.row(document)["frozen_sha256"])
    path.chmod(0o600)
    path.write_bytes(path.read_bytes() + b" ")
    assert any("is not what was stored" in line for line in desk.findings())


def test_the_day_of_a_layout_is_not_that_of_printing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    document = desk.at("printing")
    lay_out(desk, document, line_tw=560)
    later = at(2031, 5, 6)
    monkeypatch.setattr("workflow.clock.now", lambda: later)
    desk.take(document, "registrar", "send_to_print")
    assert desk.row(document)["printed_on"] == later.date()
