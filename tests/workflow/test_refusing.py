"""Not to issue (不发): the signatory ends the document, and the sheet says why."""

import pytest

from tests.workflow.desk import Desk
from workflow import describe, opinions, undoing
from workflow.errors import NotAllowed, NotReady
from workflow.installation import read_tx
from workflow.path import way


def test_it_ends_the_document_with_the_reason_and_the_drafter_is_told(desk_on_both: Desk) -> None:
    desk = desk_on_both
    document = desk.at("signing")
    assert desk.take(document, "signatory", "refuse", comment="与上级部署重复。") == "terminated"
    assert desk.holders(document) == []
    assert desk.told("drafter")[-1] == "%(name)s decided not to issue it: %(reason)s"
    with read_tx() as session:
        found = describe.describe(session, desk.person("signatory"), document)
        passages = describe.movements(session, found.document["id"])
        stops = [(stop.stage, stop.status) for stop in way(found, passages)][-2:]
    boxes = {box.stage: box for row in opinions.boxes(found, passages) for box in row.boxes}
    (said,) = boxes["signing"].opinions
    assert (str(said.act), said.comment) == ("不发", "与上级部署重复。")
    assert stops == [("signing", "done"), ("terminated", "now")]
    assert found.actions == []
    assert desk.findings() == []


def test_a_number_that_it_has_is_void_with_the_reason(desk: Desk) -> None:
    document = desk.at("printing")
    desk.take(document, "registrar", "send_back", comment="请复审。")
    number = desk.row(document)["number"]
    desk.take(document, "signatory", "refuse", comment="不再需要。")
    assert desk.register()[-1] == (number, "void", "不再需要。")
    assert desk.findings() == []


@pytest.mark.parametrize(("who", "right"), [("signatory", True), ("drafter", False), ("deputy", False)])
def test_the_signatory_alone_decides_it_and_says_why(desk: Desk, who: str, right: bool) -> None:
    document = desk.at("signing")
    with pytest.raises(NotReady if right else NotAllowed):
        desk.take(document, who, "refuse", comment="" if right else "不宜行文。")
    assert desk.state(document) == "signing"


def test_it_is_not_taken_back(desk: Desk) -> None:
    document = desk.at("signing")
    desk.take(document, "signatory", "refuse", comment="不宜行文。")
    with pytest.raises(NotReady, match="ended the document"):
        undoing.undo(desk.id("signatory"), document, len(desk.movements(document)))
