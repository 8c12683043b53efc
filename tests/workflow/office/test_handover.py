"""Handing work over (工作交接): what a person leaves behind reaches the successor, who can act on it."""

import io
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import select

from tests.workflow.desk import BOTH, Desk
from workflow import clock, engine, lists, logins, making_good
from workflow.circulation import answering, sending
from workflow.circulation.readers import readers_of
from workflow.demonstration.office import PASSWORD
from workflow.entering import Entered
from workflow.errors import NotAllowed, NotFound, NotReady
from workflow.installation import read_tx, write_tx
from workflow.models import Appointment, LeaderInCharge, Post, Task, Unit
from workflow.office import handed, handover

REASON = "调离本处，工作由接替者办理。"


def hand_over(desk: Desk, leaver: str, successor: str, keys: Iterable[str] | None = None, **how: bool) -> int:
    chosen = None if keys is None else set(keys)
    return handover.hand_over(desk.id("admin"), leaver, successor, chosen, REASON, **how)


def sheet() -> bytes:
    """Return the picture of a signed sheet."""
    written = io.BytesIO()
    Image.new("L", (40, 20), 255).save(written, "PNG")
    return written.getvalue()


def lines(desk: Desk, who: str, reader: str = "admin") -> list[handover.Line]:
    with read_tx() as session:
        return handover.open_work(session, desk.person(who), desk.person(reader))


def documents(desk: Desk, who: str) -> dict[str, tuple[str, ...]]:
    """Return the documents that somebody would leave behind, with their places in each."""
    return {
        line.key.removeprefix("document:"): line.places
        for line in lines(desk, who)
        if line.kind == "document"
    }


def refused(act: Callable[..., object], *given: Any, **how: Any) -> str:
    with pytest.raises(NotReady) as refusal:
        act(*given, **how)
    return "\n".join(map(str, refusal.value.reasons))


def let_stand_in_and_lead(desk: Desk, who: str) -> None:
    with write_tx() as session:
        unit = session.scalars(select(Unit.id).where(Unit.name == "宣传处")).one()
        session.add(LeaderInCharge(unit_id=unit, user_id=desk.id(who)))
        session.scalars(select(Post).where(Post.code == "principal")).one().stand_in_id = desk.id(who)


def sign_by_telephone(desk: Desk, by: str) -> tuple[str, int]:
    """Let somebody enter the signatory's word; return the document and the movement that it is."""
    document = desk.at("signing")
    said = Entered("signatory", "oral", said_at=clock.now(), heard_by="综合处值班员")
    engine.advance(desk.id(by), document, "sign", desk.row(document)["version"], {}, entered=said)
    return document, desk.seq_of(document, "sign").seq


def test_sixteen_things_that_somebody_leaves_behind_reach_the_successor_who_can_act_on_each(
    desk_on_both: Desk,
) -> None:
    desk = desk_on_both
    desk.appoint("unit_head", "office_clerk")
    desk.appoint("unit_head", "deputy")
    let_stand_in_and_lead(desk, "unit_head")
    draft = desk.draft("unit_head")
    begun = desk.at("signing", who="unit_head")
    reviews = [desk.at("unit_review"), desk.at("unit_review", BOTH)]
    asked = desk.at("countersign", ["unit_head", "countersigner1"])
    to_come = desk.at("unit_review", ["unit_head"], who="countersigner2")
    check, signed = desk.at("office_review"), desk.at("checking")
    lent, returned = desk.at("signing"), desk.at("office_review")
    desk.take(lent, "signatory", "ask_signer", signer="unit_head")
    desk.send_back(returned, "unit_head", "draft")
    told, seq = sign_by_telephone(desk, "unit_head")
    desk.bring(told, "registration")
    left = {
        draft: ("drafter", "holder"),
        begun: ("drafter",),
        reviews[0]: ("holder",),
        reviews[1]: ("holder",),
        asked: ("countersigner", "holder"),
        to_come: ("countersigner",),
        check: ("holder",),
        signed: ("holder",),
        lent: ("signer", "holder"),
        returned: ("returner",),
        told: ("opinion",),
    }
    assert documents(desk, "unit_head") == left
    duties = [line.kind for line in lines(desk, "unit_head")][len(left) :]
    assert duties == ["post", "post", "post", "charge", "stand_in"]
    before = {one: (desk.row(one)["version"], desk.movements(one)) for one in left}
    browser, _ = logins.log_in("unit_head", PASSWORD, "browser")
    token, _ = logins.log_in("unit_head", PASSWORD, "token")

    hand_over(desk, "unit_head", "archivist", close=True)

    assert logins.who_is(browser, "browser") is logins.who_is(token, "token") is None
    assert documents(desk, "archivist") == left
    assert lines(desk, "unit_head") == []
    assert desk.findings() == []
    for document, (version, movements) in before.items():
        assert desk.row(document)["version"] == version + 1
        *kept, last = desk.movements(document)
        assert kept == movements
        assert (last.action, last.actor, last.comment) == ("hand_over", "admin", REASON)
        assert (last.details["from"], last.details["to"]) == ("unit_head", "archivist")
        assert (last.source, last.on_behalf_of) == (last.dest, None)
    assert len(desk.told("archivist")) == len(left)

    for document in (*reviews, check):
        assert desk.take(document, "archivist", "approve") != "unit_review"
    assert desk.take(draft, "archivist", "submit") == "unit_review"
    assert desk.take(asked, "archivist", "countersign") == "countersign"
    assert desk.take(to_come, "deputy", "approve") == "countersign"
    assert desk.take(to_come, "archivist", "countersign") != "countersign"
    assert desk.take(signed, "archivist", "check") == "registration"
    assert desk.take(lent, "archivist", "sign") == "checking"
    making_good.add_sheet(desk.id("archivist"), told, seq, sheet())
    desk.take(returned, "drafter", "submit")
    assert desk.holders(returned) == ["archivist"]
    assert desk.row(begun)["drafter_id"] == desk.id("archivist")
    assert desk.findings() == []


def test_without_a_post_the_successor_acts_on_what_was_handed_over_and_on_nothing_more(desk: Desk) -> None:
    """The registrar's own post stays vacant here: a colleague sees the documents through."""
    registered, other = desk.at("registration"), desk.at("printing")
    hand_over(desk, "registrar", "drafter", [f"document:{one}" for one in (registered, other)], close=True)
    desk.appoint("archivist", "registrar")
    assert desk.holders(registered) == desk.holders(other) == ["drafter"]
    assert desk.take(registered, "drafter", "register") == "printing"
    assert desk.holders(registered) == ["archivist"]
    assert desk.take(other, "drafter", "send_to_print") == "printing"
    assert desk.holders(other) == ["drafter", "archivist"]
    assert desk.take(other, "drafter", "finish_printing") == "sealing"
    assert desk.holders(other) == ["archivist"]
    assert desk.findings() == []


def test_a_line_goes_to_one_and_the_next_to_another(desk: Desk) -> None:
    first, second = desk.at("unit_review"), desk.at("unit_review")
    hand_over(desk, "unit_head", "countersigner1", [f"document:{first}"])
    hand_over(desk, "unit_head", "countersigner2", [f"document:{second}"])
    assert desk.holders(first) == ["countersigner1"]
    assert desk.holders(second) == ["countersigner2"]
    assert desk.take(second, "countersigner2", "approve") == "office_review"
    with pytest.raises((NotAllowed, NotFound)):
        desk.take(first, "countersigner2", "approve")
    assert documents(desk, "unit_head") == {}
    assert desk.person("unit_head").active
    with read_tx() as session:
        latest = handed.handovers(session)
    assert [(one.from_, one.to, one.by, one.reason, len(one.lines)) for one in latest] == [
        ("部门负责人", "会签人乙", "管理员", REASON, 1),
        ("部门负责人", "会签人甲", "管理员", REASON, 1),
    ]


def test_the_record_of_who_had_it_and_what_they_did_stays(desk: Desk) -> None:
    reviewed, waiting = desk.at("office_review"), desk.at("unit_review")
    before = desk.movements(reviewed)
    hand_over(desk, "unit_head", "archivist", close=True)
    assert desk.movements(reviewed) == before
    approved = next(one for one in before if one.source == "unit_review")
    assert (approved.name, approved.post, approved.actor) == ("部门负责人", "综合处负责人", "unit_head")
    with read_tx() as session:
        of_this = select(Task).filter_by(document_id=desk.row(waiting)["id"], stage="unit_review")
        found = {task.user_id: (task.outcome, task.handed_from_id) for task in session.scalars(of_this)}
    leaver, successor = desk.id("unit_head"), desk.id("archivist")
    assert found == {leaver: ("cancelled", None), successor: (None, leaver)}


def test_who_is_asked_as_head_of_a_unit_hands_over_one_document_and_is_not_asked_beside_the_successor(
    desk_on_both: Desk,
) -> None:
    desk = desk_on_both
    document = desk.draft()
    desk.take(document, "drafter", "submit", countersign_units=["创建处"])
    desk.bring(document, "countersign")
    assert desk.holders(document) == ["countersigner2"]
    hand_over(desk, "countersigner2", "archivist", [f"document:{document}"])
    assert desk.holders(document) == ["archivist"]
    assert desk.take(document, "archivist", "countersign") == "office_review"
    assert desk.findings() == []


def test_a_handed_draft_is_the_successor_s_and_stays_with_its_unit(desk: Desk) -> None:
    draft = desk.draft()
    unit = desk.row(draft)["unit_id"]
    hand_over(desk, "drafter", "archivist", [f"document:{draft}"])
    row = desk.row(draft)
    assert (row["drafter_id"], row["unit_id"]) == (desk.id("archivist"), unit)
    assert desk.take(draft, "archivist", "submit") == "unit_review"
    assert desk.holders(draft) == ["unit_head"]


def test_a_draft_that_goes_to_the_one_who_reviews_it_is_reviewed_by_another(desk: Desk) -> None:
    document = desk.at("unit_review")
    hand_over(desk, "drafter", "unit_head", [f"document:{document}"])
    assert desk.holders(document) == ["deputy"]
    with pytest.raises(NotAllowed):
        desk.take(document, "unit_head", "approve")
    assert desk.findings() == []


def reading(desk: Desk, document: str) -> list[tuple[str, str, bool]]:
    """Return to whom a document was passed, how far they are and whether an answer is awaited."""
    with read_tx() as session:
        known = readers_of(session, desk.row(document)["id"])
    return [(one.name, one.standing, one.wants_answer) for one in known]


def test_what_was_passed_to_somebody_waits_for_the_successor_and_for_who_has_it_only_once(
    desk_on_both: Desk,
) -> None:
    desk = desk_on_both
    passed, doubled, sent = (desk.at("office_review") for _ in range(3))
    for document, by, readers, wants in (
        (passed, "clerk", ["countersigner1"], True),
        (doubled, "clerk", ["countersigner1", "archivist"], False),
        (sent, "clerk", ["registrar"], True),
    ):
        sending.send(desk.id(by), document, readers, "请阅。", wants_answer=wants)
    before = desk.row(passed)
    assert documents(desk, "countersigner1") == {passed: ("reader",), doubled: ("reader",)}
    assert "still has work" in refused(lambda: handover.close_account(desk.id("admin"), "countersigner1"))
    hand_over(desk, "countersigner1", "archivist", close=True)
    assert reading(desk, passed) == [("会签人甲", "withdrawn", True), ("档案员", "unopened", True)]
    assert reading(desk, doubled) == [("会签人甲", "withdrawn", False), ("档案员", "unopened", False)]
    assert documents(desk, "archivist") == {passed: ("reader",), doubled: ("reader",)}
    moved = {name for name, value in desk.row(passed).items() if value != before[name]}
    assert moved == {"movements", "last_hash"}  # whoever decides on it need not begin again
    assert desk.told("archivist") == []  # a notice would let them see it for good
    with read_tx() as session:
        row = desk.row(passed)["id"]
        (theirs,) = [one.id for one in readers_of(session, row) if one.standing == "unopened"]
    answering.answer(desk.id("archivist"), passed, theirs, "同意。")
    assert desk.movements(passed)[-1].actor == "archivist"
    hand_over(desk, "registrar", "clerk", [f"document:{sent}"])
    assert reading(desk, sent) == [("登记员", "withdrawn", True)]  # nobody is asked by themselves
    assert desk.findings() == []


JUDGES = [
    # stage, leaver, successor, why not
    ("unit_review", "unit_head", "drafter", "drafted it and may not judge it"),
    ("unit_review", "countersigner1", "drafter", "drafted it and may not judge it"),
    ("signing", "signatory", "drafter", "drafted it and may not judge it"),
    ("checking", "drafter", "signatory", "signed it and cannot become its drafter"),
]


def test_nobody_comes_to_judge_their_own_draft_by_a_handover(desk: Desk) -> None:
    document = desk.draft()
    for stage, leaver, successor, why in JUDGES:
        desk.bring(document, stage, countersigners=["countersigner1"])
        before = desk.fingerprint()
        told = refused(hand_over, desk, leaver, successor, [f"document:{document}"])
        assert told == f"综合处 通知: {desk.person(successor).name} {why}"
        assert desk.fingerprint() == before


def test_who_has_consented_already_does_not_consent_for_another(desk: Desk) -> None:
    document = desk.at("countersign", BOTH)
    desk.take(document, "countersigner1", "countersign")
    told = refused(lambda: hand_over(desk, "countersigner2", "countersigner1", [f"document:{document}"]))
    assert "has already consented to it" in told
    hand_over(desk, "countersigner2", "archivist", [f"document:{document}"])
    assert desk.holders(document) == ["archivist"]
    assert desk.take(document, "archivist", "countersign") == "office_review"
    assert documents(desk, "countersigner1") == {}


def test_one_of_two_countersigners_takes_over_from_the_other_and_is_asked_once(desk: Desk) -> None:
    document = desk.at("unit_review", BOTH)
    hand_over(desk, "countersigner1", "countersigner2", [f"document:{document}"])
    assert desk.row(document)["countersigners"] == [desk.id("countersigner2")]
    desk.take(document, "unit_head", "approve")
    assert desk.take(document, "countersigner2", "countersign") == "office_review"


WRONG_HANDS = [
    ("unit_head", REASON, "Work is handed over to somebody else"),
    ("unit1", REASON, "There is nobody called 申报单位甲 in the office"),
    ("admin", REASON, "There is nobody called 管理员 in the office"),
    ("archivist", "  ", "A reason is required"),
    ("", REASON, "Choose a person"),
]


def test_work_goes_to_another_person_of_the_office_with_a_reason(desk: Desk) -> None:
    desk.at("unit_review")
    for successor, reason, why in WRONG_HANDS:
        given = (desk.id("admin"), "unit_head", successor, None, reason)
        assert refused(handover.hand_over, *given) == why
    desk.close_account("archivist")
    assert "nobody called 档案员" in refused(hand_over, desk, "unit_head", "archivist")


def test_all_reasons_are_told_at_once_and_nothing_is_handed_over(desk: Desk) -> None:
    fine = desk.at("unit_review", who="countersigner1")
    wrong = [desk.at("unit_review") for _ in range(2)]
    before = desk.fingerprint()
    keys = [f"document:{one}" for one in (fine, *wrong)]
    told = refused(lambda: hand_over(desk, "unit_head", "drafter", keys, close=True))
    assert "lines have changed meanwhile" in told
    told = refused(lambda: hand_over(desk, "unit_head", "drafter", keys[1:], close=True))
    assert told.count("drafted it and may not judge it") == 2
    assert desk.fingerprint() == before


def test_an_account_with_work_is_not_closed_before_all_of_it_is_handed_over(desk: Desk) -> None:
    first, second = desk.at("unit_review"), desk.at("unit_review")
    told = refused(lambda: handover.close_account(desk.id("admin"), "unit_head"))
    assert told.splitlines() == [
        "部门负责人 still has work; hand it over first",
        *["综合处 通知 at the stage 部门核稿"] * 2,
    ]
    assert "综合处 通知" in refused(
        lambda: hand_over(desk, "unit_head", "archivist", [f"document:{first}"], close=True)
    )
    assert desk.holders(first) == desk.holders(second) == ["unit_head"]
    hand_over(desk, "unit_head", "archivist", close=True)
    assert not desk.person("unit_head").active


def test_an_account_without_work_is_closed_with_its_posts_charges_and_standing_in(desk: Desk) -> None:
    let_stand_in_and_lead(desk, "archivist")
    handover.close_account(desk.id("admin"), "archivist")
    assert desk.person("archivist").posts == ()
    with read_tx() as session:
        who = desk.id("archivist")
        left = [
            session.scalars(select(model).where(column == who)).all()
            for model, column in (
                (Appointment, Appointment.user_id),
                (LeaderInCharge, LeaderInCharge.user_id),
                (Post, Post.stand_in_id),
            )
        ]
    assert left == [[], [], []]
    assert lines(desk, "archivist") == []


def test_handing_over_other_people_s_work_shows_nobody_their_documents(desk: Desk) -> None:
    desk.appoint("admin", "drafter")
    document = desk.at("unit_review")
    assert [line.title for line in lines(desk, "unit_head") if line.kind == "document"] == [""]
    assert lines(desk, "unit_head", reader="clerk")[0].title == desk.row(document)["title"]
    hand_over(desk, "unit_head", "archivist", [f"document:{document}"])
    with read_tx() as session:
        admin = desk.person("admin")
        assert lists.handled(session, admin).items == []
        assert lists.documents(session, admin).items == []


def test_only_the_administrator_hands_over_and_closes(desk: Desk) -> None:
    desk.at("unit_review")
    for who in ("unit_head", "signatory", "clerk", "auditor"):
        with pytest.raises(NotAllowed):
            handover.hand_over(desk.id(who), "unit_head", "archivist", None, REASON)
        with pytest.raises(NotAllowed):
            handover.close_account(desk.id(who), "archivist")
