"""Who acts for whom: one's own right first, never over an own draft, no chains, sign-off apart."""

from collections.abc import Callable
from typing import Any

import pytest

from states.case import Case
from states.delegated import Delegated
from states.procedure import Procedure
from states.standing_in import AT_AN_END, HEAD_ALONE, NO_SIGNING, OWN_DRAFT
from tests.states.small_office import (
    ARCHIVIST,
    CLERK,
    DEPUTY,
    DRAFTER,
    FIRST,
    HEAD,
    OUTSIDER,
    PRINCIPAL,
    SECOND,
    Office,
)

MakeCase = Callable[..., Case]


def given(principal: int, delegate: int, **how: Any) -> Delegated:
    return Delegated(1, principal, delegate, frozenset({"notice"}), **how)


HELD = [
    ("unit_review", (given(HEAD, ARCHIVIST),), {}, {HEAD: None, ARCHIVIST: HEAD}),
    ("unit_review", (given(HEAD, DRAFTER),), {}, {HEAD: None}),
    ("office_review", (given(CLERK, DRAFTER),), {}, {CLERK: None}),
    ("unit_review", (given(HEAD, ARCHIVIST), given(ARCHIVIST, OUTSIDER)), {}, {HEAD: None, ARCHIVIST: HEAD}),
    ("unit_review", (given(HEAD, ARCHIVIST, urgent_only=True),), {}, {HEAD: None}),
    (
        "unit_review",
        (given(HEAD, ARCHIVIST, urgent_only=True),),
        {"urgency": "加急"},
        {HEAD: None, ARCHIVIST: HEAD},
    ),
    ("unit_review", (given(HEAD, ARCHIVIST),), {"kind": "bulletin"}, {HEAD: None}),
    ("draft", (given(DRAFTER, ARCHIVIST),), {}, {DRAFTER: None}),
    (
        "countersign",
        (given(FIRST, SECOND), given(FIRST, ARCHIVIST)),
        {"countersigners": (FIRST, SECOND)},
        {FIRST: None, SECOND: None, ARCHIVIST: FIRST},
    ),
    (
        "countersign",
        (given(FIRST, SECOND),),
        {"countersigners": (FIRST, SECOND), "consented": frozenset({SECOND})},
        {FIRST: None, SECOND: FIRST},
    ),
    ("signing", (given(PRINCIPAL, ARCHIVIST),), {}, {PRINCIPAL: None}),
    ("signing", (given(PRINCIPAL, ARCHIVIST, signing=True),), {}, {PRINCIPAL: None, ARCHIVIST: PRINCIPAL}),
    ("signing", (given(PRINCIPAL, DEPUTY),), {}, {PRINCIPAL: None, DEPUTY: PRINCIPAL}),
    ("signing", (given(PRINCIPAL, DEPUTY, signing=True),), {"head_alone": True}, {PRINCIPAL: None}),
]


@pytest.mark.parametrize(("stage", "delegated", "about", "held"), HELD)
def test_who_holds_a_stage_and_for_whom(
    notice: Procedure,
    office: Office,
    case: MakeCase,
    stage: str,
    delegated: tuple[Delegated, ...],
    about: dict[str, Any],
    held: dict[int, int | None],
) -> None:
    office.delegated = delegated
    assert notice.held_for(case(stage, **{"kind": "notice", **about})) == held


WHY = [
    ("unit_review", "approve", given(HEAD, DRAFTER), DRAFTER, {}, OWN_DRAFT),
    ("signing", "sign", given(PRINCIPAL, ARCHIVIST), ARCHIVIST, {}, NO_SIGNING),
    ("signing", "sign", given(PRINCIPAL, DEPUTY), DEPUTY, {"head_alone": True}, HEAD_ALONE),
    (
        "unit_review",
        "approve",
        given(CLERK, ARCHIVIST),
        ARCHIVIST,
        {"deputed": frozenset({ARCHIVIST})},
        AT_AN_END,
    ),
]


@pytest.mark.parametrize(("stage", "action", "delegated", "actor", "about", "why"), WHY)
def test_a_delegate_who_may_not_act_is_told_why(
    notice: Procedure,
    office: Office,
    case: MakeCase,
    stage: str,
    action: str,
    delegated: Delegated,
    actor: int,
    about: dict[str, Any],
    why: object,
) -> None:
    office.delegated = (delegated,)
    document = case(stage, kind="notice", actor=actor, **about)
    assert notice.step(stage, action).forbidden(document, notice.stages[stage]) == (why,)


def test_a_document_held_by_delegation_is_not_handed_on(
    notice: Procedure, office: Office, case: MakeCase
) -> None:
    office.delegated = (given(CLERK, ARCHIVIST),)
    here, step = notice.stages["office_review"], notice.step("office_review", "transfer")
    asked = (case("office_review", kind="notice", actor=who) for who in (CLERK, ARCHIVIST))
    assert [len(step.forbidden(document, here)) for document in asked] == [0, 1]
