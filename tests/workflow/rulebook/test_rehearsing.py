"""A procedure is tried with the real office before anybody's document runs on it."""

import pytest

from tests.workflow.desk import BOTH, Desk
from workflow.errors import NotReady
from workflow.installation import here, read_tx, write_tx
from workflow.models import Appointment, Post
from workflow.rulebook.rehearsing import Halt, rehearse, sample_of
from workflow.rulebook.unheld import unheld


def halts(drafter: str = "drafter", **given: object) -> dict[str, Halt]:
    with read_tx() as session:
        sample = sample_of(session, drafter, **given)  # type: ignore[arg-type]
        return {halt.stage: halt for halt in rehearse(session, here().procedures["notice"], sample)}


def names(halt: Halt) -> list[str]:
    return [person.username for person in halt.holders]


def test_a_rehearsal_names_who_would_get_the_document_at_each_stage(desk: Desk) -> None:
    found = halts(countersigners=BOTH)
    assert list(found) == [stage.name for stage in here().procedures["notice"].line]
    assert names(found["draft"]) == ["drafter"]
    assert names(found["unit_review"]) == ["unit_head"]
    assert names(found["countersign"]) == BOTH
    assert names(found["signing"]) == ["signatory"]
    assert found["leader_review"].skipped is not None
    assert desk.findings() == []


def test_it_goes_the_way_that_the_document_would_really_go(desk: Desk) -> None:
    urgent = halts(urgency="特急", seal=False)
    assert names(urgent["leader_review"]) == ["deputy"]
    assert urgent["leader_review"].skipped is None
    assert urgent["sealing"].skipped is not None
    own = halts("unit_head")
    assert names(own["unit_review"]) == ["deputy"]
    document = desk.at("signing", urgency="特急")
    assert [stage for _, stage, _ in desk.way(document) if stage == "leader_review"] == ["leader_review"]


def test_every_name_that_is_unknown_is_told_at_once(desk: Desk) -> None:
    with pytest.raises(NotReady) as refusal:
        halts("nobody", agency="没有的机关", countersigners=["noone"])
    assert [reason.params["name"] for reason in refusal.value.reasons] == ["nobody", "noone", "没有的机关"]
    with pytest.raises(NotReady, match="belongs to no unit"):
        halts("admin")


def test_the_demonstration_office_can_act_at_every_stage(desk: Desk) -> None:
    with read_tx() as session:
        assert unheld(session, here().procedures["notice"]) == []


def test_a_stage_that_lost_its_only_holder_is_found_with_unit_and_types(desk: Desk) -> None:
    with write_tx() as session:
        post = session.query(Post).filter_by(code="registrar").one()
        for held in session.query(Appointment).filter_by(post_id=post.id):
            session.delete(held)
        post.stand_in_id = None
    with read_tx() as session:
        stops = unheld(session, here().procedures["notice"])
    assert {stop.stage for stop in stops} == {"registration", "printing", "sealing", "dispatch"}
    assert all("通知" in stop.types for stop in stops)
