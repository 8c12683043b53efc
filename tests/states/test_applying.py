"""The rules of applications against their truth tables, and the ways that their procedure knows."""

from collections.abc import Callable
from typing import Any

import pytest

from states import applying_rules
from states.applying import METHODS
from states.case import Case
from states.errors import NotAllowed, NotReady
from states.procedure import Procedure
from states.rules import CONDITIONS, SKIPS, Arrival
from states.who import people
from tests.states.applying import ASSESSOR, BODY_ACCOUNT, OTHER_ASSESSOR, UNIT_ACCOUNT, Applied
from tests.states.small_office import CLERK, OUTSIDER, REGISTRAR

MakeCase = Callable[..., Case]
CLOSED = {"window": "closed"}
GRACE = {"window": "grace", "grace_until": "2026-03-31 18:30"}

# a rule, its words, what the application is like, the part of the reason that is given ("" = let through)
CONDITION_TABLE: list[tuple[str, tuple[str, ...], dict[str, Any], str]] = [
    ("campaign_accepts", (), {}, ""),
    ("campaign_accepts", (), {"window": "before"}, "from 2026-03-01 09:00"),
    ("campaign_accepts", (), CLOSED, "closed at 2026-03-31 18:00: what counts is when"),
    ("campaign_accepts", (), CLOSED | {"submitted": True}, ""),
    ("campaign_accepts", (), GRACE, ""),
    ("campaign_accepts", (), GRACE | {"begun_in_time": False}, "until 2026-03-31 18:30 it takes only"),
    ("campaign_accepts", (), GRACE | CLOSED, "could be submitted until 2026-03-31 18:30"),
    ("within_quota", (), {"places_left": None}, ""),
    ("within_quota", (), {"places_left": 1}, ""),
    ("within_quota", (), {"places_left": 0}, "All places"),
    ("ground_is_proved", (), {}, ""),
    ("assessors_are_assigned", ("site",), {}, ""),
    ("assessors_are_assigned", ("site",), {"assigned": {}}, "No assessor is assigned for 实地考察"),
    ("own_scores_are_complete", ("site",), {}, ""),
    ("own_scores_are_complete", ("site",), {"left_to_score": 3}, "3 indicators"),
    ("replies_are_in", (), {}, ""),
    ("replies_are_in", (), {"replies_outstanding": ("省信用办",)}, "省信用办"),
    ("scores_are_frozen", (), {}, ""),
    ("scores_are_frozen", (), {"frozen": False}, "not frozen"),
    ("notice_is_over", (), {}, ""),
    ("notice_is_over", (), {"notice_last_day": "2026-05-09"}, "until 2026-05-09"),
    ("notice_is_over", (), {"notice_last_day": None}, "no public notice yet"),
    ("no_open_objection", (), {}, ""),
    ("no_open_objection", (), {"open_objections": 2}, "2 objections"),
    ("no_objection_is_upheld", (), {}, ""),
    ("no_objection_is_upheld", (), {"outcomes": {"unfounded"}}, ""),
    ("no_objection_is_upheld", (), {"outcomes": {"unfounded", "upheld"}}, "struck off"),
    ("an_objection_is_upheld", (), {}, ""),
    ("an_objection_is_upheld", (), {"outcomes": {"unfounded", "upheld"}}, ""),
    ("an_objection_is_upheld", (), {"outcomes": {"unfounded"}}, "stays on the list"),
    ("titles_are_in_force", (), {}, ""),
    ("titles_are_in_force", (), {"in_force": False}, "not in force"),
    ("amendment_is_overdue", (), {}, ""),
    ("amendment_is_overdue", (), {"amendment_overdue": False}, "until 2026-04-10 23:59"),
]
SKIP_TABLE: list[tuple[str, tuple[str, ...], dict[str, Any], bool]] = [
    ("no_recommending_body", (), {}, False),
    ("no_recommending_body", (), {"has_recommending_body": False}, True),
    ("not_a_method", ("survey",), {}, False),
    ("not_a_method", ("survey",), {"methods": ("material",)}, True),
    ("no_public_notice", (), {}, False),
    ("no_public_notice", (), {"notice_days": 0}, True),
]
NEEDS_NO_APPLICATION = {"ground_is_proved", "assessors_are_assigned"}


@pytest.mark.parametrize(("rule", "words", "fields", "told"), CONDITION_TABLE)
def test_a_condition_lets_through_or_says_why(
    case: MakeCase, rule: str, words: tuple[str, ...], fields: dict[str, Any], told: str
) -> None:
    now = case(actor=ASSESSOR, today="2026-05-09", applying=Applied(**fields))
    reasons = [str(reason) for reason in CONDITIONS[rule](now, *words)]
    assert len(reasons) == bool(told)
    assert told in "".join(reasons)


@pytest.mark.parametrize(("rule", "words", "fields", "skips"), SKIP_TABLE)
def test_a_stage_is_passed_over_on_good_grounds_only(
    case: MakeCase, rule: str, words: tuple[str, ...], fields: dict[str, Any], skips: bool
) -> None:
    here = Arrival((), frozenset())
    assert (SKIPS[rule](case(applying=Applied(**fields)), here, *words) is not None) is skips


@pytest.mark.parametrize(("item", "evidence", "reasons"), [
    ("safety", None, 1), ("safety", "a" * 64, 0), ("eligibility", None, 0), (None, None, 0),
])  # fmt: skip
def test_a_ground_of_the_negative_list_needs_its_proof(
    case: MakeCase, item: str | None, evidence: str | None, reasons: int
) -> None:
    now = case(inputs={"item": item, "evidence": evidence}, applying=Applied())
    assert len(CONDITIONS["ground_is_proved"](now)) == reasons


def test_every_rule_of_applications_stands_in_a_table_and_bears_a_case_without_one(case: MakeCase) -> None:
    assert {row[0] for row in CONDITION_TABLE} == {rule.__name__ for rule in applying_rules.CONDITIONS}
    assert {row[0] for row in SKIP_TABLE} == {rule.__name__ for rule in applying_rules.SKIPS}
    words = {row[0]: row[1] for row in (*CONDITION_TABLE, *SKIP_TABLE)}
    for rule in {row[0] for row in CONDITION_TABLE} - NEEDS_NO_APPLICATION:
        assert CONDITIONS[rule](case(actor=ASSESSOR), *words[rule]) == ()
    for rule in {row[0] for row in SKIP_TABLE}:
        assert SKIPS[rule](case(), Arrival((), frozenset()), *words[rule]) is None


def test_the_people_of_an_application_are_named_by_rules(creation: Procedure, case: MakeCase) -> None:
    held = {stage.name: stage.holders for stage in creation.stages.values()}
    now = case(applying=Applied())
    assert people(now, held["draft"][0]) == (UNIT_ACCOUNT,)
    assert people(now, held["recommendation"][0]) == (BODY_ACCOUNT,)
    assert people(now, held["site_visit"][0]) == (ASSESSOR, OTHER_ASSESSOR)
    assert [people(case(), held[stage][0]) for stage in ("draft", "recommendation", "survey")] == [()] * 3


def test_the_line_goes_from_the_unit_to_the_title(creation: Procedure) -> None:
    assert [stage.label["zh"] for stage in creation.line] == [
        *("填报", "主管部门推荐", "资格审查", "材料审核", "实地考察", "第三方测评与问卷", "征求意见", "审定"),
        *("公示", "命名或推荐", "已命名"),
    ]


def test_all_who_judge_hand_in_before_an_application_goes_on(creation: Procedure, case: MakeCase) -> None:
    now = case("material_review", applying=Applied(), actor=ASSESSOR)
    assert creation.fire(now, "score").stays
    now.consented, now.actor = frozenset({ASSESSOR}), OTHER_ASSESSOR
    assert creation.fire(now, "score").dest == "site_visit"


def test_nobody_scores_before_somebody_is_assigned(creation: Procedure, case: MakeCase) -> None:
    now = case("material_review", applying=Applied(assigned={}), actor=CLERK)
    with pytest.raises(NotReady, match="No assessor is assigned"):
        creation.fire(now, "score")


def test_the_office_stands_in_for_a_body_without_an_account(creation: Procedure, case: MakeCase) -> None:
    now = case("recommendation", applying=Applied(recommenders=()))
    assert creation.holders(now) == (CLERK,)


@pytest.mark.parametrize("stage", ["draft", "recommendation", "amendment", "survey", "consultation"])
def test_a_unit_may_withdraw_until_deliberation(creation: Procedure, case: MakeCase, stage: str) -> None:
    assert creation.fire(case(stage, applying=Applied(), actor=UNIT_ACCOUNT), "abandon").dest == "withdrawn"
    with pytest.raises(NotAllowed, match="for the unit that applies"):
        creation.fire(case(stage, applying=Applied(), actor=OUTSIDER), "abandon")


def test_the_registrar_too_brings_a_title_into_force(creation: Procedure, case: MakeCase) -> None:
    now = case("conferral", applying=Applied(), actor=REGISTRAR)
    assert creation.fire(now, "confer").dest == "conferred"


@pytest.mark.parametrize("method", METHODS)
def test_a_campaign_without_a_method_passes_its_stage_over(
    creation: Procedure, case: MakeCase, method: str
) -> None:
    stage = {"material": "material_review", "site": "site_visit", "survey": "survey"}[method]
    others = tuple(one for one in METHODS if one != method)
    assert creation.skip(case(stage, applying=Applied(methods=others))) is not None
