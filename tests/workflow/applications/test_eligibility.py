"""Who may apply: every rule against what is known of the unit, and what a lack keeps from being submitted."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import update

from docgen.application import ApplicationContent, ApplyingUnit, HeldTitle
from tests.workflow.applications.campaign import open_campaign
from tests.workflow.applications.walking import begin
from tests.workflow.desk import Desk
from workflow.applications import eligibility
from workflow.errors import NotReady
from workflow.installation import write_tx
from workflow.models import Applicant, CampaignCategory, Title

HELD = {"rule": "holds_title", "level": "own", "category": "unit", "years": 2}
BLANK = ApplicationContent("c", "unit")
STAFFED = replace(BLANK, unit=ApplyingUnit(staff=29, nature="国有企业", credit_code="92410000MA4000000E"))


def title(**changes: Any) -> Title:
    given = {
        "holder": "示范单位",
        "category": "unit",
        "level": "own",
        "term": "上一届",
        "number": "豫直文明委〔2023〕1号",
        "since": date(2024, 12, 1),
        "until": date(2030, 12, 31),
        "state": "valid",
    }
    return Title(unit_id=1, **given | changes)


def told(
    rule: dict[str, Any], content: ApplicationContent | None, known: dict[str, Any]
) -> eligibility.Checked:
    """Return what a rule says of a unit; `known` are columns of its row, its `title` apart."""
    held = [title(**known["title"])] if "title" in known else []
    row = {"unit_id": 1, "credit_code": "11410000000000100X", "nature": "机关"} | known
    applicant = Applicant(**{name: value for name, value in row.items() if name != "title"})
    about = eligibility.Known(applicant, held, date(2026, 12, 1), content, {"unit": "文明单位"})
    return eligibility.CHECKS[rule["rule"]](about, rule)


@pytest.mark.parametrize(
    ("rule", "content", "known", "verdict", "words"),
    [
        (HELD, BLANK, {}, "unmet", "name it in the form"),
        (HELD, replace(BLANK, titles_held=(HeldTitle("文明单位"),)), {}, "open", "the office looks"),
        (HELD, None, {"title": {}}, "met", "豫直文明委〔2023〕1号"),
        (HELD, None, {"title": {"since": date(2024, 12, 2)}}, "unmet", "2 years"),
        (HELD, None, {"title": {"level": "national"}}, "met", "文明单位"),
        (HELD | {"level": "provincial"}, None, {"title": {}}, "unmet", "wanted"),
        (HELD, None, {"title": {"category": "campus"}}, "unmet", "wanted"),
        (HELD, None, {"title": {"state": "revoked"}}, "unmet", "wanted"),
        ({"rule": "independent_legal_person"}, None, {"credit_code": None}, "unmet", "credit code"),
        ({"rule": "independent_legal_person"}, None, {}, "met", "legal person"),
        ({"rule": "independent_legal_person"}, STAFFED, {}, "unmet", "sole trader"),
        ({"rule": "staff_at_least", "number": 30}, None, {}, "open", "at least 30"),
        ({"rule": "staff_at_least", "number": 30}, STAFFED, {}, "unmet", "yours has 29"),
        ({"rule": "staff_at_least", "number": 29}, STAFFED, {}, "met", "29"),
        ({"rule": "unit_nature_in", "natures": ["机关"]}, None, {}, "met", "机关"),
        ({"rule": "unit_nature_in", "natures": ["机关"]}, STAFFED, {}, "unmet", "国有企业"),
        ({"rule": "unit_nature_in", "natures": ["机关"]}, None, {"nature": ""}, "open", "not known"),
        ({"rule": "not_barred"}, None, {}, "met", "not barred"),
        ({"rule": "not_barred"}, None, {"barred_until": date(2099, 1, 1)}, "unmet", "2099-01-01"),
        ({"rule": "not_barred"}, None, {"barred_until": date(2020, 1, 1)}, "met", "not barred"),
        ({"rule": "not_barred"}, None, {"ended_on": date(2020, 1, 1)}, "unmet", "ended"),
    ],
)
def test_each_rule_tells_what_it_rests_on(
    rule: dict[str, Any],
    content: ApplicationContent | None,
    known: dict[str, Any],
    verdict: str,
    words: str,
) -> None:
    found = told(rule, content, known)
    assert (found.verdict, words in str(found.reason)) == (verdict, True), found


def test_the_rules_are_those_that_a_category_may_name() -> None:
    assert eligibility.CHECKS.keys() == eligibility.RULES.keys()


def test_who_may_not_apply_submits_nothing_however_complete_it_is(desk: Desk) -> None:
    campaign = open_campaign(desk)
    document = begin(desk, campaign)
    with write_tx() as session:
        session.execute(
            update(CampaignCategory).values(
                eligibility=[{"rule": "staff_at_least", "number": 121}, {"rule": "not_barred"}]
            )
        )
    with pytest.raises(NotReady) as refusal:
        desk.take(document, "unit1", "submit")
    assert [str(reason) for reason in refusal.value.reasons] == [
        "A staff of at least 121 is wanted; yours has 120"
    ]
