"""Countersigning: all at once, in turn, any so many; asking one more, one less, handing on."""

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from states.errors import NotAllowed
from tests.workflow.desk import BOTH, Desk, mended
from workflow import describe, engine
from workflow.errors import NotReady, Stale
from workflow.installation import read_tx
from workflow.office import handover
from workflow.opinions import boxes, opinions
from workflow.path import Stop, way

THREE = [*BOTH, "archivist"]


def submitted(desk: Desk, people: list[str], **how: Any) -> str:
    return desk.bring(desk.draft(), "countersign", countersigners=people, **how)


def stop(desk: Desk, document: str, who: str = "clerk", stage: str = "countersign") -> Stop:
    with read_tx() as session:
        found = describe.describe(session, desk.person(who), document)
        stops = way(found, describe.movements(session, found.document["id"]))
    return next(one for one in stops if one.stage == stage)


def why(act: Callable[..., Any], *given: Any, **inputs: Any) -> list[str]:
    with pytest.raises((NotReady, NotAllowed)) as refusal:
        act(*given, **inputs)
    return [str(reason) for reason in refusal.value.reasons]


def test_in_turn_only_the_next_one_holds_it(desk_on_both: Desk) -> None:
    desk = desk_on_both
    document = submitted(desk, THREE, countersign_mode="serial")
    for who, following in zip(THREE, [*THREE[1:], None], strict=True):
        assert desk.holders(document) == [who]
        assert stop(desk, document).turn == (desk.person(who).name,)
        state = desk.take(document, who, "countersign")
        assert state == ("countersign" if following else "office_review")
    assert desk.findings() == []


def test_in_turn_nobody_speaks_before_their_turn(desk: Desk) -> None:
    document = submitted(desk, BOTH, countersign_mode="serial")
    desk.take(document, "countersigner1", "countersign")
    with pytest.raises(NotAllowed):
        desk.take(document, "countersigner1", "countersign")
    assert [desk.person(who).name for who in BOTH] == list(stop(desk, document).names)
    assert stop(desk, document).agreed == (desk.person("countersigner1").name,)


def test_enough_of_any_so_many_bring_it_on_and_the_others_are_asked_no_more(desk: Desk) -> None:
    document = submitted(desk, THREE, countersign_mode="any_n", countersign_needed=2)
    assert desk.holders(document) == THREE
    assert desk.take(document, "archivist", "countersign") == "countersign"
    assert (stop(desk, document).needed, len(stop(desk, document).agreed)) == (2, 1)
    assert desk.take(document, "countersigner2", "countersign") == "office_review"
    assert desk.holders(document) == ["clerk"]
    assert not desk.offers(document, "countersigner1").get("countersign")
    assert desk.findings() == []


def test_of_two_who_give_the_last_consent_at_once_exactly_one_brings_it_on(desk_on_both: Desk) -> None:
    desk = desk_on_both
    document = submitted(desk, THREE, countersign_mode="any_n", countersign_needed=2)
    desk.take(document, "archivist", "countersign")
    version, at_once = desk.row(document)["version"], threading.Barrier(2)

    def consent(who: int) -> str:
        at_once.wait(20)
        try:
            engine.advance(who, document, "countersign", version)
        except Stale:
            return "stale"
        return "done"

    with ThreadPoolExecutor(2) as pool:
        found = Counter(pool.map(consent, [desk.id(who) for who in BOTH]))
    assert found == {"done": 1, "stale": 1}
    assert desk.state(document) == "office_review"
    assert desk.holders(document) == ["clerk"]
    assert len([one for one in desk.way(document) if one[0] == "countersign"]) == 2
    assert desk.findings() == []


@pytest.mark.parametrize(
    ("people", "how", "reason"),
    [
        (BOTH, {"countersign_mode": "any_n"}, "Say how many of those chosen must agree"),
        (BOTH, {"countersign_mode": "any_n", "countersign_needed": 3}, "3 cannot agree where 2 are asked"),
        (BOTH, {"countersign_mode": "lottery"}, "会签方式 is not one of the choices"),
        ([], {"countersign_units": ["没有的处"]}, "There is no unit called 没有的处 in the office"),
        ([], {"countersign_units": ["省交通运输厅"]}, "There is no unit called 省交通运输厅 in the office"),
        ([], {"countersign_units": ["办公室"]}, "办公室 has no head who could be asked"),
    ],
)
def test_what_does_not_add_up_is_refused(desk: Desk, people: list[str], how: Any, reason: str) -> None:
    document = desk.draft()
    given = {"countersigners": people, **how}
    assert why(desk.take, document, "drafter", "submit", **given) == [reason]


def test_a_unit_is_asked_through_whoever_heads_it_when_the_document_comes(desk: Desk) -> None:
    document = desk.draft()
    desk.take(document, "drafter", "submit", countersign_units=["宣传处"], countersigners=["archivist"])
    desk.dismiss("countersigner1", "unit_head")
    desk.execute(
        "UPDATE posts SET stand_in_id = :who WHERE code = 'unit_head' AND title = '宣传处负责人'",
        who=desk.id("registrar"),
    )
    desk.take(document, "unit_head", "approve")
    assert desk.holders(document) == ["archivist", "registrar"]
    kept = next(one for one in desk.movements(document) if one.action == "submit").details
    assert kept["countersign_units"] == ["宣传处"]


def test_how_it_was_asked_is_proposed_again(desk: Desk) -> None:
    how = {"countersign_mode": "any_n", "countersign_needed": 1, "countersign_units": ["创建处"]}
    document = submitted(desk, ["countersigner1"], **how)
    desk.send_back(document, "countersigner2", "draft", "step")
    desk.take(document, "drafter", "submit")
    desk.take(document, "unit_head", "approve")
    assert desk.holders(document) == BOTH
    assert desk.take(document, "countersigner2", "countersign") == "office_review"


def test_the_other_countersigners_tasks_are_not_left_behind(desk: Desk) -> None:
    for how in ({}, {"countersign_mode": "serial"}, {"countersign_mode": "any_n", "countersign_needed": 2}):
        document = submitted(desk, THREE, **how)
        first, second = desk.holders(document)[0], "countersigner2"
        desk.take(document, first, "countersign")
        desk.send_back(document, second, "draft")
        assert desk.holders(document) == ["drafter"]
        assert stop(desk, document, "drafter", "draft").status == "now"
        desk.take(document, "drafter", "submit")
        assert "countersigner1" not in desk.holders(document)
        assert second in desk.holders(document)
    assert desk.findings() == []


def test_a_refusal_keeps_earlier_consents_as_given_on_an_older_version(desk: Desk) -> None:
    document = submitted(desk, BOTH)
    desk.take(document, "countersigner1", "countersign")
    desk.send_back(document, "countersigner2", "draft")
    desk.revise(document, "drafter", mended("按时", "如期"))
    with read_tx() as session:
        found = describe.describe(session, desk.person("drafter"), document)
        told = opinions(found, describe.movements(session, found.document["id"]))
    consent, refusal = told[-2:]
    assert (consent.name, consent.same_text) == (desk.person("countersigner1").name, False)
    assert (refusal.comment, refusal.direction) == ("请修改。", "back")


def test_whoever_is_asked_first_speaks_before_it_comes_back(desk: Desk) -> None:
    document = desk.at("office_review")
    asked = {"person": "archivist", "comment": "请核档案依据。"}
    assert desk.take(document, "clerk", "add_signer", **asked) == "office_review"
    assert desk.holders(document) == ["archivist"]
    assert desk.told("archivist") == ["%(name)s asks for your opinion on this document: %(reason)s"]
    with pytest.raises(NotAllowed) as refusal:
        desk.revise(document, "archivist", mended("按时", "如期"))
    assert "without changing the text" in str(refusal.value)
    assert desk.take(document, "archivist", "approve", comment="无误。") == "office_review"
    assert desk.holders(document) == ["clerk"]
    assert desk.take(document, "clerk", "approve") == "signing"
    with read_tx() as session:
        found = describe.describe(session, desk.person("clerk"), document)
        rows = boxes(found, describe.movements(session, found.document["id"]))
    said = [
        one.comment
        for row in rows
        for box in row.boxes
        if box.stage == "office_review"
        for one in box.opinions
    ]
    assert said == ["无误。", ""]
    assert desk.findings() == []


@pytest.mark.parametrize(
    ("when", "holders", "after"),
    [("before", ["countersigner2", "archivist"], BOTH), ("after", [*BOTH, "archivist"], None)],
)
def test_among_countersigners_one_more_stands_before_or_behind(
    desk: Desk, when: str, holders: list[str], after: list[str] | None
) -> None:
    document = submitted(desk, BOTH)
    desk.take(document, "countersigner1", "add_signer", person="archivist", when=when)
    assert desk.holders(document) == holders
    desk.take(document, "archivist", "countersign")
    assert sorted(desk.holders(document)) == BOTH
    desk.take(document, "countersigner1", "countersign")
    assert desk.take(document, "countersigner2", "countersign") == "office_review"
    assert desk.findings() == []


def test_in_turn_one_more_comes_right_before_or_behind(desk: Desk) -> None:
    document = submitted(desk, BOTH, countersign_mode="serial")
    desk.take(document, "countersigner1", "add_signer", person="archivist", when="after")
    desk.take(document, "countersigner1", "countersign")
    assert desk.holders(document) == ["archivist"]
    desk.take(document, "archivist", "add_signer", person="registrar", when="before")
    assert desk.holders(document) == ["registrar"]
    for who in ("registrar", "archivist"):
        desk.take(document, who, "countersign")
    assert desk.holders(document) == ["countersigner2"]


def test_who_was_asked_in_vain_is_taken_off_and_it_goes_on(desk: Desk) -> None:
    document = submitted(desk, BOTH)
    desk.take(document, "countersigner1", "countersign")
    off = {"person": "countersigner2", "comment": "出差未归。"}
    assert desk.take(document, "drafter", "remove_signer", **off) == "office_review"
    assert desk.holders(document) == ["clerk"]
    assert desk.way(document)[-2:] == [
        ("remove_signer", "countersign", "countersign"),
        ("skip", "countersign", "office_review"),
    ]
    assert desk.send_back(document, "clerk", "countersign") == "countersign"
    assert desk.holders(document) == ["countersigner1"]
    assert desk.findings() == []


def test_where_nobody_is_left_to_be_asked_it_goes_on(desk: Desk) -> None:
    document = submitted(desk, ["countersigner1"], countersign_units=["创建处"])
    for who, person in (("clerk", "countersigner1"), ("drafter", "countersigner2")):
        state = desk.take(document, who, "remove_signer", person=person, comment="不涉及。")
    assert state == "office_review"
    assert desk.movements(document)[-1].details["reason"] == "Nobody is left to be asked"
    assert desk.findings() == []


def test_who_asked_may_take_that_back_and_holds_it_again(desk: Desk) -> None:
    document = desk.at("office_review")
    desk.take(document, "clerk", "add_signer", person="archivist")
    desk.take(document, "clerk", "remove_signer", person="archivist", comment="已电话问明。")
    assert desk.holders(document) == ["clerk"]
    assert desk.take(document, "clerk", "approve") == "signing"


def test_who_added_somebody_takes_off_only_those(desk: Desk) -> None:
    document = submitted(desk, BOTH)
    desk.take(document, "countersigner1", "add_signer", person="archivist", when="after")
    off = {"action": "remove_signer", "comment": "不必了。"}
    told = why(desk.take, document, "countersigner1", person="countersigner2", **off)
    assert told == [f"{desk.person('countersigner2').name} was not added by you"]
    assert why(desk.take, document, "countersigner2", person="archivist", **off)[0].startswith("This step is")
    desk.take(document, "countersigner1", person="archivist", **off)
    assert desk.holders(document) == BOTH


def test_who_has_consented_stays_on_the_list(desk: Desk) -> None:
    document = submitted(desk, BOTH)
    desk.take(document, "countersigner1", "countersign")
    told = why(desk.take, document, "drafter", "remove_signer", person="countersigner1", comment="不必了。")
    assert "is not among those who are still to be asked" in told[0]


def test_a_task_is_handed_on_with_a_reason_and_never_back(desk: Desk) -> None:
    document = submitted(desk, BOTH)
    assert why(desk.take, document, "countersigner1", "transfer", person="archivist") == ["意见 is required"]
    desk.take(document, "countersigner1", "transfer", person="archivist", comment="请档案处办。")
    assert sorted(desk.holders(document)) == ["archivist", "countersigner2"]
    desk.take(document, "archivist", "transfer", person="registrar", comment="请登记员办。")
    for person, reason in {
        "archivist": "It came from {} in this round: send it back instead of handing it on",
        "countersigner1": "It came from {} in this round: send it back instead of handing it on",
        "countersigner2": "{} is asked at this stage already",
        "registrar": "{} has it already",
        "drafter": "{} drafted it and may not judge it",
    }.items():
        told = why(desk.take, document, "registrar", "transfer", person=person, comment="请办。")
        assert told == [reason.format(desk.person(person).name)]
    moved = next(one for one in desk.movements(document) if one.action == "transfer")
    assert (moved.name, moved.comment) == (desk.person("countersigner1").name, "请档案处办。")
    assert moved.details == {"person": ["archivist"], "whom": desk.person("archivist").name}
    desk.take(document, "registrar", "countersign")
    assert desk.take(document, "countersigner2", "countersign") == "office_review"
    assert desk.findings() == []


def test_other_stages_are_handed_only_to_those_who_may_hold_them(desk: Desk) -> None:
    document = desk.at("unit_review")
    told = why(desk.take, document, "unit_head", "transfer", person="archivist", comment="请办。")
    assert told == [f"{desk.person('archivist').name} may not act at this stage"]
    desk.take(document, "unit_head", "transfer", person="deputy", comment="请分管领导核。")
    assert desk.holders(document) == ["deputy"]
    desk.send_back(document, "deputy", "draft")
    desk.take(document, "drafter", "submit")
    assert desk.holders(document) == ["deputy"]
    assert desk.take(document, "deputy", "approve") == "office_review"


def test_who_took_over_keeps_it_when_the_giver_leaves(desk: Desk) -> None:
    document = submitted(desk, ["countersigner1"])
    desk.take(document, "countersigner1", "transfer", person="archivist", comment="请办。")
    desk.close_account("countersigner1")
    assert desk.take(document, "archivist", "countersign") == "office_review"


def test_one_who_was_added_and_left_is_not_waited_for(desk: Desk) -> None:
    document = submitted(desk, BOTH)
    desk.take(document, "countersigner1", "add_signer", person="archivist", when="after")
    desk.close_account("archivist")
    desk.take(document, "countersigner1", "countersign")
    assert desk.take(document, "countersigner2", "countersign") == "office_review"


def test_whoever_takes_the_work_of_one_who_was_asked_first_is_asked_in_their_place(desk: Desk) -> None:
    document = desk.at("office_review")
    desk.take(document, "clerk", "add_signer", person="archivist")
    handover.hand_over(desk.id("admin"), "archivist", "deputy", None, "调离")
    assert desk.holders(document) == ["deputy"]
    assert desk.take(document, "deputy", "approve") == "office_review"
    assert desk.holders(document) == ["clerk"]
    assert desk.findings() == []
