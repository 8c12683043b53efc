"""Candidates are made public, objected to, verified, and confirmed or struck off: rows and state agree."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from tests.workflow.applications import campaign as rounds
from tests.workflow.applications.walking import at
from tests.workflow.desk import Desk
from tests.workflow.desk import at as moment
from workflow import clock
from workflow.campaigns.finding import find
from workflow.errors import ContentError, NotAllowed, NotFound, NotReady
from workflow.installation import read_tx
from workflow.public_notices import finding, objecting, publishing, verifying

GIVEN = {"title": "候选名单公示", "text": "现予公示。", "contact": "0371-60000001", "start": "today"}
SAID = {"name": "群众甲", "contact": "13800000000", "text": "该单位未按要求整改。"}
FIRST = moment(2026, 6, 3)  # a Wednesday: five working days end on Tuesday the 9th


@pytest.fixture(autouse=True)
def _in_june() -> Iterator[None]:
    with clock.held_at(FIRST):
        yield


def published(desk: Desk) -> tuple[str, str, str, str]:
    """Return a campaign, its notice, and the two candidates on it."""
    campaign = rounds.open_campaign(desk, methods=[], bodies=())
    rounds.freeze(campaign)
    ours = [at(desk, campaign, "public_notice", who) for who in ("unit2", "unit1")]
    notice = publishing.publish(desk.id("clerk"), campaign, GIVEN)
    return campaign, notice, ours[1], ours[0]


def object_to(notice: str, document: str, **changes: str) -> str:
    return objecting.object_on_page(notice, SAID | {"application": document} | changes)


def shown(notice: str) -> finding.Shown:
    with read_tx() as session:
        return finding.read(session, notice)


def standing(receipt: str) -> tuple[str, str]:
    with read_tx() as session:
        one = objecting.ask(session, receipt)
    return one.standing, one.answer


def answers(receipt: str, outcome: str, answer: str = "感谢监督，已核查。") -> dict[str, Any]:
    said = {"finding": "现场核对台账。", "answer": answer, "outcome": outcome}
    return {"comment": "经核查，结论如下。", "answers": {receipt: said}}


def test_the_list_is_grouped_and_ordered_and_its_days_are_counted(desk: Desk) -> None:
    _, notice, _, _ = published(desk)
    found = shown(notice)
    assert [(name, [line.unit for line in lines]) for name, lines in found.categories] == [
        ("文明单位", ["省交通运输厅", "省农业农村厅"])
    ]
    assert (found.day, found.notice.days, found.notice.last_day.isoformat()) == (1, 5, "2026-06-09")
    for days, seen in ((5, (4, False)), (6, (5, False)), (7, (5, True)), (36, (5, True))):
        with clock.held_at(FIRST + timedelta(days=days)):
            assert (shown(notice).day, shown(notice).over) == seen
    for days in (-1, 37):
        with clock.held_at(FIRST + timedelta(days=days)), pytest.raises(NotFound):
            shown(notice)


def test_what_is_on_a_list_is_not_listed_again_and_the_first_day_may_be_tomorrow(desk: Desk) -> None:
    campaign, _, _, _ = published(desk)
    clerk = desk.id("clerk")
    with pytest.raises(NotReady, match="No candidate waits"):
        publishing.publish(clerk, campaign, GIVEN)
    desk.execute("DELETE FROM public_notices")
    later = publishing.publish(clerk, campaign, GIVEN | {"start": "tomorrow"})
    with pytest.raises(NotFound):
        shown(later)
    with read_tx() as session:
        (upcoming,) = finding.of_campaign(session, find(session, campaign))
        assert finding.current(session) == []
    assert (upcoming.upcoming, upcoming.day) == (True, 0)
    desk.execute("DELETE FROM public_notices")
    with pytest.raises(ContentError) as wrong:
        publishing.publish(clerk, campaign, {})
    assert {one.where for one in wrong.value.problems} == {"title", "text", "contact", "start"}


def test_everybody_is_confirmed_after_the_last_day_but_for_open_objections(desk: Desk) -> None:
    campaign, notice, first, second = published(desk)
    clerk = desk.id("clerk")
    receipt = object_to(notice, first)
    assert publishing.confirm(clerk, campaign).done == 0
    with clock.held_at(FIRST + timedelta(days=7)):
        outcome = publishing.confirm(clerk, campaign)
        assert (outcome.done, [unit for unit, _ in outcome.failed]) == (1, ["省交通运输厅"])
        with pytest.raises(NotReady, match="time for objections"):
            object_to(notice, first)
        publishing.verify(clerk, campaign, first)
        assert standing(receipt) == ("verifying", "")
        verifying.conclude(clerk, campaign, first, answers(receipt, "unfounded"))
        assert standing(receipt) == ("unfounded", "感谢监督，已核查。")
        assert publishing.confirm(clerk, campaign).done == 1
    assert [desk.state(one) for one in (first, second)] == ["conferral", "conferral"]
    assert desk.findings() == []


def test_an_upheld_objection_strikes_off_and_the_list_says_so(desk_on_both: Desk) -> None:
    desk = desk_on_both
    campaign, notice, first, second = published(desk)
    clerk = desk.id("clerk")
    receipts = [object_to(notice, first), object_to(notice, first, text="另一件事。")]
    publishing.verify(clerk, campaign, first)
    given = answers(receipts[0], "upheld")
    with pytest.raises(ContentError):
        verifying.conclude(clerk, campaign, first, given)
    given["answers"] |= answers(receipts[1], "unfounded", "该项不属实。")["answers"]
    verifying.conclude(clerk, campaign, first, given)
    assert desk.state(first) == "struck_off"
    assert [standing(one)[0] for one in receipts] == ["upheld", "unfounded"]
    assert [(line.application, line.removed) for line in shown(notice).lines] == [
        (first, True),
        (second, False),
    ]
    assert [entry["application"] for entry in shown(notice).notice.listed] == [first, second]
    with pytest.raises(ContentError):
        object_to(notice, first, text="第三件事。")
    assert desk.movements(first)[-1].comment == "经核查，结论如下。"
    assert desk.findings() == []


def test_the_steps_alone_never_contradict_the_objections(desk: Desk) -> None:
    campaign, notice, first, _ = published(desk)
    receipt = object_to(notice, first)
    publishing.verify(desk.id("clerk"), campaign, first)
    for act in ("uphold", "strike_off"):
        with pytest.raises(NotReady, match="not answered"):
            desk.take(first, "clerk", act, comment="结论。")
    desk.execute("UPDATE objections SET finding = 'x', answer = 'x', outcome = 'upheld', answered_at = at")
    with pytest.raises(NotReady, match="proved right"):
        desk.take(first, "clerk", "uphold", comment="结论。")
    desk.execute("UPDATE objections SET outcome = 'unfounded'")
    with pytest.raises(NotReady, match="proved unfounded"):
        desk.take(first, "clerk", "strike_off", comment="结论。")
    desk.take(first, "clerk", "uphold", comment="结论。")
    with pytest.raises(NotReady, match="not being verified"):
        verifying.conclude(desk.id("clerk"), campaign, first, answers(receipt, "upheld"))


def test_objections_come_with_a_name_about_one_on_the_list_and_once(desk: Desk) -> None:
    campaign, notice, first, second = published(desk)
    for changes in ({"name": ""}, {"contact": ""}, {"text": "字" * 3001}, {"application": "unknown"}):
        with pytest.raises(ContentError):
            object_to(notice, changes.pop("application", first), **changes)
    assert object_to(notice, first) == object_to(notice, first)
    clerk = desk.id("clerk")
    letter = {"application": second, "channel": "letter"}
    receipt = objecting.enter(clerk, campaign, SAID | letter)
    for changes in ({"channel": "page"}, {"application": ""}):
        with pytest.raises(ContentError):
            objecting.enter(clerk, campaign, SAID | letter | changes)
    with read_tx() as session:
        found = find(session, campaign)
        seen = verifying.objections(session, desk.person("clerk"), found)
        looked_on = verifying.objections(session, desk.person("deputy"), found)
        assert [(one.row.channel, one.name) for one in seen] == [("page", "群众甲"), ("letter", "群众甲")]
        assert {(one.name, one.contact) for one in looked_on} == {("", "")}
        for who in ("unit1", "expert1", "drafter"):
            with pytest.raises(NotAllowed):
                verifying.objections(session, desk.person(who), found)
        answered = objecting.ask(session, f" {receipt.lower()} ")
        assert "群众甲" not in repr(answered)
        assert "13800000000" not in repr(answered)
        with pytest.raises(NotFound):
            objecting.ask(session, "AAAAA-AAAAA-AAAAA-AAAAA")


def test_only_the_clerk_acts(desk: Desk) -> None:
    campaign = rounds.open_campaign(desk)
    for who in ("unit1", "expert1", "deputy", "auditor"):
        actor = desk.id(who)
        for act, *more in (
            (publishing.publish, GIVEN),
            (publishing.confirm,),
            (publishing.verify, "x"),
            (objecting.enter, SAID),
            (verifying.conclude, "x", {}),
        ):
            with pytest.raises(NotAllowed):
                act(actor, campaign, *more)
