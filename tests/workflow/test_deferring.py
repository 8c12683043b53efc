"""Putting a document off: it stays where it is, nothing of it is due, and it comes back by itself."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from tests.workflow.desk import Desk, at
from workflow import clock, deferring, describe, opinions, undoing, waiting
from workflow.delegation.grant import grant
from workflow.delegation.settle import settle_due
from workflow.errors import NotAllowed, NotReady
from workflow.installation import read_tx
from workflow.models import Task
from workflow.urging import by_hand, ladder

TODAY = date(2026, 3, 2)  # a Monday
MORNING = at(2026, 3, 2)
DAY = "2026-03-10"


@pytest.fixture(autouse=True)
def still() -> Iterator[None]:
    with clock.held_at(MORNING):
        yield


def put_off(desk: Desk, document: str, who: str = "signatory", until: str = DAY) -> str:
    return desk.take(document, who, "defer", until=until, comment="等上级文件下发。")


def due(desk: Desk, document: str) -> list[str | None]:
    """Return when the open tasks of a document are due."""
    with read_tx() as session:
        of = select(Task.due_at).where(Task.document_id == desk.row(document)["id"], Task.closed_at.is_(None))
        return list(session.scalars(of.order_by(Task.id)))


def listed(desk: Desk, who: str, only: str = "", deferred: bool = False) -> list[str]:
    with read_tx() as session:
        page = waiting.tasks(session, desk.person(who), only=only, deferred=deferred)
    return [line["public_id"] for line in page.items]


def come_back(moment: datetime) -> int:
    with clock.held_at(moment):
        return deferring.come_back()


def test_it_stays_with_the_leader_and_nothing_of_it_is_due(desk_on_both: Desk) -> None:
    desk = desk_on_both
    document = desk.at("signing")
    assert due(desk, document) != [None]
    assert put_off(desk, document) == "signing"
    assert desk.holders(document) == ["signatory"]
    assert desk.row(document)["deferred_until"] == date(2026, 3, 10)
    assert due(desk, document) == [None]
    assert desk.movements(document)[-1].details == {"until": DAY}
    assert desk.told("drafter")[-1:] == desk.told("clerk")[-1:] == [deferring.PUT_OFF]
    assert desk.findings() == []


@pytest.mark.parametrize(
    ("until", "comment", "ready"),
    [
        ("2026-03-03", "等文件。", True),
        ("2026-03-02", "等文件。", False),
        ("2026-03-01", "等文件。", False),
        ("下周", "等文件。", False),
        ("2026-03-03", "", False),
        (None, "等文件。", True),
    ],
    ids=["tomorrow", "today", "yesterday", "no date", "no reason", "by default in a week"],
)
def test_a_reason_and_a_later_day_are_asked_for(
    desk: Desk, until: str | None, comment: str, ready: bool
) -> None:
    document = desk.at("signing")
    entered = {"comment": comment} | ({"until": until} if until else {})
    if ready:
        desk.take(document, "signatory", "defer", **entered)
        assert desk.row(document)["deferred_until"] == date.fromisoformat(until or "2026-03-09")
        return
    with pytest.raises(NotReady) as refusal:
        desk.take(document, "signatory", "defer", **entered)
    assert len(refusal.value.reasons) == 1
    assert desk.row(document)["deferred_until"] is None


@pytest.mark.parametrize(
    ("who", "allowed"), [("signatory", True), ("drafter", False), ("clerk", False), ("deputy", False)]
)
def test_only_who_holds_it_puts_it_off(desk: Desk, who: str, allowed: bool) -> None:
    document = desk.at("signing")
    assert desk.offers(document, who)["defer"] is allowed
    if not allowed:
        with pytest.raises(NotAllowed):
            put_off(desk, document, who)


def test_nobody_is_reminded_or_urged_while_it_is_put_off(desk: Desk) -> None:
    document = desk.at("signing", urgency="特急")
    put_off(desk, document)
    with clock.held_at(MORNING + timedelta(days=7)):
        assert ladder.climb() == 0
        with pytest.raises(NotReady, match="put off until"):
            by_hand.urge(desk.id("drafter"), document)


def test_it_is_listed_apart_from_what_waits(desk: Desk) -> None:
    document, other = desk.at("signing"), desk.at("signing")
    put_off(desk, document)
    assert listed(desk, "signatory") == [other]
    assert listed(desk, "signatory", waiting.DEFERRED) == [document]
    assert set(listed(desk, "signatory", deferred=True)) == {document, other}
    with read_tx() as session:
        found = waiting.task_counts(session, desk.person("signatory"))
    assert (found[""], found["signing"], found[waiting.DEFERRED]) == (1, 1, 1)


def test_on_the_day_it_comes_back_by_itself_with_its_time_anew(desk_on_both: Desk) -> None:
    desk = desk_on_both
    document = desk.at("signing")
    put_off(desk, document)
    before = desk.row(document)
    assert come_back(at(2026, 3, 9, 23)) == 0
    assert come_back(at(2026, 3, 10, 0)) == 1
    assert come_back(at(2026, 3, 10, 0)) == 0
    assert desk.row(document) == before | {"deferred_until": None}
    (due_at,) = due(desk, document)
    assert due_at is not None
    assert clock.read(due_at).date() > date(2026, 3, 10)
    assert desk.told("signatory")[-1] == desk.told("drafter")[-1] == deferring.CAME_BACK
    assert deferring.PUT_OFF not in desk.told("drafter")
    assert desk.take(document, "signatory", "sign") == "checking"
    assert desk.findings() == []


def test_it_is_taken_up_sooner_by_resuming(desk: Desk) -> None:
    document = desk.at("signing")
    put_off(desk, document)
    with clock.held_at(MORNING + timedelta(days=2)):
        assert desk.take(document, "signatory", "resume") == "signing"
        (due_at,) = due(desk, document)
    assert desk.row(document)["deferred_until"] is None
    assert due_at is not None
    assert clock.read(due_at) > MORNING + timedelta(days=3)
    assert desk.told("drafter")[-1] == deferring.TAKEN_UP
    assert come_back(at(2026, 3, 10)) == 0
    with pytest.raises(NotReady, match="not put off"):
        desk.take(document, "signatory", "resume")


@pytest.mark.parametrize(
    ("action", "inputs", "to"),
    [
        ("sign", {}, "checking"),
        ("sign_with_correction", {"correction": "“按时”改为“如期”"}, "checking"),
        ("send_back", {"comment": "请改。"}, "draft"),
        ("refuse", {"comment": "不宜行文。"}, "terminated"),
    ],
)
def test_whatever_takes_it_on_or_back_ends_that(
    desk: Desk, action: str, inputs: dict[str, str], to: str
) -> None:
    document = desk.at("signing")
    put_off(desk, document)
    assert desk.take(document, "signatory", action, **inputs) == to
    assert desk.row(document)["deferred_until"] is None
    if to != "terminated":
        assert due(desk, document) != [None] or to == "draft"
    assert deferring.PUT_OFF not in desk.told("drafter")
    assert come_back(at(2026, 3, 10)) == 0


def test_a_sign_off_taken_back_leaves_it_put_off(desk: Desk) -> None:
    document = desk.at("signing")
    put_off(desk, document)
    desk.take(document, "signatory", "sign")
    sign = [one.action for one in desk.movements(document)].index("sign")
    undoing.undo(desk.id("signatory"), document, sign + 1)
    assert (desk.state(document), due(desk, document)) == ("signing", [None])
    assert come_back(at(2026, 3, 10)) == 1
    assert due(desk, document) != [None]


def test_the_day_may_be_moved(desk: Desk) -> None:
    document = desk.at("signing")
    put_off(desk, document)
    put_off(desk, document, until="2026-04-01")
    assert come_back(at(2026, 3, 10)) == 0
    assert desk.told("drafter").count(deferring.PUT_OFF) == 1
    assert come_back(at(2026, 4, 1)) == 1


@pytest.mark.parametrize(
    ("stage", "who", "action", "inputs"),
    [
        ("signing", "signatory", "ask_signer", {"signer": "deputy"}),
        ("leader_review", "deputy", "add_signer", {"person": "archivist"}),
        ("leader_review", "deputy", "transfer", {"person": "signatory"}),
    ],
)
def test_it_is_handed_to_nobody_before_it_is_taken_up(
    desk: Desk, stage: str, who: str, action: str, inputs: dict[str, str]
) -> None:
    document = desk.at(stage, urgency="加急")
    put_off(desk, document, who)
    with pytest.raises(NotReady, match="take it up again first"):
        desk.take(document, who, action, comment="请办。", **inputs)


def test_while_an_opinion_is_awaited_it_is_not_put_off(desk: Desk) -> None:
    document = desk.at("leader_review", urgency="加急")
    desk.take(document, "deputy", "add_signer", person="archivist")
    with pytest.raises(NotReady, match="asked for an opinion first"):
        put_off(desk, document, "archivist")


def test_a_delegate_puts_it_off_for_the_leader_and_both_have_it_again(desk: Desk) -> None:
    document = desk.at("signing")
    given = {"delegate": "deputy", "since": "2026-03-02", "until": "2026-03-20", "kinds": ["notice"]}
    grant(desk.id("signatory"), given | {"signing": "yes"})
    settle_due()
    put_off(desk, document, "deputy")
    assert desk.movements(document)[-1].on_behalf_of == "signatory"
    assert due(desk, document) == [None, None]
    assert come_back(at(2026, 3, 10)) == 1
    assert None not in due(desk, document)
    assert desk.holders(document) == ["signatory", "deputy"]


def test_it_is_not_taken_back_and_stands_on_no_sheet(desk: Desk) -> None:
    document = desk.at("signing")
    put_off(desk, document)
    with pytest.raises(NotReady, match="take it up again instead"):
        undoing.undo(desk.id("signatory"), document, len(desk.movements(document)))
    desk.take(document, "signatory", "resume")
    with read_tx() as session:
        found = describe.describe(session, desk.person("signatory"), document)
        passages = describe.movements(session, found.document["id"])
    boxes = {box.stage: box for row in opinions.boxes(found, passages) for box in row.boxes}
    assert boxes["signing"].opinions == []
    assert [one.comment for one in opinions.opinions(found, passages)][-2] == "等上级文件下发。"
