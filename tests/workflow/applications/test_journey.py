"""An application walks through every stage, and out of its way at every side."""

from tests.workflow.applications.campaign import application, open_campaign
from tests.workflow.applications.walking import begin, bring
from tests.workflow.desk import Desk

LINE = [
    ("draft", "", "draft"),
    ("submit", "draft", "recommendation"),
    ("recommend", "recommendation", "qualification"),
    ("qualify", "qualification", "material_review"),
    ("score", "material_review", "site_visit"),
    ("score", "site_visit", "survey"),
    ("score", "survey", "consultation"),
    ("conclude", "consultation", "deliberation"),
    ("nominate", "deliberation", "public_notice"),
    ("confirm", "public_notice", "conferral"),
    ("confer", "conferral", "conferred"),
]


def test_an_application_comes_from_its_unit_to_the_title(desk_on_both: Desk) -> None:
    desk = desk_on_both
    campaign = open_campaign(desk)
    document = begin(desk, campaign)
    assert desk.holders(document) == ["unit1"]
    bring(desk, campaign, document, "conferred")
    assert desk.way(document) == LINE
    row = application(document)
    assert (row.live, row.submitted_at is not None) == (True, True)
    assert desk.findings() == []
