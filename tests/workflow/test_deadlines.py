"""A task is due when its stage says, in working time; what comes back is due anew."""

from datetime import datetime

import pytest

from tests.workflow.desk import Desk, at
from tests.workflow.test_calendar import CALENDAR, half_past
from workflow import clock, deadlines, lists, waiting
from workflow.calendar import Calendar
from workflow.holiday_lists import read_list
from workflow.installation import read_tx
from workflow.office import handover, working_calendar

MONDAY = at(2026, 11, 23)


def due(desk: Desk, document: str) -> set[datetime | None]:
    """Return when the open tasks of a document are due."""
    with read_tx() as session:
        held = lists.who_has(session, [desk.row(document)["id"]])
    return {clock.read(one["due_at"]) if one["due_at"] else None for one in next(iter(held.values()))}


@pytest.mark.parametrize(
    ("urgency", "expected"),
    [(None, at(2026, 11, 24)), ("加急", half_past(2026, 11, 23, 16)), ("特急", at(2026, 11, 23, 11))],
)
def test_a_task_is_due_by_the_urgency_of_its_document(
    desk: Desk, urgency: str | None, expected: datetime
) -> None:
    with clock.held_at(MONDAY):
        assert due(desk, desk.at("unit_review", urgency=urgency)) == {expected}


def test_drafts_and_what_waits_to_be_filed_have_no_deadline(desk_on_both: Desk) -> None:
    desk = desk_on_both
    with clock.held_at(MONDAY):
        assert due(desk, desk.draft()) == {None}
        document = desk.at("sealing", ["countersigner1", "countersigner2"])
        assert due(desk, document) == {at(2026, 11, 24)}
        assert due(desk, desk.bring(document, "issued")) == {None}


def test_complaint_what_comes_back_has_its_time_anew(desk: Desk) -> None:
    with clock.held_at(MONDAY):
        document = desk.at("signing")
    with clock.held_at(at(2026, 11, 25)):
        desk.send_back(document, "signatory", "unit_review")
        assert due(desk, document) == {at(2026, 11, 26)}
    with clock.held_at(at(2026, 11, 27)):
        desk.take(document, "unit_head", "approve")
        assert desk.state(document) == "signing"
        assert due(desk, document) == {at(2026, 12, 1)}


def test_what_is_handed_over_or_asked_of_another_keeps_its_due(desk: Desk) -> None:
    with clock.held_at(MONDAY):
        documents = [desk.at("signing"), desk.at("countersign", ["countersigner1"])]
        asked, handed = documents
    before = [due(desk, document) for document in documents]
    with clock.held_at(at(2026, 11, 24)):
        desk.take(asked, "signatory", "ask_signer", signer="deputy")
        handover.hand_over(desk.id("admin"), "countersigner1", "countersigner2", None, "调离")
    assert desk.holders(handed) == ["countersigner2"]
    assert [due(desk, document) for document in documents] == before


def test_complaint_a_list_that_comes_late_moves_what_is_open(desk_on_both: Desk) -> None:
    desk = desk_on_both
    with clock.held_at(at(2026, 12, 31)):
        document = desk.at("signing")
        assert due(desk, document) == {at(2027, 1, 4)}
        reading = read_list("2027-01-01,holiday,元旦\n2027-01-02,workday,元旦\n2027-01-04,holiday,元旦")
        assert working_calendar.load(desk.id("admin"), reading, "a test") == [2027]
        assert due(desk, document) == {at(2027, 1, 5)}
        assert due(desk, desk.at("signing")) == {at(2027, 1, 5)}


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (at(2026, 11, 23, 9), deadlines.Standing(False, 1, 8, True)),
        (half_past(2026, 11, 23, 16), deadlines.Standing(False, 0, 3, True)),
        (half_past(2026, 11, 24, 9), deadlines.Standing(False, 0, 0, True)),
        (half_past(2026, 11, 24, 10), deadlines.Standing(True, 0, 0, True)),
        (half_past(2026, 11, 25, 9), deadlines.Standing(True, 0, 6, True)),
        (at(2026, 11, 27, 18), deadlines.Standing(True, 3, 26, True)),
        (at(2027, 1, 4), deadlines.Standing(True, 29, 203, False)),
    ],
)
def test_how_a_due_time_stands_is_told_in_working_time(now: datetime, expected: deadlines.Standing) -> None:
    assert deadlines.standing(CALENDAR, clock.stamp(at(2026, 11, 24)), now) == expected


def test_without_any_list_a_due_time_is_marked_as_reckoned_by_ordinary_weeks() -> None:
    assert not deadlines.standing(Calendar(), clock.stamp(MONDAY), MONDAY).covered


def test_tasks_are_narrowed_to_what_is_overdue_or_due_today_and_sorted_by_due(desk: Desk) -> None:
    with clock.held_at(at(2026, 11, 20)):
        late = desk.at("unit_review", title="关于甲事项的通知")
    with clock.held_at(MONDAY):
        later = desk.at("unit_review", title="关于乙事项的通知")
        today = desk.at("unit_review", title="关于丙事项的通知", urgency="加急")
    with clock.held_at(at(2026, 11, 23, 11)), read_tx() as session:
        head = desk.person("unit_head")
        found = waiting.task_counts(session, head)
        listed = {
            key: [one["public_id"] for one in waiting.tasks(session, head, **how).items]
            for key, how in {
                "overdue": {"only": waiting.OVERDUE},
                "today": {"only": waiting.DUE_TODAY},
                "by due": {"order": waiting.BY_DUE},
            }.items()
        }
    assert (found[waiting.OVERDUE], found[waiting.DUE_TODAY]) == (1, 1)
    assert listed == {"overdue": [late], "today": [today], "by due": [late, today, later]}


@pytest.mark.parametrize(
    ("text", "row", "message"),
    [
        ("2027-02-30,holiday,春节", 1, "is no date"),
        ("date,kind,name\n2027-01-01,free,元旦", 2, "neither holiday nor workday"),
        ("2027-01-01,holiday,元旦\n\n2027-01-01,holiday,元旦", 3, "twice"),
        ("2027-01-05,workday,元旦", 1, "no Saturday or Sunday"),
        ("1027-01-01,holiday,元旦", 1, "is no date"),
        ("", 1, "has no days"),
        ("2027-01-01,holiday,a\u202eb", 1, "cannot be used"),
    ],
)
def test_what_is_wrong_with_a_list_is_told_by_its_row(text: str, row: int, message: str) -> None:
    (fault,) = read_list(text).faults
    assert fault.row == row
    assert message in fault.reason.message


def test_a_list_is_read_as_offices_write_it() -> None:
    reading = read_list("日期\t类别\t名称\n2027年1月1日\t放假\t元旦\n2027/1/2\t上班\t元旦\n")
    assert reading.faults == []
    assert [(str(one.day), one.worked, one.name) for one in reading.days] == [
        ("2027-01-01", False, "元旦"),
        ("2027-01-02", True, "元旦"),
    ]
