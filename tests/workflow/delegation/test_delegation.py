"""What is delegated: whose desk it comes to, until when, and where it may not reach."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from tests.workflow.desk import BOTH, Desk, at, content
from workflow import clock, describe, lists, path, undoing, waiting
from workflow.delegation import listing
from workflow.delegation.end import end
from workflow.delegation.settle import follow_again, settle_due
from workflow.errors import ContentError, NotAllowed, NotFound, NotReady
from workflow.installation import read_tx
from workflow.models import Delegation, Task
from workflow.office.handover import close_account, hand_over

Delegate = Callable[..., int]

NOT_ON = "From %(since)s to %(until)s the acts of %(name)s are delegated here, and may not be delegated on."
AWAY = "From %(since)s to %(until)s they have delegated their own acts to %(name)s."
ONLY_THEIRS = "Only %(name)s can extend it to signing off."
APRIL = {"since": "2026-04-07", "until": "2026-04-09"}


def problems(desk: Desk, delegate: Delegate, *who: str, **how: Any) -> list[tuple[str, str]]:
    with pytest.raises(ContentError) as refusal:
        delegate(desk, *who, **how)
    return [(problem.where, problem.message) for problem in refusal.value.problems]


def refused(desk: Desk, document: str, who: str, action: str) -> list[str]:
    with pytest.raises(NotAllowed) as refusal:
        desk.take(document, who, action)
    return [reason.message for reason in refusal.value.reasons]


def test_complaint_it_comes_back_by_itself_without_redelegation_named_everywhere_never_over_an_own_draft(
    desk_on_both: Desk, delegate: Delegate
) -> None:
    desk = desk_on_both
    with clock.held_at(at(2026, 4, 7)):
        waits, own, later = desk.at("unit_review"), desk.draft("drafter"), desk.at("unit_review")
        mine = desk.at("unit_review")
        delegate(desk, "unit_head", "countersigner1", **APRIL)
        assert desk.holders(waits) == ["unit_head", "countersigner1"]
        assert desk.take(waits, "countersigner1", "approve", comment="同意。") == "office_review"
        assert desk.holders(waits) == ["clerk"]
        assert desk.take(own, "drafter", "submit", countersigners=[]) == "unit_review"
    with clock.held_at(at(2026, 4, 8)):
        assert problems(desk, delegate, "countersigner1", "archivist") == [("since", NOT_ON)]
    with clock.held_at(at(2026, 4, 9, 23)):
        assert desk.take(mine, "unit_head", "approve") == "office_review"
        assert desk.holders(mine) == ["clerk"]
    with clock.held_at(at(2026, 4, 10, 0)):
        assert desk.holders(later) == ["unit_head", "countersigner1"]  # nobody has looked yet
        assert refused(desk, later, "countersigner1", "approve") == [
            "What was delegated to you has come to an end, or does not cover this document"
        ]
        settle_due()
        assert desk.holders(later) == ["unit_head"]
        assert desk.told("unit_head") == [
            "Your delegation to %(name)s is over: %(count)s acts were taken for you. See the summary"
        ]
    moved = next(one for one in desk.movements(waits) if one.action == "approve")
    assert (moved.actor, moved.on_behalf_of) == ("countersigner1", "unit_head")
    assert {key: moved.details["delegated"][key] for key in ("for", "name", "post")} == {
        "for": "unit_head",
        "name": "部门负责人",
        "post": moved.details["delegated"]["post"],
    }
    assert desk.findings() == []


def test_complaint_nobody_acts_for_another_on_their_own_draft(desk: Desk, delegate: Delegate) -> None:
    document, sealed = desk.at("unit_review"), desk.at("office_review")
    delegate(desk, "unit_head", "drafter")
    delegate(desk, "clerk", "drafter")
    for one, holder in ((document, "unit_head"), (sealed, "clerk")):
        assert desk.holders(one) == [holder]
        assert refused(desk, one, "drafter", "approve") == [
            "Nobody acts for another on a document that they drafted themselves"
        ]


DAYS = [
    (at(2026, 4, 6, 23), False),
    (at(2026, 4, 7, 0), True),
    (at(2026, 4, 9, 23), True),
    (at(2026, 4, 10, 0), False),
]


@pytest.mark.parametrize(("moment", "counts"), DAYS, ids=lambda value: str(value))
def test_complaint_both_days_count_from_midnight_to_midnight_in_shanghai(
    desk: Desk, delegate: Delegate, moment: Any, counts: bool
) -> None:
    with clock.held_at(at(2026, 4, 5)):
        document = desk.at("unit_review")
        delegate(desk, "unit_head", "countersigner1", **APRIL)
        assert desk.holders(document) == ["unit_head"]
    with clock.held_at(moment):
        settle_due()
        assert desk.holders(document) == ["unit_head", *(["countersigner1"] if counts else [])]
        new = desk.at("unit_review")
        assert desk.holders(new) == desk.holders(document)


SCOPES = [({}, None, True), ({"urgencies": "urgent"}, None, False), ({"urgencies": "urgent"}, "加急", True)]


@pytest.mark.parametrize(("scope", "urgency", "covered"), SCOPES)
def test_complaint_only_what_the_scope_says_is_covered(
    desk: Desk, delegate: Delegate, scope: dict[str, Any], urgency: str | None, covered: bool
) -> None:
    delegate(desk, "unit_head", "countersigner1", **scope)
    document = desk.at("unit_review", urgency=urgency)
    assert desk.holders(document) == ["unit_head", *(["countersigner1"] if covered else [])]


def test_a_delegate_consents_for_whom_they_stand_and_for_themselves_apart(
    desk: Desk, delegate: Delegate
) -> None:
    delegate(desk, "countersigner1", "countersigner2")
    document = desk.at("countersign", countersigners=BOTH)
    assert desk.holders(document) == BOTH
    assert desk.take(document, "countersigner2", "countersign") == "countersign"  # their own right counts
    assert desk.movements(document)[-1].on_behalf_of is None
    assert desk.holders(document) == BOTH
    assert desk.take(document, "countersigner2", "countersign") == "office_review"
    signed = [one.on_behalf_of for one in desk.movements(document) if one.action == "countersign"]
    assert signed == [None, "countersigner1"]
    assert desk.findings() == []


def test_what_waits_goes_to_a_delegate_who_never_looked_and_the_consent_still_counts(
    desk: Desk, delegate: Delegate
) -> None:
    with clock.held_at(at(2026, 4, 6)):
        document = desk.at("countersign", countersigners=BOTH)
        delegate(desk, "countersigner1", "registrar", **APRIL)
    with clock.held_at(at(2026, 4, 7)):
        assert desk.holders(document) == BOTH  # the worker is late
        assert desk.take(document, "registrar", "countersign") == "countersign"
        assert desk.holders(document) == ["countersigner2"]
        assert desk.take(document, "countersigner2", "countersign") == "office_review"


SIGNING = [
    ("deputy", {}, {}, None),
    ("clerk", {"signing": "yes"}, {}, None),
    (
        "clerk",
        {},
        {},
        "The delegation does not extend to signing off, and you hold no post that may sign this",
    ),
    (
        "deputy",
        {"signing": "yes"},
        {"type": "请示", "title": "关于追加经费的请示", "copy_to": "", "addressees": "省委宣传部"},
        "The head of the office signs this document in person; its sign-off is not delegated",
    ),
]


@pytest.mark.parametrize(("to", "how", "of", "why"), SIGNING)
def test_signing_off_is_delegated_by_post_or_in_so_many_words_and_never_upwards(
    desk: Desk, delegate: Delegate, to: str, how: dict[str, Any], of: dict[str, Any], why: str | None
) -> None:
    delegate(desk, "signatory", to, **how)
    document = desk.at("signing", **of)
    assert desk.holders(document) == ["signatory", *([] if why else [to])]
    if why is not None:
        assert refused(desk, document, to, "sign") == [why]
        return
    desk.take(document, to, "sign")
    row = desk.row(document)
    assert row["signatory_id"] == desk.id(to)
    assert row["last_actor_id"] == desk.id("signatory")
    desk.bring(document, "issued")
    assert desk.findings() == []


REFUSED = [
    ({"since": "2026-04-09", "until": "2026-04-08"}, {}, "until", "The last day lies before the first."),
    ({"since": "2026-04-01", "until": "2026-04-06"}, {}, "until", "The last day is already over."),
    ({"since": "2026-04-07", "until": "2028-04-07"}, {}, "until", "A delegation lasts a year at most."),
    ({"kinds": []}, {}, "kinds", "Choose at least one kind of document."),
    ({}, {"by": "clerk"}, "reason", "Say why you delegate the acts of another."),
    (
        {"reason": "住院", "signing": "yes"},
        {"by": "admin"},
        "signing",
        "Only %(name)s can extend it to signing off.",
    ),
]


@pytest.mark.parametrize(("given", "by", "where", "why"), REFUSED)
def test_what_cannot_be_delegated_is_refused_with_the_field(
    desk: Desk, delegate: Delegate, given: dict[str, Any], by: dict[str, str], where: str, why: str
) -> None:
    with clock.held_at(at(2026, 4, 7)):
        assert problems(desk, delegate, "deputy", "archivist", **given, **by) == [(where, why)]


def test_all_problems_are_told_at_once_and_nobody_delegates_to_themselves_or_takes_what_is_anothers(
    desk: Desk, delegate: Delegate
) -> None:
    assert [where for where, _ in problems(desk, delegate, "deputy", "unit1", kinds=[])] == [
        "delegate",
        "kinds",
    ]
    assert ("delegate", "Acts are delegated to somebody else.") in problems(
        desk, delegate, "deputy", "deputy"
    )
    assert problems(desk, delegate, "deputy", "clerk", by="clerk", reason="外出") == [
        ("delegate", "Nobody takes another's acts upon themselves.")
    ]
    with pytest.raises(NotAllowed):
        delegate(desk, "deputy", "archivist", by="registrar", reason="外出")


def test_no_two_overlap_for_one_principal_and_scope_nor_go_to_somebody_who_is_away(
    desk_on_both: Desk, delegate: Delegate
) -> None:
    desk = desk_on_both
    with clock.held_at(at(2026, 4, 1)):
        first = delegate(desk, "deputy", "archivist", **APRIL)
        again = problems(desk, delegate, "deputy", "registrar", since="2026-04-09", until="2026-04-12")
        assert again == [("since", "From %(since)s to %(until)s it is delegated to %(name)s already.")]
        away = problems(desk, delegate, "signatory", "deputy", **APRIL)
        assert away == [
            ("delegate", "From %(since)s to %(until)s they have delegated their own acts to %(name)s.")
        ]
        assert delegate(desk, "deputy", "registrar", since="2026-04-10", until="2026-04-12") > first
        end(desk.id("archivist"), first)  # whoever was asked may give it back
        assert delegate(desk, "signatory", "deputy", **APRIL) > first


def test_it_is_ended_at_once_while_a_task_is_open_and_nobody_else_may_end_it(
    desk: Desk, delegate: Delegate
) -> None:
    document = desk.at("unit_review")
    given = delegate(desk, "unit_head", "countersigner1", by="admin", reason="住院")
    assert desk.holders(document) == ["unit_head", "countersigner1"]
    with pytest.raises(NotAllowed):
        end(desk.id("countersigner2"), given)
    with pytest.raises(NotFound):
        end(desk.id("unit1"), given)
    end(desk.id("unit_head"), given)
    assert desk.holders(document) == ["unit_head"]
    with pytest.raises(NotReady):
        end(desk.id("unit_head"), given)
    with pytest.raises(NotAllowed):
        desk.take(document, "countersigner1", "approve")


def test_a_closed_account_ends_what_was_delegated_to_it(desk: Desk, delegate: Delegate) -> None:
    document = desk.at("unit_review")
    given = delegate(desk, "unit_head", "archivist")
    assert desk.holders(document) == ["unit_head", "archivist"]
    close_account(desk.id("admin"), "archivist")
    assert desk.holders(document) == ["unit_head"]
    with read_tx() as session:
        assert session.get_one(Delegation, given).ended_by_id == desk.id("admin")


def test_what_is_handed_over_is_with_the_successor_s_delegate_too(desk: Desk, delegate: Delegate) -> None:
    document = desk.at("countersign", countersigners=["countersigner1"])
    delegate(desk, "archivist", "registrar")
    hand_over(desk.id("admin"), "countersigner1", "archivist", None, "轮岗。")
    assert desk.holders(document) == ["archivist", "registrar"]
    assert desk.take(document, "registrar", "countersign") == "office_review"
    assert desk.movements(document)[-1].on_behalf_of == "archivist"


def test_a_delegate_to_whom_the_principal_s_work_is_handed_over_has_it_once_and_as_their_own(
    desk: Desk, delegate: Delegate
) -> None:
    document = desk.at("countersign", countersigners=["countersigner1"])
    delegate(desk, "countersigner1", "deputy")
    assert desk.holders(document) == ["countersigner1", "deputy"]
    hand_over(desk.id("admin"), "countersigner1", "deputy", {f"document:{document}"}, "轮岗。")
    assert desk.holders(document) == ["deputy"]
    with read_tx() as session:
        theirs = select(Task.for_id).where(
            Task.document_id == desk.row(document)["id"], Task.closed_at.is_(None)
        )
        assert session.scalars(theirs).all() == [None]
    assert desk.take(document, "deputy", "countersign") == "office_review"
    assert desk.movements(document)[-1].on_behalf_of is None


def test_a_delegate_returns_it_for_the_principal_to_whom_it_comes_back(
    desk: Desk, delegate: Delegate
) -> None:
    document = desk.at("office_review")
    delegate(desk, "clerk", "archivist")
    assert desk.send_back(document, "archivist", "draft") == "draft"
    assert desk.holders(document) == ["drafter"]
    assert desk.take(document, "drafter", "submit") == "office_review"
    assert desk.holders(document) == ["clerk", "archivist"]


@pytest.mark.parametrize(("whose", "behalf"), [("clerk", "clerk"), ("", None)])
def test_a_step_is_taken_back_for_whom_it_was_taken(
    desk_on_both: Desk, delegate: Delegate, whose: str, behalf: str | None
) -> None:
    desk, who = desk_on_both, "archivist" if whose else "clerk"
    document = desk.at("office_review")
    delegate(desk, "clerk", "archivist")
    desk.take(document, who, "approve")
    undoing.undo(desk.id(who), document, desk.seq_of(document, "approve").seq)
    back = desk.movements(document)[-1]
    assert (back.action, back.actor, back.on_behalf_of) == ("undo", who, behalf)
    assert desk.holders(document) == ["clerk", "archivist"]
    assert desk.take(document, "clerk", "approve") == "signing"
    assert desk.findings() == []


def test_a_text_that_a_delegate_changes_says_for_whom(desk: Desk, delegate: Delegate) -> None:
    document = desk.at("office_review")
    delegate(desk, "clerk", "archivist")
    desk.revise(document, "archivist", content(title="关于报送年度总结的通知"))
    assert [(one.action, one.on_behalf_of) for one in desk.movements(document)][-1] == ("revise", "clerk")


def test_lists_way_and_summary_name_both(desk: Desk, delegate: Delegate) -> None:
    document = desk.at("unit_review")
    given = delegate(desk, "unit_head", "countersigner1")
    with read_tx() as session:
        who = desk.person("countersigner1")
        (task,) = waiting.tasks(session, who).items
        assert (task["for_name"], task["for_account"]) == ("部门负责人", "unit_head")
        found = describe.describe(session, who, document)
        now = next(s for s in path.way(found, desk.movements(document)) if s.status == "now")
        assert (now.names, now.delegates) == (("部门负责人",), ((who.name, "部门负责人"),))
        assert [one.id for one in listing.on_desk(session, who).acting] == [given]
    desk.take(document, "countersigner1", "approve", comment="同意。")
    end(desk.id("countersigner1"), given)
    with read_tx() as session:
        (line,) = lists.handled(session, who).items
        assert line["for_name"] == "部门负责人"
        head = desk.person("unit_head")
        assert [one.id for one in listing.on_desk(session, head).to_read] == [given]
        read = listing.summary(session, head, given)
        with pytest.raises(NotFound):
            listing.summary(session, desk.person("clerk"), given)
    assert [(act.public_id, act.action, act.comment) for act in read.acts] == [
        (document, "approve", "同意。")
    ]
    listing.mark_read(head, read)
    with read_tx() as session:
        assert listing.on_desk(session, head).to_read == []
    assert desk.told("unit_head") == []


def test_the_hourly_look_gives_a_delegate_what_slipped_by(desk: Desk, delegate: Delegate) -> None:
    document = desk.at("unit_review")
    delegate(desk, "unit_head", "countersigner1")
    desk.execute("DELETE FROM tasks WHERE for_id IS NOT NULL")
    follow_again()
    assert desk.holders(document) == ["unit_head", "countersigner1"]
    with read_tx() as session:
        theirs = select(Task.for_id).where(Task.user_id == desk.id("countersigner1"))
        assert session.scalars(theirs).all() == [desk.id("unit_head")]


FORGED = [
    "UPDATE delegations SET until = '2026-04-06', since = '2026-04-01'",
    "UPDATE delegations SET delegate_id = (SELECT id FROM users WHERE username = 'archivist')",
    "UPDATE delegations SET kinds = '[]'",
]


@pytest.mark.parametrize("forged", FORGED)
def test_verify_finds_an_act_that_no_delegation_bears_out(
    desk: Desk, delegate: Delegate, forged: str
) -> None:
    with clock.held_at(at(2026, 4, 7)):
        document = desk.at("unit_review")
        delegate(desk, "unit_head", "countersigner1", **APRIL)
        desk.take(document, "countersigner1", "approve")
    assert desk.findings() == []
    desk.execute(forged)
    assert [line for line in desk.findings() if "without a delegation" in line] != []
