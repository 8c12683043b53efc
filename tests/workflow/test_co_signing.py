"""The other agencies of a joint document sign after the lead agency; the clerk enters what came back."""

import io
from datetime import date, timedelta
from typing import Any

import pytest
from docx import Document as Docx

from tests.scans import scan
from tests.workflow.desk import BODY, Desk, at, content, mended
from workflow import archive, clock, describe, opinions, uploads
from workflow.co_signing import co_signed
from workflow.errors import ContentError, NotAllowed, NotReady
from workflow.installation import read_tx

TWO = ["示例省总工会", "示例团省委"]
NOW = at(2031, 4, 7)


def joint(desk: Desk, stage: str = "co_signing", **changes: Any) -> str:
    return desk.at(stage, co_agencies=TWO, **changes)


def sign(desk: Desk, document: str, name: str, day: int = 7, **inputs: Any) -> str:
    day_of = date(2031, 4, day).isoformat()
    return desk.take(document, "clerk", "enter_co_signature", signatory=name, signed_on=day_of, **inputs)


def refused(desk: Desk, document: str, action: str = "enter_co_signature", **inputs: Any) -> list[str]:
    before = desk.fingerprint()
    with pytest.raises(NotReady) as refusal:
        desk.take(document, "clerk", action, **inputs)
    assert desk.fingerprint() == before
    return [reason.message for reason in refusal.value.reasons]


def seen(desk: Desk, document: str) -> tuple[describe.Description, list[describe.Passage]]:
    with read_tx() as session:
        found = describe.describe(session, desk.person("clerk"), document)
        return found, describe.movements(session, found.document["id"])


def test_a_joint_document_is_dated_by_whoever_signs_last(desk_on_both: Desk) -> None:
    desk = desk_on_both
    with clock.held_at(NOW):
        document = joint(desk)
        assert desk.holders(document) == ["clerk"]
        assert desk.row(document)["dated"] == date(2031, 4, 7)
    with clock.held_at(NOW + timedelta(days=5)):
        assert (
            sign(desk, document, "工会主席", 11, agency=TWO[1], post="书记", comment="同意。") == "co_signing"
        )
        assert desk.row(document)["dated"] == date(2031, 4, 7)
        assert sign(desk, document, "王某", 9) == "checking"
        assert desk.row(document)["dated"] == date(2031, 4, 11)
        desk.bring(document, "archived")
    row = desk.row(document)
    assert row["number"].startswith("豫直文明办〔2031〕")
    entered = [one for one in desk.movements(document) if one.action == "enter_co_signature"]
    assert [one.details["co_signature"]["agency"] for one in entered] == [TWO[1], TWO[0]]
    assert {one.content_sha256 for one in entered} == {row["signed_sha256"]}
    assert desk.findings() == []


def test_each_agency_is_shown_with_what_came_back_from_it(desk: Desk) -> None:
    with clock.held_at(NOW):
        document = joint(desk)
        sign(desk, document, "王某", post="主席", comment="同意印发。")
    found, passages = seen(desk, document)
    first, second = co_signed(found, passages)
    assert (first.agency, first.name, first.post, first.by) == (TWO[0], "王某", "主席", "文秘")
    assert (first.signed_on, first.same_text) == (date(2031, 4, 7), True)
    assert (second.agency, second.name, second.signed_on) == (TWO[1], "", None)
    (said,) = [one for one in opinions.opinions(found, passages) if one.agency]
    assert (said.name, said.post, said.comment) == ("王某", "主席", "同意印发。")
    boxes = [box for row in opinions.boxes(found, passages) for box in row.boxes]
    (box,) = [box for box in boxes if box.stage == "co_signing"]
    assert [one.agency and one.agency.agency for one in box.opinions] == [TWO[0]]


def test_taken_with_its_defaults_the_step_goes_through_for_every_agency(desk: Desk) -> None:
    document = joint(desk, "checking")
    names = [one.details["co_signature"]["name"] for one in desk.movements(document)[-2:]]
    assert names == ["负责人", "负责人"]


def test_a_document_of_one_agency_passes_the_stage_over_on_record(desk: Desk) -> None:
    document = desk.at("checking")
    over = desk.movements(document)[-1]
    assert (over.action, over.source, over.dest) == ("skip", "co_signing", "checking")
    assert over.details == {"reason": "No other agency signs this document"}
    found, passages = seen(desk, document)
    boxes = [box.stage for row in opinions.boxes(found, passages) for box in row.boxes]
    assert "co_signing" not in boxes


def test_an_agency_refuses_and_all_sign_anew(desk: Desk) -> None:
    with clock.held_at(NOW):
        document = joint(desk)
        sign(desk, document, "王某")
        assert refused(desk, document, "co_refuse") == ["%(input)s is required"]
        assert desk.take(document, "clerk", "co_refuse", comment="团省委：时限太紧。") == "draft"
    row = desk.row(document)
    assert (row["signed_sha256"], row["co_signed"], row["dated"]) == (None, None, None)
    assert desk.movements(document)[-1].details["agency"] == TWO[1]
    with clock.held_at(NOW + timedelta(days=1)):
        desk.revise(document, "drafter", content(co_agencies=TWO, body=BODY.replace("20日", "25日")))
        assert desk.take(document, "drafter", "submit") == "signing"
        assert desk.take(document, "signatory", "sign") == "co_signing"
        assert desk.row(document)["co_signed"] is None
        desk.bring(document, "issued")
    assert desk.row(document)["dated"] == date(2031, 4, 8)
    assert desk.findings() == []


@pytest.mark.parametrize("who", ["drafter", "signatory", "registrar", "deputy"])
def test_only_the_office_clerk_enters_what_came_back(desk: Desk, who: str) -> None:
    document = joint(desk)
    with pytest.raises(NotAllowed):
        desk.take(document, who, "enter_co_signature")
    assert desk.state(document) == "co_signing"


def test_what_cannot_be_is_refused_with_every_reason(desk: Desk) -> None:
    with clock.held_at(NOW):
        document = joint(desk)
        early, late = {"signed_on": "2031-04-06"}, {"signed_on": "2031-04-08"}
        assert refused(desk, document, **late) == ["What was said or signed cannot lie in the future"]
        wrong = refused(desk, document, signatory="张" * 101, scan="0" * 64, **early)
        assert wrong == [
            "A name or a post has at most %(most)s characters",
            "The agency that leads signs first; it signed on %(day)s",
            "The scan is not a file that you sent in",
        ]
        assert refused(desk, document, signed_on="7.4.2031", agency="别的机关", scan="x") == [
            "%(input)s is not one of the choices",
            "%(input)s must be a date such as 2024-04-07",
            "%(input)s must be a file that you sent in",
        ]
        sign(desk, document, "王某", agency=TWO[1])
        assert refused(desk, document, agency=TWO[1]) == ["%(input)s is not one of the choices"]


def test_a_scan_stays_with_the_signature(desk: Desk) -> None:
    document = joint(desk)
    file = uploads.keep(desk.id("clerk"), "联署件.pdf", scan())
    strange = uploads.keep(desk.id("drafter"), "他人.pdf", scan(shade=7))
    assert refused(desk, document, scan=strange.sha256) == ["The scan is not a file that you sent in"]
    desk.take(document, "clerk", "enter_co_signature", scan=file.sha256)
    found, passages = seen(desk, document)
    assert co_signed(found, passages)[0].scan == file.sha256
    assert desk.findings() == []


def test_a_stated_correction_is_entered_before_others_sign(desk: Desk) -> None:
    document = joint(desk, "signing")
    stated = "“现将”改为“兹将”"
    assert desk.take(document, "signatory", "sign_with_correction", correction=stated) == "co_signing"
    (reason,) = refused(desk, document)
    assert reason == "The correction stated at sign-off is not entered yet: %(correction)s"
    entered = mended("现将", "兹将") | {"co_agencies": TWO}
    assert desk.revise(document, "clerk", entered, change="wording", reason=stated) == "co_signing"
    desk.bring(document, "checking")
    assert desk.findings() == []


def test_a_change_of_substance_undoes_the_signatures_of_all(desk: Desk) -> None:
    document = joint(desk, "checking")
    other = content(co_agencies=TWO[:1])
    with pytest.raises(NotReady) as refusal:
        desk.revise(document, "clerk", other, change="wording", reason="少一个机关")
    assert "The agencies of a joint document were changed." in [r.message for r in refusal.value.reasons]
    assert desk.revise(document, "clerk", other, change="substance", reason="少一个机关") == "signing"
    assert desk.row(document)["co_signed"] is None
    desk.bring(document, "checking")
    assert list(desk.row(document)["co_signed"]) == TWO[:1]


def test_signed_again_where_it_is_sent_back_to_the_agencies(desk: Desk) -> None:
    document = joint(desk, "registration")
    assert desk.send_back(document, "registrar", "co_signing") == "co_signing"
    assert desk.row(document)["co_signed"] is None
    desk.take(document, "clerk", "enter_co_signature")
    assert desk.take(document, "clerk", "enter_co_signature") == "registration"


def test_what_goes_upwards_names_all_who_signed_in_order(desk: Desk) -> None:
    document = joint(desk, type="请示", contact="李某 65900000", addressees="示例省委")
    desk.take(document, "clerk", "enter_co_signature", agency=TWO[1], signatory="乙某")
    desk.take(document, "clerk", "enter_co_signature", signatory="甲某")
    desk.bring(document, "sealing")
    with read_tx() as session:
        frozen = describe.files(session, desk.row(document))[0]["sha256"]
    lines = [one.text for one in Docx(io.BytesIO(archive.read(frozen))).paragraphs]
    first = next(index for index, line in enumerate(lines) if "签发人" in line)
    assert lines[first : first + 2] == ["\t签发人：主任\t甲某", f"{desk.row(document)['number']}\t乙某"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"co_agencies": ["甲局", "甲局"]}, "%(name)s is named twice."),
        ({"co_agencies": "甲局\n乙局，甲局"}, "%(name)s is named twice."),
        ({"co_agencies": ["省直文明办"], "agency": "省直文明办"}, "%(name)s leads"),
        ({"co_agencies": ["河南省省直机关精神文明建设办公室"]}, "%(name)s is named twice."),
        ({"co_agencies": list("甲乙丙丁戊己庚辛壬")}, "There are more than %(most)s of them."),
        ({"co_agencies": "局" * 101}, "%(name)s… is longer than %(limit)s characters."),
        ({"lead_only": "yes"}, "This must be true, false or null."),
    ],
)
def test_agencies_that_cannot_sign_jointly_are_refused(
    desk: Desk, changes: dict[str, Any], message: str
) -> None:
    with pytest.raises(ContentError) as refusal:
        desk.draft(**changes)
    assert any(problem.message.startswith(message) for problem in refusal.value.problems)


TAMPERED = {
    "UPDATE co_signatures SET name = '别人'": "is not what it says",
    "UPDATE co_signatures SET seq = seq + 90": "enters no agency's signature",
    "DELETE FROM co_signatures": "is not what it says",
    'UPDATE documents SET co_signed = \'{"示例省总工会": ["别人", "2031-04-07"]}\'': "that counts",
}


def test_verify_finds_what_was_changed_behind_the_office_s_back(desk: Desk) -> None:
    joint(desk, "checking")
    assert desk.findings() == []
    for statement, told in TAMPERED.items():
        desk.execute(statement)
        assert any(told in line for line in desk.findings()), statement
