"""Taking the last step back: as if it had not been, except on the record."""

from datetime import timedelta

import pytest

from tests.workflow.desk import BOTH, Desk
from workflow import clock, describe, opinions, undoing
from workflow import desk as readers
from workflow.answers import Once
from workflow.errors import NotAllowed, NotFound, NotReady
from workflow.installation import read_tx
from workflow.path import way

LEFT_ALONE = ("version", "updated_at", "movements", "last_hash", "last_step")


def last(desk: Desk, document: str) -> int:
    """Return the place of the last step on the record."""
    acts = [one.action for one in desk.movements(document)]
    return max(seq for seq, action in enumerate(acts, 1) if action != "skip")


def undo(desk: Desk, document: str, who: str, seq: int | None = None) -> str:
    undoing.undo(desk.id(who), document, seq or last(desk, document))
    return desk.state(document)


def row(desk: Desk, document: str) -> dict[str, object]:
    return {name: value for name, value in desk.row(document).items() if name not in LEFT_ALONE}


def why(desk: Desk, document: str, who: str, seq: int | None = None) -> str:
    """Return why a step is not taken back; nothing has changed then."""
    before = desk.fingerprint()
    with pytest.raises(NotReady) as refusal:
        undo(desk, document, who, seq)
    assert desk.fingerprint() == before
    (reason,) = refusal.value.reasons
    return str(reason)


@pytest.mark.parametrize(
    ("stage", "who", "action", "inputs"),
    [
        ("draft", "drafter", "submit", {"countersigners": BOTH}),
        ("unit_review", "unit_head", "approve", {}),
        ("countersign", "countersigner1", "countersign", {}),
        ("office_review", "clerk", "send_back", {"comment": "请核实。", "resume": "step"}),
        ("signing", "signatory", "ask_signer", {"signer": "deputy"}),
        ("signing", "signatory", "sign_with_correction", {"correction": "“按时”改为“如期”"}),
        ("checking", "clerk", "check", {}),
    ],
)
def test_the_document_stands_as_before_the_step(
    desk: Desk, stage: str, who: str, action: str, inputs: dict[str, object]
) -> None:
    document = desk.at(stage, BOTH)
    before, holders = row(desk, document), desk.holders(document)
    desk.take(document, who, action, **inputs)
    after = desk.state(document), desk.holders(document)
    assert undo(desk, document, who) == stage
    assert row(desk, document) == before
    assert sorted(desk.holders(document)) == sorted(holders)
    assert desk.findings() == []
    desk.take(document, who, action, **inputs)
    assert (desk.state(document), desk.holders(document)) == after


def test_a_sign_off_that_was_taken_back_can_be_given_again(desk_on_both: Desk) -> None:
    desk = desk_on_both
    document = desk.at("signing")
    before = row(desk, document)
    desk.take(document, "signatory", "sign")
    assert undo(desk, document, "signatory") == "signing"
    assert row(desk, document) == before
    assert desk.holders(document) == ["signatory"]
    assert desk.way(document)[-1] == ("undo", "checking", "signing")
    desk.bring(document, "issued")
    assert desk.findings() == []


def test_a_sign_off_taken_back_is_in_no_box_and_on_no_stage_of_the_way(desk: Desk) -> None:
    document = desk.at("signing")
    desk.take(document, "signatory", "sign", comment="同意。")
    undo(desk, document, "signatory", last(desk, document))
    with read_tx() as session:
        found = describe.describe(session, desk.person("signatory"), document)
        passages = describe.movements(session, found.document["id"])
        stops = {stop.stage: stop.status for stop in way(found, passages)}
    boxes = {box.stage: box.opinions for one in opinions.boxes(found, passages) for box in one.boxes}
    assert boxes["signing"] == []
    assert "签发" not in [one.act["zh"] for one in opinions.opinions(found, passages)]
    assert (stops["signing"], stops["checking"]) == ("now", "next")
    assert found.document["signatory_id"] is None
    assert [one.action for one in passages][-3:] == ["sign", "skip", "undo"]


def test_what_the_next_one_has_opened_is_not_taken_back(desk_on_both: Desk) -> None:
    desk = desk_on_both
    document = desk.at("signing")
    desk.take(document, "signatory", "sign")
    readers.opened(desk.person("signatory"), document)
    readers.opened(desk.person("clerk"), document)
    assert why(desk, document, "signatory", last(desk, document)) == (
        "Somebody who holds the document has already opened it"
    )


def test_after_another_acted_the_step_before_stays(desk: Desk) -> None:
    document = desk.at("office_review")
    assert "Only the last step" in why(desk, document, "drafter", 2)
    desk.take(document, "clerk", "send_back", comment="请核实。")
    seq = last(desk, document)
    desk.revise(document, "drafter", {**describe_content(desk, document), "note": "此件公开发布"})
    assert why(desk, document, "clerk", seq) == "Somebody has already acted on the document since"


def describe_content(desk: Desk, document: str) -> dict[str, object]:
    with read_tx() as session:
        return dict(describe.describe(session, desk.person("drafter"), document).content.to_dict())


def test_after_a_while_a_step_stays(desk: Desk) -> None:
    document = desk.at("unit_review")
    seq = last(desk, document)
    with clock.held_at(clock.now() + undoing.WITHIN + timedelta(seconds=1)):
        assert "within 10 minutes" in why(desk, document, "drafter", seq)
    assert undo(desk, document, "drafter") == "draft"


@pytest.mark.parametrize(
    ("stage", "action", "because"),
    [
        ("registration", "register", "A number was taken"),
        ("printing", "send_to_print", "The file for printing was made"),
        ("dispatch", "issue", "The document was issued"),
        ("issued", "archive", "The document was filed"),
        ("registration", "void", "its number is spent"),
    ],
)
def test_what_lasts_is_not_taken_back_and_says_why(desk: Desk, stage: str, action: str, because: str) -> None:
    document = desk.at(stage)
    who = desk.holders(document)[0]
    desk.take(document, who, action, comment="办。")
    assert because in why(desk, document, who)


def test_the_signature_of_another_agency_stays(desk: Desk) -> None:
    document = desk.at("co_signing", co_agencies=["示例工会", "示例团委"])
    for _ in range(2):
        desk.take(document, "clerk", "enter_co_signature", signatory="负责人")
    assert desk.state(document) == "checking"
    assert "Another agency's signature" in why(desk, document, "clerk")


def test_a_return_that_undid_a_sign_off_stays(desk: Desk) -> None:
    document = desk.at("checking")
    desk.send_back(document, "clerk", "signing")
    assert "made anew" in why(desk, document, "clerk")


def test_only_its_own_taker_takes_a_step_back(desk: Desk) -> None:
    document = desk.at("office_review")
    assert "by whoever took it" in why(desk, document, "drafter")
    with pytest.raises(NotFound):
        undo(desk, document, "archivist")


def test_whoever_has_left_the_post_takes_nothing_back(desk: Desk) -> None:
    desk.appoint("countersigner1", "office_clerk")
    document = desk.at("office_review")
    desk.take(document, "countersigner1", "approve")
    desk.dismiss("countersigner1", "office_clerk")
    with pytest.raises(NotAllowed):
        undo(desk, document, "countersigner1", last(desk, document))
    assert desk.state(document) == "signing"


def test_a_draft_begun_is_no_step_to_take_back(desk: Desk) -> None:
    document = desk.draft()
    with read_tx() as session:
        assert undoing.outlook(session, desk.person("drafter"), desk.row(document)) is None


def test_an_undone_step_is_taken_back_once(desk: Desk) -> None:
    document = desk.at("unit_review")
    seq, key = last(desk, document), "k" * 20
    for _ in range(2):
        undoing.undo(desk.id("drafter"), document, seq, once=Once(key))
    assert [one.action for one in desk.movements(document)] == ["draft", "submit", "undo"]
    assert "Only the last step" in why(desk, document, "drafter", seq)
