"""When an application may be begun and submitted: by the moment at which that is carried out."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.workflow.applications.campaign import application, complete, content, open_campaign
from tests.workflow.applications.walking import begin
from tests.workflow.desk import Desk
from tests.workflow.desk import at as moment
from workflow import clock, engine
from workflow.errors import NotReady

CLOSES = moment(2026, 3, 31, 18)
OPENS = moment(2026, 3, 1, 9)
FINISH = {"late_rule": "finish", "grace_minutes": 30}
_SECOND = timedelta(microseconds=1)


def campaign_of(desk: Desk, **changes: Any) -> str:
    hours = {"opens_at": clock.stamp(OPENS), "closes_at": clock.stamp(CLOSES)}
    return open_campaign(desk, **hours | {"announced_at": clock.stamp(OPENS)} | changes)


@pytest.mark.parametrize(
    ("rule", "begun", "submitted", "told"),
    [
        ({}, OPENS, CLOSES - _SECOND, ""),
        ({}, OPENS, CLOSES, "closed at 2026-03-31 18:00: what counts is when an act is carried out"),
        (FINISH, OPENS, CLOSES, ""),
        (FINISH, CLOSES - _SECOND, CLOSES + timedelta(minutes=30) - _SECOND, ""),
        (FINISH, OPENS, CLOSES + timedelta(minutes=30), "could be submitted until 2026-03-31 18:30"),
        (FINISH | {"grace_minutes": 0}, OPENS, CLOSES, "closed at 2026-03-31 18:00: what counts"),
    ],
)
def test_a_submission_counts_when_it_is_carried_out(
    desk: Desk, rule: dict[str, Any], begun: datetime, submitted: datetime, told: str
) -> None:
    with clock.held_at(begun):
        document = begin(desk, campaign_of(desk, **rule))
    with clock.held_at(submitted):
        if told:
            with pytest.raises(NotReady, match=told):
                desk.take(document, "unit1", "submit")
        else:
            assert desk.take(document, "unit1", "submit") == "recommendation"
    assert application(document).submitted_at == (None if told else clock.stamp(submitted))


@pytest.mark.parametrize(
    ("rule", "at", "told"),
    [
        ({}, OPENS - _SECOND, "accepts applications from 2026-03-01 09:00"),
        ({}, CLOSES, "closed at 2026-03-31 18:00"),
        (FINISH, CLOSES, "until 2026-03-31 18:30 it takes only what was begun before closing"),
    ],
)
def test_nothing_is_begun_outside_the_hours(
    desk: Desk, rule: dict[str, Any], at: datetime, told: str
) -> None:
    campaign = campaign_of(desk, **rule)
    with clock.held_at(at), pytest.raises(NotReady, match=told):
        begin(desk, campaign)
    assert desk.findings() == []


def test_what_came_in_before_the_hour_and_was_sent_back_may_come_again(desk: Desk) -> None:
    with clock.held_at(OPENS):
        document = begin(desk, campaign_of(desk))
        desk.take(document, "unit1", "submit")
    with clock.held_at(CLOSES + timedelta(days=1)):
        back = {"target": "draft", "resume": "jump", "comment": "请补充佐证。"}
        assert desk.take(document, "body1", "send_back", **back) == "draft"
        assert desk.take(document, "unit1", "submit") == "recommendation"
    assert application(document).submitted_at == clock.stamp(OPENS)


def test_a_unit_has_one_live_application_a_category(desk: Desk) -> None:
    campaign = open_campaign(desk)
    first = begin(desk, campaign)
    with pytest.raises(NotReady, match="for this category already: 省交通运输厅 申报 文明单位"):
        begin(desk, campaign)
    engine.draft(desk.id("unit1"), "application", content(campaign, "campus"))
    begin(desk, campaign, "unit2")
    begin(desk, open_campaign(desk))
    desk.take(first, "unit1", "abandon")
    assert desk.state(begin(desk, campaign)) == "draft"
    assert desk.findings() == []


def test_nobody_recommends_more_than_there_are_places(desk: Desk) -> None:
    campaign = open_campaign(desk, quotas={"body1": 1})
    first = begin(desk, campaign)
    data = complete(desk, campaign, category="campus")
    second = engine.draft(desk.id("unit1"), "application", data).document
    for document in (first, second):
        desk.take(document, "unit1", "submit")
    desk.take(first, "body1", "recommend")
    with pytest.raises(NotReady, match="All places"):
        desk.take(second, "body1", "recommend")
    desk.take(first, "unit1", "abandon")
    assert desk.take(second, "body1", "recommend") == "qualification"


def test_a_unit_that_nobody_recommends_goes_straight_to_the_office(desk: Desk) -> None:
    document = begin(desk, open_campaign(desk, methods=["material"], notice_days=0), "unit3")
    assert desk.take(document, "unit3", "submit") == "qualification"
    assert ("skip", "recommendation", "qualification") in desk.way(document)


def test_a_correction_is_due_at_the_end_of_a_working_day(desk: Desk) -> None:
    with clock.held_at(moment(2026, 3, 6)):  # a Friday
        document = begin(desk, campaign_of(desk, correction_days=2))
        desk.take(document, "unit1", "submit")
        desk.take(document, "body1", "recommend")
        desk.take(document, "clerk", "ask_amendment", comment="请补充佐证。")
    assert desk.told("unit1") == ["A correction is asked for: %(wanted)s"]
    with clock.held_at(moment(2026, 3, 10, 23)), pytest.raises(NotReady, match="until 2026-03-10 23:59"):
        desk.take(document, "clerk", "lapse")
    with clock.held_at(moment(2026, 3, 11, 9)):
        assert desk.take(document, "clerk", "lapse") == "lapsed"
    assert application(document).live is False
