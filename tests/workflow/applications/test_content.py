"""What a unit may write, and how it is kept under the name that the office knows it by."""

from typing import Any

import pytest

from tests.workflow.applications.campaign import complete, content, open_campaign, send_in
from tests.workflow.applications.walking import at, begin
from tests.workflow.desk import Desk
from workflow import describe, engine
from workflow.errors import ContentError, NotAllowed, NotReady
from workflow.installation import read_tx


def problems(desk: Desk, data: dict[str, Any]) -> list[str]:
    with pytest.raises(ContentError) as refusal:
        engine.draft(desk.id("unit1"), "application", data)
    return [str(problem) for problem in refusal.value.problems]


def test_a_unit_stands_in_its_application_as_the_office_has_it(desk: Desk) -> None:
    campaign = open_campaign(desk)
    given = content(campaign, unit={"name": "别的单位", "recommender": "别的部门", "nature": "事业单位"})
    document = engine.draft(desk.id("unit1"), "application", given).document
    row = desk.row(document)
    assert (row["title"], row["type"], row["kind"]) == ("省交通运输厅 申报 文明单位", "unit", "application")
    with read_tx() as session:
        unit = describe.describe(session, desk.person("unit1"), document, every_kind=True).content.unit
    assert (unit.name, unit.recommender) == ("省交通运输厅", "省直示范工委")
    assert (unit.nature, unit.credit_code) == ("事业单位", "1141000000000100XX")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"campaign": "none"}, "campaign: There is no such campaign"),
        ({"category": "family"}, "category: The campaign does not offer this category"),
        ({"answers": [{"indicator": "9.9"}]}, "answers[0].indicator: There is no indicator 9.9 here"),
        ({"answers": [{"indicator": "1"}]}, "answers[0].indicator: There is no indicator 1 here"),
        ({"answers": [{"indicator": "1.1", "points": 2001}]}, "answers[0].points: 1.1 has at most 20 points"),
        ({"answers": [{"indicator": "1.1", "statement": "多" * 501}]}, "the limit is 500"),
    ],
)
def test_what_the_campaign_does_not_ask_is_refused(desk: Desk, changes: dict[str, Any], told: str) -> None:
    assert told in problems(desk, content(open_campaign(desk)) | changes)[0]


def test_a_campaign_that_is_not_announced_is_none(desk: Desk) -> None:
    assert "no such campaign" in problems(desk, content(open_campaign(desk, announced_at=None)))[0]


def test_only_the_files_of_the_units_own_accounts_may_be_named(desk: Desk) -> None:
    campaign = open_campaign(desk)
    theirs = send_in(desk, "unit2", "他人.pdf")
    answers = [{"indicator": "1.1", "points": 0, "statement": "", "evidence": [theirs]}]
    assert "answers[0].evidence[0]: 他人.pdf was not uploaded by you" in str(
        problems(desk, content(campaign, answers=answers))
    )
    desk.appoint("unit3", "applicant")  # one more account of the first such unit there is: unit1's
    answers[0]["evidence"] = [send_in(desk, "unit3", "同事.pdf")]
    assert begin(desk, campaign, answers=answers)


def test_an_application_stays_with_its_campaign_and_category(desk: Desk) -> None:
    document = begin(desk, open_campaign(desk))
    data = complete(desk, open_campaign(desk), category="campus")
    with pytest.raises(ContentError) as refusal:
        desk.revise(document, "unit1", data)
    assert [problem.where for problem in refusal.value.problems] == ["campaign", "category"]


def test_an_incomplete_application_is_kept_and_not_taken(desk: Desk) -> None:
    campaign = open_campaign(desk)
    document = engine.draft(desk.id("unit1"), "application", content(campaign)).document
    with pytest.raises(NotReady) as refusal:
        desk.take(document, "unit1", "submit")
    told = [str(reason) for reason in refusal.value.reasons]
    assert [reason for reason in told if "2.2" in reason or "1.2" in reason] == [
        "Indicator 1.2 has no points of your own",
        "Indicator 2.2 has no points of your own",
        "Indicator 2.2 lacks its evidence",
    ]
    assert told[-2:] == [
        "The pledge on the negative list is not given",
        "The sealed form is not sent in as a scan",
    ]
    desk.revise(document, "unit1", complete(desk, campaign))
    assert desk.take(document, "unit1", "submit") == "recommendation"
    assert desk.findings() == []


def test_a_text_changes_only_while_it_is_with_the_unit(desk: Desk) -> None:
    campaign = open_campaign(desk)
    document = at(desk, campaign, "amendment")
    changed = complete(desk, campaign) | {"honours": "近三年获表彰两次。"}
    with pytest.raises(NotAllowed):
        desk.revise(document, "clerk", changed)
    desk.revise(document, "unit1", changed)
    desk.take(document, "unit1", "resubmit")
    with pytest.raises(NotAllowed):
        desk.revise(document, "unit1", complete(desk, campaign))
    assert desk.findings() == []


def test_assessors_stay_unnamed_outside_the_office(desk: Desk) -> None:
    campaign = open_campaign(desk)
    document = at(desk, campaign, "deliberation")
    with read_tx() as session:
        passages = describe.movements(session, desk.row(document)["id"])
        row = desk.row(document)
        acts = {
            who: [one.action for one in describe.readable(desk.person(who), row, passages)]
            for who in ("clerk", "unit1", "body1", "expert1", "expert3")
        }
    assert acts["clerk"].count("score") == acts["expert1"].count("score") == 3
    assert {acts[who].count("score") for who in ("unit1", "body1", "expert3")} == {0}
