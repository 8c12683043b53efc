"""The title's lines are set while the text is written, and are no part of it."""

import pytest

from states.errors import NotAllowed
from tests.workflow.desk import Desk
from workflow import papers
from workflow.errors import ContentError, Stale
from workflow.installation import read_tx
from workflow.titling import proposed, set_title_lines

LINES = "关于报送年度\n工作总结的通知"


def test_a_drafts_lines_are_no_movement_and_no_content(desk_on_both: Desk) -> None:
    desk = desk_on_both
    document = desk.at("draft")
    before, moved = desk.row(document), len(desk.movements(document))
    set_title_lines(desk.id("drafter"), document, before["version"], LINES)
    after = desk.row(document)
    assert after["layout"] == {"title_lines": LINES.split("\n")}
    assert (after["content_sha256"], after["revision"]) == (before["content_sha256"], before["revision"])
    assert after["version"] == before["version"] + 1
    assert len(desk.movements(document)) == moved
    set_title_lines(desk.id("drafter"), document, after["version"], LINES.replace("\n", "\r\n"))
    assert desk.row(document)["version"] == after["version"]
    with read_tx() as session:
        shown = papers.preview_of(session, after)
        assert shown != papers.preview_of(session, {**after, "layout": None})
    set_title_lines(desk.id("drafter"), document, after["version"], "")
    assert desk.row(document)["layout"] is None
    assert desk.findings() == []


def test_lines_set_by_a_later_holder_are_a_movement(desk: Desk) -> None:
    document = desk.at("office_review")
    set_title_lines(desk.id("clerk"), document, desk.row(document)["version"], LINES)
    last = desk.movements(document)[-1]
    assert (last.action, last.source, last.dest) == ("set_layout", "office_review", "office_review")
    assert last.details == {"layout": {"title_lines": LINES.split("\n")}}
    assert desk.findings() == []


@pytest.mark.parametrize(("stage", "who"), [("office_review", "drafter"), ("checking", "clerk")])
def test_only_who_may_change_the_text_before_sign_off_sets_them(desk: Desk, stage: str, who: str) -> None:
    document = desk.at(stage)
    with pytest.raises(NotAllowed):
        set_title_lines(desk.id(who), document, desk.row(document)["version"], LINES)


def test_other_words_and_stale_pages_are_refused(desk: Desk) -> None:
    document = desk.at("draft")
    version = desk.row(document)["version"]
    with pytest.raises(ContentError) as refused:
        set_title_lines(desk.id("drafter"), document, version, "关于报送年度\n工作总结的报告")
    assert [one.where for one in refused.value.problems] == ["title_lines"]
    with pytest.raises(Stale):
        set_title_lines(desk.id("drafter"), document, version - 1, LINES)


def test_ways_to_break_a_title_are_proposed_the_usual_one_first() -> None:
    assert proposed(" 关于报送年度工作总结的通知\n")[:2] == ["关于报送年度工作总结的通知", LINES]
    assert proposed("") == proposed("长" * 201) == []
