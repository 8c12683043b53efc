"""Applications stand in no list of what is issued, and whoever acts for another has them with it."""

from tests.workflow.applications.campaign import open_campaign
from tests.workflow.applications.walking import at
from tests.workflow.desk import Desk
from workflow import counting, lists, retrieval, waiting
from workflow.installation import read_tx
from workflow.office.unfinished import open_work

NOBODYS = ("drafter", "unit_head", "admin", "unit2", "body2", "expert3")


def test_applications_stand_in_no_list_but_their_own(desk: Desk) -> None:
    campaign = open_campaign(desk)
    document = at(desk, campaign, "amendment")
    with read_tx() as session:
        for who in ("unit1", "body1", "clerk", "deputy", "archivist"):
            person = desk.person(who)
            assert set(counting.counts(session, person).values()) == {0}
            assert (waiting.tasks(session, person).items, lists.begun(session, person).items) == ([], [])
            assert (lists.to_read(session, person).items, lists.handled(session, person).items) == ([], [])
            assert lists.documents(session, person).items == []
            assert lists.documents(session, person, kind="notice").items == []
            own = lists.documents(session, person, kind="application").items
            assert [line["public_id"] for line in own] == [document]
            assert retrieval.retrieve(session, person, "申报").items == []
            assert sum(waiting.task_counts(session, person).values()) == 0
        for who in NOBODYS:
            assert lists.documents(session, desk.person(who), kind="application").items == []


def test_an_application_stays_with_its_unit_when_an_account_is_closed(desk: Desk) -> None:
    document = at(desk, open_campaign(desk), "qualification")
    with read_tx() as session:
        for who in ("unit1", "clerk"):
            lines = open_work(session, desk.person(who), desk.person("admin"))
            assert [line for line in lines if line.kind == "document"] == []
    assert desk.holders(document) == ["clerk"]
