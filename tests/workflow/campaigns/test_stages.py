"""A campaign shows how far its applications have come, and is concluded when they have come to their end."""

import pytest

from tests.workflow.applications import campaign as rounds
from tests.workflow.applications import walking
from tests.workflow.desk import Desk
from workflow import clock
from workflow.campaigns import announcing, overview
from workflow.errors import NotReady
from workflow.installation import read_tx


def shown(public_id: str) -> overview.Sheet:
    with read_tx() as session:
        return overview.sheet(session, public_id)


def test_applications_are_counted_by_stage_and_drafts_keep_nothing_from_its_end(desk: Desk) -> None:
    public_id = rounds.open_campaign(desk)
    document = walking.at(desk, public_id, "qualification")
    walking.begin(desk, public_id, "unit2")
    page = shown(public_id)
    assert [(one.stage, one.number, one.final) for one in page.counts] == [
        ("draft", 1, False),
        ("qualification", 1, False),
    ]
    with read_tx() as session:
        (line,) = overview.campaigns(session)
    assert (line.total, line.standing) == (1, "open")
    with clock.held_at(rounds.later(days=60)):
        with pytest.raises(NotReady) as refusal:
            announcing.conclude(desk.id("clerk"), public_id)
        assert str(refusal.value.reasons[0]) == "1 applications have not come to their end"
        desk.take(document, "unit1", "abandon")
        announcing.conclude(desk.id("clerk"), public_id)
    page = shown(public_id)
    assert [(one.stage, one.final) for one in page.counts] == [("draft", False), ("withdrawn", True)]
    assert page.standing == "concluded"
