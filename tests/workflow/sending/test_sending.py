"""Who gets how many copies is proposed from the distribution; who has signed is entered and never lost."""

from datetime import date, timedelta

import pytest

from tests.workflow.desk import Desk
from workflow.clock import today
from workflow.errors import NotAllowed, NotFound, NotReady
from workflow.installation import read_tx
from workflow.sending import receipts, recipients
from workflow.sending.receipts import Receipt

LIST = [("省直各单位", "96"), ("省委宣传部", "2")]


def shown(desk: Desk, document: str, who: str = "registrar") -> recipients.Sending:
    with read_tx() as session:
        return recipients.sending(session, desk.person(who), document)


def settled(desk: Desk, **changes: object) -> str:
    document = desk.at("dispatch", **changes)
    recipients.settle(desk.person("registrar"), document, LIST, today())
    return document


def test_a_line_a_body_is_proposed_with_the_copies_that_it_usually_takes(desk: Desk) -> None:
    found = shown(desk, desk.at("dispatch"))
    assert [(line.name, line.copies) for line in found.lines] == [("省直各单位", 96), ("省委宣传部", 2)]
    assert not found.settled
    assert found.total == found.copies == 98


def test_the_list_is_kept_in_its_order_and_can_be_changed(desk_on_both: Desk) -> None:
    desk = desk_on_both
    document = settled(desk)
    recipients.settle(desk.person("registrar"), document, [("省文明办", "3"), ("", "1"), *LIST[:1]], None)
    found = shown(desk, document)
    assert found.settled
    assert [(line.name, line.copies, line.sent_on) for line in found.lines] == [
        ("省文明办", 3, None),
        ("省直各单位", 96, today()),
    ]


def test_complaint_receipts_are_entered_many_at_once_and_those_who_have_not_signed_are_listed(
    desk_on_both: Desk,
) -> None:
    desk = desk_on_both
    document = settled(desk)
    first, second = shown(desk, document).lines
    assert first.id is not None
    given = [Receipt(first.id, today(), "收发室", "")]
    assert receipts.enter(desk.person("registrar"), document, given) == 1
    assert receipts.enter(desk.person("registrar"), document, given) == 0
    assert [line.name for line in shown(desk, document).outstanding] == [second.name]
    with read_tx() as session:
        (waiting,) = receipts.awaited(session, desk.person("registrar"))
    assert (waiting["recipients"], waiting["received"], waiting["sent_on"]) == (2, 1, today())
    assert second.id is not None
    receipts.enter(desk.person("registrar"), document, [Receipt(second.id, today(), "张某", "补送")])
    with read_tx() as session:
        assert receipts.awaited(session, desk.person("registrar")) == []


def test_a_receipt_can_be_taken_back_and_who_has_signed_stays_in_the_list(desk: Desk) -> None:
    document = settled(desk)
    first = shown(desk, document).lines[0]
    assert first.id is not None
    receipts.enter(desk.person("registrar"), document, [Receipt(first.id, today(), "收发室", "")])
    with pytest.raises(NotReady, match="has signed for it"):
        recipients.settle(desk.person("registrar"), document, LIST[1:], None)
    receipts.enter(desk.person("registrar"), document, [Receipt(first.id, None, "", "")])
    recipients.settle(desk.person("registrar"), document, LIST[1:], None)
    assert len(shown(desk, document).lines) == 1


@pytest.mark.parametrize(
    ("entered", "sent_on", "told"),
    [
        ([], None, ["The list is empty"]),
        ([("", "1")], None, ["The list is empty"]),
        ([("省委宣传部", "0")], None, ["%(name)s: how many copies?"]),
        ([("省委宣传部", "-2"), ("省文明办", "很多")], None, ["%(name)s: how many copies?"] * 2),
        ([("省委宣传部", "2"), ("省委宣传部", "3")], None, ["%(name)s stands in the list twice"]),
        ([("省\u202e委", "2")], None, ["The character %(code)s cannot be used."]),
        (LIST, timedelta(days=1), ["%(day)s is still to come"]),
        (LIST, timedelta(days=-1), ["%(day)s is before the document was printed (%(printed)s)"]),
    ],
)
def test_a_list_that_cannot_be_is_refused_with_every_reason(
    desk: Desk, entered: list[tuple[str, str]], sent_on: timedelta | None, told: list[str]
) -> None:
    document = desk.at("dispatch")
    day = today() + sent_on if sent_on else None
    with pytest.raises(NotReady) as refusal:
        recipients.settle(desk.person("registrar"), document, entered, day)
    assert len(refusal.value.reasons) == len(told)
    assert not shown(desk, document).settled


def test_a_receipt_that_cannot_be_changes_nothing(desk: Desk) -> None:
    document = settled(desk)
    first, second = shown(desk, document).lines
    assert first.id is not None
    assert second.id is not None
    wrong = [
        Receipt(first.id, today(), "收发室", ""),
        Receipt(second.id, date(2000, 1, 1), "", ""),
        Receipt(10**6, today(), "", ""),
    ]
    with pytest.raises(NotReady) as refusal:
        receipts.enter(desk.person("registrar"), document, wrong)
    assert len(refusal.value.reasons) == 2
    assert len(shown(desk, document).outstanding) == 2
    with pytest.raises(NotReady, match="on which day"):
        receipts.enter(desk.person("registrar"), document, [Receipt(first.id, None, "收发室", "")])


@pytest.mark.parametrize(
    ("who", "stage", "error"),
    [
        ("registrar", "dispatch", None),
        ("registrar", "printing", NotReady),
        ("clerk", "dispatch", NotAllowed),
        ("drafter", "dispatch", NotAllowed),
        ("unit1", "dispatch", NotFound),
        ("admin", "dispatch", NotFound),
    ],
)
def test_only_the_registrar_sends_and_only_what_is_printed(
    desk: Desk, who: str, stage: str, error: type[Exception] | None
) -> None:
    document = desk.at(stage)
    if error is None:
        recipients.settle(desk.person(who), document, LIST, None)
        assert shown(desk, document).settled
        return
    with pytest.raises(error):
        recipients.settle(desk.person(who), document, LIST, None)
