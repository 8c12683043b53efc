"""A conferral is a document like others; when it is issued, titles stand on its number, and fall with it."""

from datetime import date, timedelta
from typing import Any

import pytest

from docgen.sheet import Content
from tests.files import pdf_file
from tests.workflow.applications import campaign as rounds
from tests.workflow.applications.walking import at
from tests.workflow.conferring.round import (
    bring_in,
    conferral,
    drafted,
    kinds,
    states,
    titles,
    waiting,
)
from tests.workflow.desk import Desk
from tests.workflow.test_in_force import end, ending
from workflow import clock
from workflow.campaigns.finding import find
from workflow.conferring import concluding, drafting, listing, superior
from workflow.errors import ContentError, NotAllowed, NotReady
from workflow.installation import read_tx
from workflow.titles import events, following
from workflow.work import load_content

ANNEX = "\n".join(
    (
        "一、文明单位（2个）",
        "| 序号 | 单位名称 |",
        "| --- | --- |",
        "| 1 | 省交通运输厅 |",
        "| 2 | 省农业农村厅 |",
    )
)


def text(desk: Desk, document: str) -> Content:
    with read_tx() as session:
        row = desk.row(document)
        content: Content = load_content(session, row["id"], row["revision"])
        return content


def annex(desk: Desk, document: str) -> str:
    return text(desk, document).attachments[0].body


def finish(campaign: str) -> None:
    """Do the job that comes after the commit."""
    assert concluding.conclude(str(conferral(campaign).id), {}) is None


def test_titles_come_into_force_with_number_and_date_of_the_document_that_is_issued(
    desk_on_both: Desk,
) -> None:
    desk = desk_on_both
    campaign = rounds.open_campaign(desk)
    applications = [at(desk, campaign, "conferral", who) for who in ("unit1", "unit2")]
    document = drafted(desk, campaign, "drafter")
    assert annex(desk, document) == ANNEX
    with pytest.raises(NotReady):
        drafted(desk, campaign)  # the list stands in a document already
    desk.bring(document, "dispatch")
    assert titles(campaign) == []
    desk.bring(document, "issued")
    row = desk.row(document)
    found = titles(campaign)
    assert {(one.number, one.since, one.document_id, one.state) for one in found} == {
        (row["number"], row["dated"], row["id"], "valid")
    }
    assert [one.holder for one in found] == ["省交通运输厅", "省农业农村厅"]
    assert {(one.until, one.level, one.term) for one in found} == {(date(2028, 12, 31), "own", "2026—2028届")}
    assert len({one.certificate for one in found}) == 2
    assert [kinds(one) for one in found] == [["confer"], ["confer"]]
    assert row["number"].startswith("豫直文明委〔")
    assert [desk.state(one) for one in applications] == ["conferral", "conferral"]
    finish(campaign)
    finish(campaign)
    assert [desk.state(one) for one in applications] == ["conferred", "conferred"]
    assert desk.movements(applications[0])[-1].actor == "registrar"
    assert any("holds the title" in told for told in desk.told("unit1"))
    assert desk.findings() == []


def test_an_annex_that_is_no_longer_the_approved_list_is_refused_and_says_who_differs(desk: Desk) -> None:
    campaign, (first, _) = waiting(desk)
    document = drafted(desk, campaign)
    desk.bring(document, "registration")
    desk.take(first, "clerk", "fail", comment="异议成立。")
    with pytest.raises(NotReady) as refused:
        desk.take(document, "registrar", "register")
    assert [str(one) for one in refused.value.reasons] == [
        "The annex has what is not on the approved list: 省交通运输厅（文明单位）"
    ]
    assert not desk.offers(document, "registrar")["register"]


def test_the_present_list_is_put_into_the_draft_with_its_figures(desk: Desk) -> None:
    campaign, (first, _) = waiting(desk)
    with read_tx() as session:
        words = drafting.proposed(session, desk.person("clerk"), find(session, campaign))
    document = drafting.draft(desk.id("clerk"), campaign, words)
    assert "省交通运输厅等2个单位" in text(desk, document).body
    desk.take(first, "clerk", "fail", comment="异议成立。")
    with pytest.raises(NotReady):
        desk.take(document, "clerk", "submit", countersigners=[])
    assert drafting.renew(desk.id("clerk"), campaign) == document
    assert "| 1 | 省农业农村厅 |" in annex(desk, document)
    assert "决定命名省农业农村厅为文明单位" in text(desk, document).body
    desk.bring(document, "issued")
    assert [one.holder for one in titles(campaign)] == ["省农业农村厅"]


def test_what_is_voided_before_it_is_issued_confers_nothing_and_is_drafted_anew(desk: Desk) -> None:
    campaign, _ = waiting(desk)
    document = drafted(desk, campaign)
    desk.bring(document, "printing")
    desk.take(document, "registrar", "void", comment="批次有误。")
    assert conferral(campaign).dropped
    again = desk.bring(drafted(desk, campaign), "issued")
    assert {one.document_id for one in titles(campaign)} == {desk.row(again)["id"]}


def test_titles_fall_with_their_document_and_rise_when_that_is_undone(desk: Desk) -> None:
    campaign, _ = waiting(desk)
    document = desk.bring(drafted(desk, campaign), "issued")
    second = end(desk, document, "rescind", reason="程序有误")
    assert states(campaign) == ["revoked", "revoked"]
    third = end(desk, second, "rescind")
    assert states(campaign) == ["valid", "valid"]
    end(desk, third, "rescind")
    assert states(campaign) == ["revoked", "revoked"]
    assert kinds(titles(campaign)[0]) == ["confer", "void", "revive", "void"]


def test_titles_end_on_the_day_on_which_their_document_is_repealed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign, _ = waiting(desk)
    document = desk.bring(drafted(desk, campaign), "issued")
    day = clock.today() + timedelta(3)
    end(desk, document, "repeal", from_date=day.isoformat())
    following.end_due()
    assert states(campaign) == ["valid", "valid"]
    for module in (following, events):
        monkeypatch.setattr(module, "today", lambda: day)
    following.end_due()
    assert states(campaign) == ["terminated", "terminated"]


@pytest.mark.parametrize(
    ("attached", "found"),
    [
        pytest.param(ANNEX, ["valid", "valid"], id="all"),
        pytest.param(ANNEX.replace("省农业农村厅", "省示范学院"), ["valid", "revoked"], id="one"),
    ],
)
def test_titles_go_over_to_the_document_that_replaces_theirs_if_its_annex_names_them(
    desk: Desk, attached: str, found: list[str]
) -> None:
    campaign, _ = waiting(desk)
    document = desk.bring(drafted(desk, campaign), "issued")
    before = desk.row(document)["number"]
    later = desk.draft(
        "clerk", ends=[ending(desk, document, "replace")], attachments=[{"title": "名单", "body": attached}]
    )
    desk.bring(later, "issued")
    assert states(campaign) == found
    assert titles(campaign)[0].number == desk.row(later)["number"] != before
    end(desk, later, "rescind")
    assert states(campaign) == ["valid", "valid"]
    assert {one.number for one in titles(campaign)} == {before}


def test_what_a_higher_body_confers_comes_into_force_with_its_number(desk: Desk) -> None:
    campaign, (first, second) = waiting(desk, level="provincial", conferral_type="请示")
    document = drafted(desk, campaign, addressees="省文明办")
    given: dict[str, Any] = {
        "number": "豫文明〔2026〕5号",
        "title": "关于命名的决定",
        "dated": clock.today().isoformat(),
    }
    with pytest.raises(NotReady):
        superior.register(desk.id("clerk"), campaign, given)
    desk.bring(document, "signing")
    assert desk.holders(document) == ["signatory"]
    desk.bring(document, "issued")
    assert titles(campaign) == []
    with pytest.raises(ContentError):
        superior.register(desk.id("clerk"), campaign, given | {"refused": [second]})
    given |= {"refused": [second], "reasons": {second: "未获批准"}}
    scan = ("来文.pdf", pdf_file())
    assert superior.register(desk.id("clerk"), campaign, given, scan) == 1
    (title,) = titles(campaign)
    assert (title.number, title.level, title.document_id) == ("豫文明〔2026〕5号", "provincial", None)
    finish(campaign)
    assert [desk.state(one) for one in (first, second)] == ["conferred", "not_conferred"]
    assert desk.movements(second)[-1].comment == "未获批准"


@pytest.mark.parametrize("who", ["registrar", "signatory", "unit1", "expert1", "admin", "auditor"])
def test_nobody_else_drafts_a_conferral(desk: Desk, who: str) -> None:
    campaign, _ = waiting(desk)
    with pytest.raises(NotAllowed):
        drafted(desk, campaign, who)


def test_the_list_goes_by_category_and_by_the_offices_order_of_units(desk: Desk) -> None:
    campaign, _ = waiting(desk)
    bring_in(desk, campaign, "unit3", category="campus")
    document = drafted(desk, campaign, "drafter")
    body = annex(desk, document)
    assert listing.named(body) == [
        ("文明单位", "省交通运输厅"),
        ("文明单位", "省农业农村厅"),
        ("文明校园", "省示范学院"),
    ]
    assert "二、文明校园（1个）" in body


def test_what_is_changed_of_titles_behind_the_offices_back_is_found(desk: Desk) -> None:
    campaign = rounds.open_campaign(desk)
    at(desk, campaign, "conferral")
    document = desk.bring(drafted(desk, campaign), "issued")
    assert desk.findings() == []
    changes = {
        "UPDATE titles SET state = 'suspended'": "it is suspended, its events say valid",
        "UPDATE conferrals SET annex_sha256 = 'x'": "the annex is not the list that was approved",
        "UPDATE documents SET confers = NULL": "its document does not say that it confers",
    }
    for change, found in changes.items():
        assert found not in "\n".join(desk.findings())
        desk.execute(change)
        assert found in "\n".join(desk.findings())
    assert desk.state(document) == "issued"
