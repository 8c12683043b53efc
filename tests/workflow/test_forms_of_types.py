"""What the table of 文种 says counts at the desks: who signs, who seals, whose post stands on paper."""

import io
import zipfile

import pytest

from tests.workflow.desk import Desk
from workflow import archive
from workflow.describe import describe
from workflow.errors import NotReady
from workflow.installation import read_tx
from workflow.laying import paper_of
from workflow.office.signing_rights import set_signing_rights
from workflow.printing import numbered
from workflow.work import load_content


@pytest.mark.parametrize("type_", ["请示", "报告", "命令", "议案"])
def test_the_head_of_the_office_signs_what_goes_upwards_whoever_may_sign_the_rest(
    desk: Desk, type_: str
) -> None:
    set_signing_rights(desk.id("admin"), "wmb", {"": ["deputy"], type_: ["deputy", "office_clerk"]})
    assert desk.holders(desk.at("signing")) == ["deputy"]
    document = desk.at("signing", type=type_, title=f"关于甲的{type_}")
    assert desk.holders(document) == ["signatory"]
    assert desk.offers(document, "signatory")["ask_signer"] is False
    assert desk.take(document, "signatory", "sign") == "checking"
    assert desk.movements(document)[-1].post == "主任"


@pytest.mark.parametrize(("form", "signer"), [("upward", "signatory"), ("file", "deputy")])
def test_opinions_are_signed_by_the_head_where_they_go_upwards(desk: Desk, form: str, signer: str) -> None:
    set_signing_rights(desk.id("admin"), "wmb", {"": ["deputy"]})
    document = desk.at("signing", type="意见", title="关于甲的意见", form=form)
    assert desk.holders(document) == [signer]


def test_minutes_are_not_sealed_unless_their_writer_says_so(desk: Desk) -> None:
    given = {"type": "纪要", "title": "办公会议纪要", "attendance": {"present": "张某某、李某某。"}}
    document = desk.at("dispatch", **given)
    assert ("skip", "sealing", "dispatch") in desk.way(document)
    assert desk.row(document)["seal"] is False
    assert "出席：" in xml_of(desk, document)
    assert desk.row(desk.draft(**given, seal=True))["seal"] is True
    assert desk.findings() == []


def test_a_name_chop_stands_beside_the_post_that_the_signatory_held_then(desk: Desk) -> None:
    document = desk.at("checking", stamp=True)
    desk.execute("UPDATE posts SET title = '副主任' WHERE code = 'principal'")
    desk.bring(document, "dispatch")
    assert ">主任</w:t>" in xml_of(desk, document)
    assert ("seal", "sealing", "dispatch") in desk.way(document)
    order = desk.at("printing", type="命令", title="嘉奖令")
    with read_tx() as session:
        row = desk.row(order)
        paper = paper_of(session, row, load_content(session, row["id"], row["revision"]))
    assert paper.particulars.stamped == (("副主任", "主任"),)
    assert paper.particulars.full_name == "河南省省直机关精神文明建设办公室"


def test_a_numbered_document_is_printed_in_files_of_so_many_copies(desk: Desk) -> None:
    document = desk.bring(desk.draft(numbered=True, copies=450), "printing")
    assert batches(desk, document) == []
    desk.take(document, "registrar", "send_to_print")
    assert batches(desk, document) == [("000001", "000200"), ("000201", "000400"), ("000401", "000450")]
    plain = desk.at("dispatch")
    assert batches(desk, plain) == []


def test_a_title_that_leaves_page_1_without_text_goes_no_further(desk: Desk) -> None:
    desk.execute("UPDATE agencies SET masthead_size_pt = 62, masthead_percent = 100 WHERE code = 'wmb'")
    document = desk.draft(title="关于在省直机关深入开展读书活动" * 12 + "的通知")
    with pytest.raises(NotReady, match="Page 1 would show no text"):
        desk.take(document, "drafter", "submit")
    shorter = desk.draft(title="关于在省直机关深入开展读书活动的通知")
    assert desk.take(shorter, "drafter", "submit") == "unit_review"


def xml_of(desk: Desk, document: str) -> str:
    """Return the body of the frozen file."""
    with zipfile.ZipFile(io.BytesIO(archive.read(desk.row(document)["frozen_sha256"]))) as package:
        return package.read("word/document.xml").decode()


def batches(desk: Desk, document: str) -> list[tuple[str, str]]:
    with read_tx() as session:
        description = describe(session, desk.person("registrar"), document)
        return numbered.batches(description.document, description.content)
