"""Who has a document because another's work was handed over to them (工作交接)."""

from collections.abc import Callable

import pytest

from states.case import Case
from states.errors import NotAllowed
from states.procedure import Procedure
from tests.states.small_office import (
    CLERK,
    DEPUTY,
    DRAFTER,
    FIRST,
    HEAD,
    OUTSIDER,
    PRINCIPAL,
    SECOND,
    UNIT,
    Office,
)

MakeCase = Callable[..., Case]


@pytest.mark.parametrize(
    ("stage", "handed", "holders"),
    [
        ("unit_review", (FIRST,), (FIRST, HEAD)),
        ("unit_review", (HEAD,), (HEAD,)),
        ("unit_review", (DRAFTER,), (HEAD,)),
        ("unit_review", (OUTSIDER,), (HEAD,)),
        ("office_review", (DRAFTER,), (DRAFTER, CLERK)),
        ("signing", (FIRST, SECOND), (FIRST, SECOND, PRINCIPAL)),
    ],
)
def test_they_hold_the_stage_before_those_whom_the_rule_names(
    notice: Procedure, case: MakeCase, office: Office, stage: str, handed: tuple[int], holders: tuple[int]
) -> None:
    office.gone = {OUTSIDER}
    assert notice.holders(case(stage, handed=handed)) == holders


def test_they_hold_it_where_the_rule_names_nobody_any_more(
    notice: Procedure, case: MakeCase, office: Office
) -> None:
    office.heads_of, office.leaders_of = {}, {}
    under_way = case("unit_review", handed=(FIRST,), actor=FIRST, inputs={"comment": ""})
    assert notice.holders(under_way) == (FIRST,)
    assert notice.skip(under_way) is None
    assert notice.may_edit(under_way) == ()
    assert notice.fire(under_way, "approve").dest == "countersign"


def test_they_hold_the_present_stage_only(notice: Procedure, case: MakeCase) -> None:
    under_way = case("unit_review", handed=(FIRST,))
    assert notice.holders(under_way, "office_review") == (CLERK,)
    assert {coming.stage.name: coming.holders for coming in notice.ahead(under_way)}["office_review"] == (
        CLERK,
    )


def test_they_sign_what_was_handed_to_them_but_never_their_own_draft(
    notice: Procedure, case: MakeCase
) -> None:
    for drafter, allowed in ((DRAFTER, True), (FIRST, False)):
        under_way = case("signing", drafter=drafter, unit=UNIT, handed=(FIRST,), actor=FIRST)
        under_way.inputs = {"comment": ""}
        if allowed:
            assert notice.fire(under_way, "sign").dest == "co_signing"
        else:
            with pytest.raises(NotAllowed):
                notice.fire(under_way, "sign")


def test_where_all_must_consent_they_are_waited_for(notice: Procedure, case: MakeCase) -> None:
    under_way = case("countersign", countersigners=(SECOND,), handed=(DEPUTY,), actor=SECOND, inputs={})
    assert notice.holders(under_way) == (DEPUTY, SECOND)
    assert notice.fire(under_way, "countersign").dest == "countersign"
