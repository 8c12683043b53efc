"""Whatever is changed about an application behind the office's back is found."""

from tests.workflow.applications.campaign import open_campaign
from tests.workflow.applications.walking import at
from tests.workflow.desk import Desk

OF_THIS = "WHERE document_id = (SELECT id FROM documents WHERE public_id = :document)"


CHANGES = [
    (f"UPDATE applications SET live = FALSE {OF_THIS}", "it counts as over at qualification"),
    (f"UPDATE applications SET category = 'campus' {OF_THIS}", "another category's"),
    (f"UPDATE applications SET begun_at = '2020' {OF_THIS}", "its row says 2020"),
    (f"UPDATE applications SET submitted_at = '2020' {OF_THIS}", "came in at different times"),
    (f"UPDATE applications SET negative = 'safety' {OF_THIS}", "it failed on safety"),
    (f"UPDATE amendments SET wanted = '无' {OF_THIS}", "corrections that were asked for"),
    ("UPDATE documents SET type = 'campus' WHERE public_id = :document", "what its text does not say"),
    (f"DELETE FROM applications {OF_THIS}", "its own row is missing"),
]


def test_each_row_that_was_changed_is_found(desk: Desk) -> None:
    document = at(desk, open_campaign(desk), "amendment")
    desk.take(document, "unit1", "resubmit")
    assert desk.findings() == []
    for change, found in CHANGES:
        assert found not in "\n".join(desk.findings())
        desk.execute(change, document=document)
        assert found in "\n".join(desk.findings())
