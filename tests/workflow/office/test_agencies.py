"""Agencies, their names from day to day, and the bodies that documents go to."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from states.errors import NotAllowed
from tests.workflow.desk import Desk, at, content
from workflow import clock, engine, papers
from workflow.agencies import find_agency, name_of, particulars
from workflow.choices import choices
from workflow.errors import ContentError, NotFound
from workflow.installation import read_tx
from workflow.models import Agency, Correspondent, OfficeChange
from workflow.office import agencies, correspondents, overview
from workflow.work import load_content

PAPER = {"masthead": "省直文明办文件", "printed_by": "省直文明办综合处"}
LOOK = {
    **PAPER,
    "seal": "yes",
    "fonds": "Z109",
    "section": "BGS",
    "masthead_size_pt": "",
    "masthead_percent": "",
    "copy_to": "",
}
NEW = {
    **LOOK,
    "code": "gwb",
    "full": "省直机关工会工作办公室",
    "short": "省直工会办",
    "since": "2024-03-01",
    "agency_code": "豫直工办",
}
FORMER = "省直文明办"
RENAMED = {
    "full": "河南省省直机关文明建设办公室",
    "short": "省直文建办",
    "since": "2026-03-01",
    "masthead": "河南省省直机关文明建设办公室文件",
    "printed_by": "省直文建办",
}


def refused(given: dict[str, Any], verb: Any, *args: Any) -> dict[str, str]:
    with pytest.raises(ContentError) as refusal:
        verb(*args, given)
    return {problem.where: problem.message % problem.params for problem in refusal.value.problems}


def logged() -> list[tuple[str, str]]:
    with read_tx() as session:
        rows = session.scalars(select(OfficeChange).order_by(OfficeChange.id))
        return [(row.action, row.subject) for row in rows]


def agency(code: str) -> Agency:
    with read_tx() as session:
        return session.scalars(select(Agency).where(Agency.code == code)).one()


def test_an_agency_comes_with_its_name_and_a_series_that_numbers_all_types(desk_on_both: Desk) -> None:
    admin = desk_on_both.id("admin")
    assert agencies.add_agency(admin, NEW) == "gwb"
    with read_tx() as session:
        sheet = overview.agency_of_code(session, "gwb")
        assert (sheet.name.short, sheet.agency.position, sheet.number) == (
            "省直工会办",
            2,
            "豫直工办〔2026〕1号",
        )
        assert [(row["agency_code"], row["types"], row["start_at"]) for row in sheet.series] == [
            ("豫直工办", [], None)
        ]
        assert "省直工会办" in choices(session, desk_on_both.person("drafter")).agencies
    assert logged() == [("agency_added", "省直工会办")]


def test_all_that_is_wrong_with_an_agency_is_said_at_once(desk: Desk) -> None:
    wrong = NEW | {
        "code": "wmb",
        "full": "",
        "short": FORMER,
        "since": "yesterday",
        "agency_code": "豫直文明委",
        "masthead": "省直\n工会办",
        "masthead_size_pt": "9",
        "masthead_percent": "a",
        "fonds": "Z-109",
    }
    before = desk.fingerprint()
    found = refused(wrong, agencies.add_agency, desk.id("admin"))
    assert found == {
        "code": "There is an agency with the code wmb already.",
        "full": "This must not be empty.",
        "since": "This must be a date such as 2024-04-07.",
        "agency_code": "There is a series 豫直文明委 already.",
        "masthead": "This must be a single line.",
        "masthead_size_pt": "This must be a whole number from 20 to 62.",
        "masthead_percent": "This must be a whole number from 30 to 100.",
        "fonds": "A part of an archival code has letters and figures only.",
        "short": "河南省省直机关精神文明建设办公室 is called so already.",
    }
    assert desk.fingerprint() == before


@pytest.mark.parametrize("who", ["signatory", "clerk", "registrar", "auditor"])
def test_only_the_administrator_changes_the_office(desk: Desk, who: str) -> None:
    before = desk.fingerprint()
    for verb, args in (
        (agencies.add_agency, (NEW,)),
        (agencies.change_agency, ("wmb", LOOK)),
        (agencies.rename_agency, ("wmb", RENAMED)),
        (agencies.withdraw_name, ("wmb",)),
        (correspondents.add_correspondent, ({"name": "省总工会", "copies": "1"},)),
        (correspondents.remove_correspondent, (1,)),
    ):
        with pytest.raises(NotAllowed):
            verb(desk.id(who), *args)
    assert desk.fingerprint() == before


def test_what_an_agency_changes_reaches_its_next_paper_and_is_noted_once(desk: Desk) -> None:
    document = desk.at("signing")
    change = LOOK | {"masthead_size_pt": "38", "masthead_percent": "80", "copy_to": "省委宣传部。"}
    agencies.change_agency(desk.id("admin"), "wmb", change)
    agencies.change_agency(desk.id("admin"), "wmb", change)
    now = agency("wmb")
    assert (now.masthead_size_pt, now.masthead_percent, now.copy_to) == (38, 80, "省委宣传部")
    with read_tx() as session:
        shown = particulars(session, desk.row(document), now)
        assert (shown.masthead, shown.printed_by) == ("省直文明办文件", "省直文明办综合处")
        assert choices(session, desk.person("drafter")).copy_to[FORMER] == "省委宣传部"
        found = session.scalars(select(OfficeChange)).all()
    assert [(row.action, row.details["masthead_size_pt"]) for row in found] == [
        ("agency_changed", [None, 38])
    ]


def test_a_document_carries_the_name_and_the_masthead_of_the_day_of_its_sign_off(desk_on_both: Desk) -> None:
    desk = desk_on_both
    with clock.held_at(at(2026, 2, 27)):
        document = desk.at("checking")
        agencies.rename_agency(desk.id("admin"), "wmb", RENAMED)
        assert shown_on(desk, document) == (FORMER, "河南省省直机关精神文明建设办公室文件", FORMER)
    with clock.held_at(at(2026, 3, 2)):
        later = desk.at("checking", title="关于报送半年工作总结的通知")
        assert shown_on(desk, later) == ("省直文建办", RENAMED["masthead"], "省直文建办")
        # signed under the former name, printed under the new one
        assert shown_on(desk, document) == (FORMER, "河南省省直机关精神文明建设办公室文件", "省直文建办")
        desk.bring(document, "issued")
        with read_tx() as session:
            assert papers.preview_of(session, desk.row(document))
            assert name_of(session, 1, date(2026, 2, 28)).short == FORMER
            assert name_of(session, 1, date(1990, 1, 1)).short == FORMER
        assert desk.findings() == []


def shown_on(desk: Desk, document: str) -> tuple[str, str, str]:
    row = desk.row(document)
    with read_tx() as session:
        shown = particulars(session, row, session.get_one(Agency, row["agency_id"]))
    return shown.signature, shown.masthead, shown.printed_by


def test_a_text_begun_under_the_former_name_goes_on_under_the_new_one(desk: Desk) -> None:
    with clock.held_at(at(2026, 2, 27)):
        draft, signed = desk.draft(agency=FORMER), desk.at("checking", agency=FORMER)
        agencies.rename_agency(desk.id("admin"), "wmb", RENAMED)
    with clock.held_at(at(2026, 3, 2)):
        desk.revise(draft, "drafter", content(agency=FORMER, note="（此件公开发布）"))
        mended = content(agency=FORMER)
        mended["body"] = mended["body"].replace("认真总结", "认真地总结")
        # the former name is no change of substance: the text was signed under it
        assert desk.revise(signed, "clerk", mended, change="wording", reason="漏字") == "checking"
    with read_tx() as session:
        assert find_agency(session, FORMER, date(2026, 3, 2)) is not None
        kept = {n: agency_in(desk, n) for n in (draft, signed)}
    assert kept == {draft: "省直文建办", signed: FORMER}


def agency_in(desk: Desk, document: str) -> str:
    with read_tx() as session:
        row = desk.row(document)
        return load_content(session, row["id"], row["revision"]).agency


def test_names_follow_one_another_without_gap_or_overlap(desk: Desk) -> None:
    admin = desk.id("admin")
    agencies.rename_agency(admin, "wmb", RENAMED)
    corrected = RENAMED | {"full": "河南省省直机关文明建设工作办公室"}
    agencies.rename_agency(admin, "wmb", corrected)  # of the same day: a correction
    with read_tx() as session:
        names = overview.agency_of_code(session, "wmb").names
        assert [(name.short, name.since, name.until) for name in names] == [
            ("省直文建办", date(2026, 3, 1), None),
            (FORMER, date(2012, 7, 1), date(2026, 2, 28)),
        ]
        assert names[0].full == corrected["full"]
    early = refused(RENAMED | {"since": "2025-01-01"}, agencies.rename_agency, admin, "wmb")
    assert early == {"since": "The name 省直文建办 counts from 2026-03-01; a new one begins later."}
    same = refused(corrected | {"since": "2026-09-01"}, agencies.rename_agency, admin, "wmb")
    assert same == {"full": "The agency is called so already."}
    taken = refused(RENAMED | {"short": "省直文明委"}, agencies.rename_agency, admin, "wmb")
    assert taken == {"short": "河南省省直机关精神文明建设委员会 is called so already."}
    # what another was called before the day is free from that day on
    agencies.rename_agency(admin, "wmw", RENAMED | {"full": "某会", "short": FORMER, "since": "2026-03-01"})
    with pytest.raises(NotFound):
        agencies.rename_agency(admin, "nobody", RENAMED)


def test_a_name_is_taken_back_while_its_day_has_not_come(desk: Desk) -> None:
    admin = desk.id("admin")
    with clock.held_at(at(2026, 2, 27)):
        agencies.rename_agency(admin, "wmb", RENAMED)
        agencies.withdraw_name(admin, "wmb")
        with read_tx() as session:
            names = overview.agency_of_code(session, "wmb").names
            assert [(name.short, name.until) for name in names] == [(FORMER, None)]
        agencies.rename_agency(admin, "wmb", RENAMED)
    for day in (at(2026, 3, 1), at(2027, 1, 1)):
        with clock.held_at(day), pytest.raises(ContentError, match="day has not come"):
            agencies.withdraw_name(admin, "wmb")
    with pytest.raises(ContentError):
        agencies.withdraw_name(admin, "wmw")  # the only name it has


def test_a_change_of_masthead_after_a_new_name_leaves_the_former_one_alone(desk: Desk) -> None:
    admin = desk.id("admin")
    agencies.rename_agency(admin, "wmb", RENAMED)
    agencies.change_agency(admin, "wmb", LOOK)
    with read_tx() as session:
        assert name_of(session, 1, date(2026, 3, 1)).masthead == LOOK["masthead"]
        assert name_of(session, 1, date(2026, 2, 28)).masthead == "河南省省直机关精神文明建设办公室文件"


def test_bodies_that_documents_go_to_are_kept_with_their_copies(desk: Desk) -> None:
    admin = desk.id("admin")
    new = correspondents.add_correspondent(admin, {"name": "省总工会", "copies": "3"})
    correspondents.change_correspondent(admin, new, {"name": "省总工会", "copies": "5", "position": "0"})
    assert refused({"name": "省总工会", "copies": "0"}, correspondents.add_correspondent, admin) == {
        "name": "省总工会 is in the list already.",
        "copies": "This must be a whole number from 1 to 10000.",
    }
    assert "name" in refused({"name": "甲、乙", "copies": "1"}, correspondents.add_correspondent, admin)
    with read_tx() as session:
        listed = {row.name: row.copies for row in correspondents.listed(session)}
        assert listed["省总工会"] == 5
        assert "省总工会" in choices(session, desk.person("drafter")).correspondents
    correspondents.remove_correspondent(admin, new)
    with read_tx() as session:
        assert session.get(Correspondent, new) is None
    assert [action for action, _ in logged()] == [
        "correspondent_added",
        "correspondent_changed",
        "correspondent_removed",
    ]


def test_a_masthead_is_shown_as_wide_as_it_is_printed() -> None:
    fitted = overview.mark("河南省省直机关精神文明建设办公室文件", None, None)
    given = overview.mark("某市委文件", 36, 90)
    assert (given.size_pt, given.percent) == (36, 90)
    assert given.lines == (("某市委文件", pytest.approx(5 * 36 * 0.9)),)
    assert max(wide for _, wide in fitted.lines) <= fitted.area_pt


def test_a_draft_may_name_its_agency_by_code(desk: Desk) -> None:
    agencies.add_agency(desk.id("admin"), NEW)
    document = engine.draft(desk.id("drafter"), "notice", content(agency="gwb")).document
    assert agency_in(desk, document) == "省直工会办"
