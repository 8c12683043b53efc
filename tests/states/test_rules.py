from collections.abc import Callable
from typing import Any

import pytest

from states import applying_rules
from states.case import Case
from states.reasons import Label, Reason
from states.rules import CONDITIONS, SKIPS, Arrival
from states.turns import Turn
from tests.states.small_office import CLERK, DEPUTY, DRAFTER, HEAD, PRINCIPAL, Office

MakeCase = Callable[..., Case]
LACKS = (Reason("The title is missing"), Reason("The body is missing"))
SUBMITTED = {"last_action": "submit", "last_actor": DRAFTER}
CORRECTED = {"correction": "“甲”改为“乙”", "signed": True}

ASKED_FIRST = Turn("before", DEPUTY, CLERK)
ANY_OF = {"countersign_mode": "any_n"}

CONDITION_TABLE: list[tuple[str, dict[str, Any], int]] = [
    ("content_is_complete", {}, 0),
    ("content_is_complete", {"problems": LACKS}, 2),
    ("list_is_approved", {}, 0),
    ("list_is_approved", {"unapproved": LACKS}, 2),
    ("points_are_answered", {}, 0),
    ("points_are_answered", {"open_points": LACKS}, 2),
    ("countersigning_adds_up", {}, 0),
    ("countersigning_adds_up", {"inputs": ANY_OF}, 0),
    ("countersigning_adds_up", {"inputs": {**ANY_OF, "countersigners": (8, 9), "countersign_needed": 2}}, 0),
    ("countersigning_adds_up", {"inputs": {**ANY_OF, "countersigners": (8, 1), "countersign_needed": 2}}, 1),
    ("countersigning_adds_up", {"inputs": {**ANY_OF, "countersign_units": (70,)}}, 1),
    ("countersigning_adds_up", {"inputs": {"countersigners": (8,), "countersign_needed": 2}}, 0),
    ("not_own_draft", {"actor": HEAD}, 0),
    ("not_own_draft", {"actor": DRAFTER}, 1),
    ("somebody_else_may_sign", {"actor": PRINCIPAL}, 0),
    ("somebody_else_may_sign", {"actor": DEPUTY, "drafter": PRINCIPAL}, 1),
    ("not_opened_since_submitted", SUBMITTED, 0),
    ("not_opened_since_submitted", {**SUBMITTED, "opened": True}, 1),
    ("not_opened_since_submitted", {"last_action": "approve", "last_actor": HEAD}, 1),
    ("not_opened_since_submitted", {"last_action": "approve", "last_actor": DRAFTER}, 1),
    ("not_opened_since_submitted", {"last_action": "submit", "last_actor": HEAD}, 1),
    ("only_declared_changes", {"changed_since_signing": True}, 0),
    ("only_declared_changes", {"undeclared_changes": True}, 1),
    ("correction_is_entered", {}, 0),
    ("correction_is_entered", {"signed": True}, 0),
    ("correction_is_entered", CORRECTED, 1),
    ("correction_is_entered", {**CORRECTED, "changed_since_signing": True}, 0),
    ("correction_is_entered", {**CORRECTED, "signed": False}, 0),
    ("nobody_is_asked_first", {}, 0),
    ("nobody_is_asked_first", {"turns": (ASKED_FIRST,)}, 1),
    ("nobody_is_asked_first", {"turns": (ASKED_FIRST, Turn("spoken", CLERK, CLERK))}, 0),
    ("nobody_is_asked_first", {"turns": (Turn("transfer", DEPUTY, CLERK),)}, 0),
    ("until_a_later_day", {"today": "2031-04-07"}, 0),
    ("until_a_later_day", {"today": "2031-04-07", "inputs": {"until": "2031-04-08"}}, 0),
    ("until_a_later_day", {"today": "2031-04-07", "inputs": {"until": "2031-04-07"}}, 1),
    ("until_a_later_day", {"today": "2031-04-07", "inputs": {"until": "2030-12-31"}}, 1),
    ("deferred", {}, 1),
    ("deferred", {"deferred": True}, 0),
    ("not_deferred", {}, 0),
    ("not_deferred", {"deferred": True}, 1),
    ("no_question_is_open", {}, 0),
    ("no_question_is_open", {"question": True}, 1),
    ("a_question_is_open", {}, 1),
    ("a_question_is_open", {"question": True}, 0),
    ("drafter_can_answer", {}, 0),
    ("drafter_can_answer", {"directory": Office(gone={DRAFTER})}, 1),
    ("frozen", {}, 1),
    ("frozen", {"frozen": True}, 0),
    ("not_frozen", {}, 0),
    ("not_frozen", {"frozen": True}, 1),
]

APPROVED = {"last_action": "approve", "last_actor": CLERK}
SKIP_TABLE: list[tuple[str, dict[str, Any], tuple[int, ...], bool]] = [
    ("nobody_holds_it", {}, (), True),
    ("nobody_holds_it", {}, (HEAD,), False),
    ("nobody_was_chosen", {}, (), True),
    ("nobody_was_chosen", {"countersigners": (HEAD,)}, (), False),
    ("nobody_was_chosen", {"countersign_units": (70,)}, (), False),
    ("same_person_acted_just_before", APPROVED, (CLERK,), True),
    ("same_person_acted_just_before", APPROVED, (CLERK, HEAD), False),
    ("same_person_acted_just_before", APPROVED, (HEAD,), False),
    ("same_person_acted_just_before", {**APPROVED, "last_action": "submit"}, (CLERK,), False),
    ("same_person_acted_just_before", {**APPROVED, "last_action": "send_back"}, (CLERK,), False),
    ("same_person_acted_just_before", {}, (), False),
    ("not_urgent", {}, (HEAD,), True),
    ("not_urgent", {"urgency": "特急"}, (HEAD,), False),
    ("no_co_agencies", {}, (CLERK,), True),
    ("no_co_agencies", {"co_agencies": ("示例局",)}, (CLERK,), False),
    ("no_seal_wanted", {"seal": False}, (HEAD,), True),
    ("no_seal_wanted", {"seal": True}, (HEAD,), False),
]


@pytest.mark.parametrize(("name", "fields", "reasons"), CONDITION_TABLE)
def test_a_condition_gives_every_reason(
    case: MakeCase, name: str, fields: dict[str, Any], reasons: int
) -> None:
    given = CONDITIONS[name](case(**fields))
    assert len(given) == reasons
    assert all(str(reason) for reason in given)


@pytest.mark.parametrize(("name", "fields", "holders", "skips"), SKIP_TABLE)
def test_a_stage_is_passed_over_on_good_grounds_only(
    case: MakeCase, name: str, fields: dict[str, Any], holders: tuple[int, ...], skips: bool
) -> None:
    here = Arrival(holders, frozenset({"approve", "countersign"}))
    assert (SKIPS[name](case(**fields), here) is not None) is skips


def test_no_rule_is_left_out_of_the_tables() -> None:
    of_applications = {rule.__name__ for rule in (*applying_rules.CONDITIONS, *applying_rules.SKIPS)}
    assert {row[0] for row in CONDITION_TABLE} == set(CONDITIONS) - of_applications
    assert {row[0] for row in SKIP_TABLE} == set(SKIPS) - of_applications


def test_a_reason_names_a_label_in_chinese_where_no_language_was_chosen() -> None:
    assert str(Reason("At %(stage)s", {"stage": Label(zh="签发", en="Sign-off")})) == "At 签发"
