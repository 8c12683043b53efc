"""A meeting decides on frozen scores; what it says and the step that follows are one."""

import io
from datetime import timedelta
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.workflow.applications import campaign as rounds
from tests.workflow.applications.campaign import application
from tests.workflow.applications.walking import at
from tests.workflow.desk import Desk
from workflow import clock
from workflow.campaigns.finding import find
from workflow.deliberating import deciding, sheet, standing
from workflow.errors import ContentError, NotAllowed, NotReady
from workflow.installation import read_tx

MEETING = {"meeting": "主任会议", "held_on": clock.today().isoformat()}


def to_decide(desk: Desk) -> tuple[str, list[str]]:
    """Return a campaign with three at deliberation; the first two have the same total."""
    campaign = rounds.open_campaign(desk, methods=[], bodies=())
    ours = [at(desk, campaign, "deliberation", who) for who in ("unit1", "unit2", "unit3")]
    rounds.freeze(campaign)
    for document, rank, total in zip(ours, (1, 1, 3), (9000, 9000, 8050), strict=True):
        desk.execute(
            "UPDATE applications SET total = :total, rank = :rank, reckoning = :steps"
            " WHERE document_id = :document",
            total=total,
            rank=rank,
            steps='{"vetoes": [], "methods": [{"method": "material", "scaled": "26831/3"}]}',
            document=desk.row(document)["id"],
        )
    return campaign, ours


def record(desk: Desk, campaign: str, decisions: dict[str, str], **changes: Any) -> Any:
    said = {document: {"decision": word} for document, word in decisions.items()}
    given = MEETING | {"decisions": said, "reason": "按得分和名额。"} | changes
    return deciding.record(desk.id("clerk"), campaign, given)


def seen(desk: Desk, campaign: str, who: str = "clerk") -> standing.CategoryStanding:
    with read_tx() as session:
        (category,) = standing.standings(session, desk.person(who), find(session, campaign))
    return category


def test_what_a_meeting_decides_moves_each_application(desk_on_both: Desk) -> None:
    desk = desk_on_both
    campaign, (first, second, third) = to_decide(desk)
    outcome = record(desk, campaign, {first: "candidate", third: "declined"})
    assert (outcome.done, outcome.failed) == (2, ())
    assert [desk.state(one) for one in (first, second, third)] == [
        "public_notice",
        "deliberation",
        "declined",
    ]
    assert record(desk, campaign, {second: "candidate"}).done == 1
    rows = [application(one) for one in (first, second, third)]
    assert [row.decision for row in rows] == ["candidate", "candidate", "declined"]
    assert [row.decision_reason for row in rows] == ["", "", "按得分和名额。"]
    assert len({row.deliberation_id for row in rows}) == 1
    assert desk.movements(third)[-1].comment == "按得分和名额。"
    with read_tx() as session:
        assert [count for _, _, count in standing.meetings(session, find(session, campaign))] == [3]
    assert [one for one in desk.findings() if "frozen total" not in one] == []  # the totals are made up


def test_more_candidates_than_places_are_warned_of(desk: Desk) -> None:
    campaign, (first, second, third) = to_decide(desk)
    desk.execute("UPDATE campaign_categories SET places = 1")
    assert [one.place for one in seen(desk, campaign).standings] == ["split", "split", "beyond"]
    record(desk, campaign, {first: "candidate"})
    with pytest.raises(NotReady) as warned:
        record(desk, campaign, {second: "candidate", third: "declined"})
    assert warned.value.reasons[0].params == {"name": "文明单位", "places": "1", "count": "2"}
    assert desk.state(third) == "deliberation"
    assert record(desk, campaign, {second: "candidate"}, anyway="yes").done == 1


def test_incomplete_decisions_are_refused_and_nothing_before_scores_are_frozen(desk: Desk) -> None:
    campaign, (first, *_) = to_decide(desk)
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()
    for decisions, changes in (
        ({}, {}),
        ({first: "declined"}, {"reason": ""}),
        ({first: "revoke"}, {}),
        ({first: "candidate"}, {"meeting": ""}),
        ({first: "candidate"}, {"held_on": tomorrow}),
    ):
        with pytest.raises(ContentError):
            record(desk, campaign, decisions, **changes)
    desk.execute("UPDATE campaigns SET frozen_at = NULL")
    with pytest.raises(NotReady, match="not frozen"):
        record(desk, campaign, {first: "candidate"})
    assert desk.state(first) == "deliberation"
    with pytest.raises(NotAllowed):
        deciding.record(desk.id("deputy"), campaign, MEETING)


def test_a_recheck_says_what_becomes_of_the_title_and_all_go_on(desk: Desk) -> None:
    campaign, (first, second, third) = to_decide(desk)
    desk.execute("UPDATE campaigns SET kind = 'recheck'")
    words = {first: "keep", second: "warn", third: "revoke"}
    assert record(desk, campaign, words).done == 3
    assert [application(one).decision for one in words] == list(words.values())
    assert {desk.state(one) for one in words} == {"public_notice"}


def test_a_step_taken_elsewhere_keeps_the_decision_too(desk: Desk) -> None:
    _, (first, second, _) = to_decide(desk)
    desk.take(first, "clerk", "nominate")
    desk.take(second, "clerk", "decline", comment="材料不实。")
    rows = [application(one) for one in (first, second)]
    assert [(row.decision, row.decision_reason) for row in rows] == [
        ("candidate", ""),
        ("declined", "材料不实。"),
    ]


def test_the_sheet_is_written_for_the_printer_and_as_a_workbook_without_formulas(desk: Desk) -> None:
    campaign, _ = to_decide(desk)
    desk.execute("UPDATE units SET name = '=HYPERLINK(1)' WHERE name = '省示范学院'")
    with read_tx() as session:
        name, data = sheet.write_xlsx(session, desk.person("clerk"), campaign)
        docx, _ = sheet.write_docx(session, desk.person("deputy"), campaign)
        with pytest.raises(NotAllowed):
            sheet.write_docx(session, desk.person("expert1"), campaign)
    page = load_workbook(io.BytesIO(data)).active
    cells = [[cell.value for cell in row] for row in page.iter_rows(min_row=2)]
    assert [(row[1], row[2], row[4], row[5]) for row in cells] == [
        ("1", "省交通运输厅", "90", "材料 89.44"),
        ("1", "省农业农村厅", "90", "材料 89.44"),
        ("3", "=HYPERLINK(1)", "80.5", "材料 89.44"),
    ]
    assert {cell.data_type for cell in page["C"]} == {"s"}
    assert (name.endswith("审定表.xlsx"), docx.endswith("审定表.docx")) == (True, True)


def test_replies_are_on_the_sheet_for_those_alone_who_see_them(desk: Desk) -> None:
    campaign, (first, *_) = to_decide(desk)
    rounds.reply(desk, campaign)
    desk.execute(
        "INSERT INTO findings (consultation_id, document_id, text)"
        " SELECT id, :one, '有处罚记录。' FROM consultations",
        one=desk.row(first)["id"],
    )
    for who in ("clerk", "deputy"):
        assert seen(desk, campaign, who).standings[0].findings == (("省信用办", "有处罚记录。"),)
    rounds.assign(desk, first, "deputy", "site")
    assert seen(desk, campaign, "deputy").standings[0].findings == ()
