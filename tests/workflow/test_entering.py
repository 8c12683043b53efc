"""The clerk enters what others said on paper or by telephone; it counts as theirs."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select

from tests.scans import scan
from tests.workflow.desk import BODY, BOTH, Desk, at, content
from workflow import answers, clock, engine, lists, making_good
from workflow.entering import Entered
from workflow.errors import KeyReused, NotAllowed, NotFound, NotReady
from workflow.installation import read_tx
from workflow.models import EnteredOpinion

PDF, PNG = scan(), scan("PNG")
PAPER = Entered("signatory", "paper", scan=PDF)


def oral(for_: str = "signatory", **changes: Any) -> Entered:
    return replace(Entered(for_, "oral", said_at=clock.now(), heard_by="文秘"), **changes)


def enter(
    desk: Desk, document: str, action: str, entered: Entered, *, by: str = "clerk", **inputs: Any
) -> str:
    version = desk.row(document)["version"]
    engine.advance(desk.id(by), document, action, version, inputs, entered=entered)
    return desk.state(document)


def refused(desk: Desk, document: str, action: str, entered: Entered, **how: Any) -> list[str]:
    """Return why something cannot be entered, and make sure that nothing happened."""
    stands = desk.row(document), desk.movements(document), open_ones(desk)
    with pytest.raises((NotReady, NotAllowed)) as refusal:
        enter(desk, document, action, entered, **how)
    assert (desk.row(document), desk.movements(document), open_ones(desk)) == stands
    return [reason.message for reason in refusal.value.reasons]


def test_a_sign_off_on_paper_counts_as_the_leaders_and_the_record_says_who_entered_it(
    desk_on_both: Desk,
) -> None:
    desk = desk_on_both
    document = desk.at("signing")
    assert enter(desk, document, "sign", PAPER, comment="同意，请按程序印发。") == "checking"
    row = desk.row(document)
    (last,) = [one for one in desk.movements(document) if one.action == "sign"]
    assert row["signatory_id"] == row["last_actor_id"] == desk.id("signatory")
    assert (last.actor, last.name, last.post) == ("clerk", "文秘", "办公室文秘")
    assert last.on_behalf_of == "signatory"
    entered = last.details["entered"]
    assert {key: entered[key] for key in ("for", "name", "post", "medium")} == {
        "for": "signatory",
        "name": "主任",
        "post": "主任",
        "medium": "paper",
    }
    assert len(entered["scan"]) == 64
    assert desk.told("signatory") == ["%(name)s entered your opinion from paper: %(act)s"]
    with read_tx() as session:
        handled = lists.handled(session, desk.person("signatory")).items
    assert [line["public_id"] for line in handled] == [document]
    assert desk.bring(document, "issued") == document
    assert desk.findings() == []


OPINIONS = [
    ("unit_head", "unit_review", "approve"),
    ("countersigner1", "countersign", "countersign"),
    ("countersigner2", "countersign", "countersign"),
    ("signatory", "signing", "ask_signer"),
    ("deputy", "signing", "sign"),
]


def test_every_opinion_can_come_in_by_word_of_mouth(desk: Desk) -> None:
    document = desk.draft()
    desk.take(document, "drafter", "submit", countersigners=BOTH)
    for for_, stage, action in OPINIONS:
        assert desk.bring(document, stage) == document
        enter(desk, document, action, oral(for_), **({"signer": "deputy"} if action == "ask_signer" else {}))
        assert [one.on_behalf_of for one in desk.movements(document) if one.action != "skip"][-1] == for_
    assert desk.row(document)["signatory_id"] == desk.id("deputy")
    assert desk.findings() == []


def test_all_reasons_are_told_at_once(desk: Desk) -> None:
    document = desk.at("signing")
    entered = Entered("signatory", "oral", heard_by="")
    assert refused(desk, document, "sign_with_correction", entered) == [
        "%(input)s is required",
        "Who heard it is required",
        "When it was said is required",
    ]


def test_what_was_signed_days_ago_is_dated_then(desk: Desk) -> None:
    with clock.held_at(at(2025, 12, 30)):
        signed, told = desk.at("signing"), desk.at("signing", title="关于第二件事的通知")
    with clock.held_at(at(2026, 1, 5)):
        enter(desk, signed, "sign", replace(PAPER, signed_on=date(2025, 12, 31)))
        enter(desk, told, "sign", oral(said_at=at(2026, 1, 4, 23)))
    assert desk.row(signed)["dated"] == date(2025, 12, 31)
    assert desk.row(told)["dated"] == date(2026, 1, 4)


def test_an_opinion_on_a_text_that_was_changed_since_is_refused(desk: Desk) -> None:
    with clock.held_at(at(2026, 4, 7, 10)):
        document = desk.at("signing")
    with clock.held_at(at(2026, 4, 7, 14)):
        desk.revise(document, "signatory", content(body=BODY.replace("总结", "小结")))
    with clock.held_at(at(2026, 4, 7, 15)):
        assert refused(desk, document, "sign", oral(said_at=at(2026, 4, 7, 13))) == [
            "It was said or signed before the document came there, or before its text was changed"
        ]
        assert enter(desk, document, "sign", oral(said_at=at(2026, 4, 7, 14))) == "checking"


def test_the_clerk_who_drafted_enters_its_sign_off_from_paper_only(desk: Desk) -> None:
    document = desk.bring(desk.draft("clerk"), "signing", countersigners=[])
    assert refused(desk, document, "sign", oral()) == [
        "You drafted this document: its sign-off can be entered only from the signed paper"
    ]
    assert enter(desk, document, "sign", PAPER) == "checking"


def test_a_correction_and_a_return_come_in_on_paper_too(desk: Desk) -> None:
    document = desk.at("signing")
    back = {"comment": "请核实第一段。", "target": "draft", "resume": "jump"}
    assert enter(desk, document, "send_back", PAPER, **back) == "draft"
    assert desk.take(document, "drafter", "submit") == "signing"
    assert desk.holders(document) == ["signatory"]
    assert enter(desk, document, "sign_with_correction", PAPER, correction="“现将”改为“兹将”") == "checking"
    assert desk.row(document)["correction"] == "“现将”改为“兹将”"
    assert desk.findings() == []


def test_one_of_two_countersigners_on_paper_leaves_the_other_to_speak(desk: Desk) -> None:
    document = desk.at("countersign", BOTH)
    assert enter(desk, document, "countersign", Entered("countersigner1", "paper", scan=PDF)) == "countersign"
    assert desk.holders(document) == ["countersigner2"]
    assert refused(desk, document, "countersign", Entered("countersigner1", "paper", scan="0" * 64)) == [
        "%(name)s does not have the document now"
    ]
    assert desk.take(document, "countersigner2", "countersign") == "office_review"


def test_a_stage_is_passed_over_when_the_leader_spoke_just_before_on_paper(desk: Desk) -> None:
    desk.appoint("clerk", "deputy")
    desk.dismiss("deputy", "deputy")
    desk.appoint("deputy", "office_clerk")
    desk.execute("DELETE FROM leaders_in_charge")
    document = desk.bring(desk.draft(urgency="加急"), "office_review", countersigners=[])
    assert enter(desk, document, "approve", Entered("clerk", "paper", scan=PDF), by="deputy") == "signing"
    skip = desk.movements(document)[-1]
    assert (skip.action, skip.actor, skip.on_behalf_of) == ("skip", "deputy", None)
    assert desk.findings() == []


def test_a_second_click_enters_nothing_twice(desk: Desk) -> None:
    document = desk.at("signing")
    version, once = desk.row(document)["version"], answers.Once("key-of-a-form-0123")
    for _ in range(2):
        engine.advance(desk.id("clerk"), document, "sign", version, {}, once=once, entered=PAPER)
    assert [one.action for one in desk.movements(document)].count("sign") == 1
    other = replace(PAPER, scan=PNG)
    with pytest.raises(KeyReused):
        engine.advance(desk.id("clerk"), document, "sign", version, {}, once=once, entered=other)


def entered_by_word(desk: Desk, stage: str = "checking") -> tuple[str, int]:
    document = desk.at("signing")
    enter(desk, document, "sign", oral())
    seq = desk.seq_of(document, "sign").seq
    desk.bring(document, stage)
    return document, seq


def open_ones(desk: Desk) -> int:
    with read_tx() as session:
        found = select(func.count()).where(EnteredOpinion.made_good_at.is_(None))
        return session.execute(found.select_from(EnteredOpinion)).scalar_one()


@pytest.mark.parametrize("stage", ["checking", "archived"])
def test_what_was_said_stays_open_until_it_is_made_good_and_blocks_nothing(desk: Desk, stage: str) -> None:
    document, seq = entered_by_word(desk, stage)
    assert (open_ones(desk), desk.findings()) == (1, [])
    before = desk.row(document)
    if stage == "checking":
        making_good.confirm(desk.id("signatory"), document, seq)
    else:
        making_good.add_sheet(desk.id("clerk"), document, seq, PNG)
    after = desk.row(document)
    assert (after["state"], after["version"]) == (stage, before["version"] + 1)
    assert after["last_action"] == before["last_action"]
    assert desk.movements(document)[-1].details["opinion"] == seq
    assert (open_ones(desk), desk.findings()) == (0, [])


def test_a_disputed_opinion_stays_open_and_those_concerned_are_told(desk: Desk) -> None:
    document, seq = entered_by_word(desk, "registration")
    making_good.dispute(desk.id("signatory"), document, seq, "我只说先放一放。")
    last = desk.movements(document)[-1]
    assert (last.action, last.actor, last.comment) == ("dispute_opinion", "signatory", "我只说先放一放。")
    words = "%(name)s says that what was entered for them is not what they said"
    assert desk.told("clerk")[-1:] == desk.told("registrar")[-1:] == [words]
    assert open_ones(desk) == 1
    assert desk.take(document, "registrar", "register") == "printing"
    making_good.confirm(desk.id("signatory"), document, seq)
    assert (open_ones(desk), desk.findings()) == (0, [])


@pytest.mark.parametrize(
    ("who", "verb", "why"),
    [
        ("clerk", "confirm", "Only the one for whom it was entered can say so"),
        ("deputy", "dispute", "Only the one for whom it was entered can say so"),
        ("signatory", "add_sheet", "Only the office clerk enters opinions for others"),
        ("registrar", "add_sheet", "Only the office clerk enters opinions for others"),
    ],
)
def test_who_makes_good(desk: Desk, who: str, verb: str, why: str) -> None:
    document, seq = entered_by_word(desk)
    more: dict[str, tuple[Any, ...]] = {"confirm": (), "dispute": ("不是",), "add_sheet": (PDF,)}
    before = desk.fingerprint()
    with pytest.raises(NotAllowed) as refusal:
        getattr(making_good, verb)(desk.id(who), document, seq, *more[verb])
    assert [reason.message for reason in refusal.value.reasons] == [why]
    assert desk.fingerprint() == before


def test_what_is_made_good_or_never_was_entered_is_refused(desk: Desk) -> None:
    document, seq = entered_by_word(desk)
    signatory = desk.id("signatory")
    with pytest.raises(NotReady, match="Say what is wrong with it"):
        making_good.dispute(signatory, document, seq, "  ")
    with pytest.raises(NotReady, match="none of these"):
        making_good.add_sheet(desk.id("clerk"), document, seq, b"GIF89a")
    once = answers.Once("key-of-a-form-4567")
    for _ in range(2):
        making_good.confirm(signatory, document, seq, once=once)
    for again in (making_good.confirm, lambda *where: making_good.dispute(*where, "不是")):
        with pytest.raises(NotReady, match="It is made good already"):
            again(signatory, document, seq)
    with pytest.raises(NotFound):
        making_good.confirm(signatory, document, 1)


def test_verify_finds_an_entered_opinion_that_is_not_what_the_record_says(desk: Desk) -> None:
    document, seq = entered_by_word(desk)
    found = f"document {document}: what is kept of the opinion entered by movement {seq} is not what it says"
    made_good = "UPDATE entered_opinions SET made_good_at = :at, made_good_how = :how"
    desk.execute(made_good, at=clock.stamp(), how="confirmed")
    assert desk.findings() == [found]
    desk.execute(made_good, at=None, how=None)
    assert desk.findings() == []
    desk.execute("UPDATE entered_opinions SET seq = seq - 1")
    assert desk.findings() == [
        found,
        f"document {document}: movement {seq - 1} enters no opinion for another",
    ]
