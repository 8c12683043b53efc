"""Applications go with the posts of units and of the office, and with what is delegated."""

from tests.workflow.applications.campaign import open_campaign
from tests.workflow.applications.walking import at, begin
from tests.workflow.desk import Desk
from workflow import clock, describe
from workflow.delegation.grant import grant
from workflow.installation import read_tx, write_tx
from workflow.office.following import follow


def test_whoever_acts_for_the_clerk_sees_what_waits_for_the_clerk(desk: Desk) -> None:
    campaign = open_campaign(desk)
    today = clock.today().isoformat()
    grant(
        desk.id("clerk"),
        {
            "delegate": "drafter",
            "kinds": ["application"],
            "since": today,
            "until": today,
            "urgencies": "all",
            "reason": "出差",
        },
    )
    document = at(desk, campaign, "qualification")
    assert desk.holders(document) == ["clerk", "drafter"]
    with read_tx() as session:
        found = describe.describe(session, desk.person("drafter"), document, every_kind=True)
    assert {action.name for action in found.actions if action.allowed} == {"qualify", "ask_amendment"}
    assert desk.take(document, "drafter", "qualify") == "material_review"
    assert desk.movements(document)[-1].on_behalf_of == "clerk"
    assert desk.findings() == []


def test_an_account_that_joins_or_leaves_a_unit_takes_its_applications_along(desk: Desk) -> None:
    document = begin(desk, open_campaign(desk))
    desk.appoint("unit3", "applicant")  # the first such post is that of unit1's unit
    with write_tx() as session:
        follow(session, desk.id("unit3"), "applicant")
    assert desk.holders(document) == ["unit1", "unit3"]
    desk.dismiss("unit1", "applicant")
    with write_tx() as session:
        follow(session, desk.id("unit1"), "applicant")
    assert desk.holders(document) == ["unit3"]
    assert desk.take(document, "unit3", "submit") == "recommendation"


def test_an_application_without_an_account_in_its_body_comes_to_the_office(desk: Desk) -> None:
    campaign = open_campaign(desk)
    desk.dismiss("body1", "recommender")
    document = at(desk, campaign, "recommendation")
    assert desk.holders(document) == ["clerk"]
    assert desk.take(document, "clerk", "recommend", comment="主管部门纸质推荐。") == "qualification"
