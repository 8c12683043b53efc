"""Who is asked, in which order, how many must agree; what 加签, 减签 and 转办 change of it."""

from collections.abc import Callable
from typing import Any

import pytest

from states.case import Case
from states.procedure import Procedure
from states.turns import Turn, came_through, changed, who_wait
from tests.states.small_office import ARCHIVIST, CLERK, DRAFTER, FIRST, HEAD, OUTSIDER, SECOND, UNIT, Office

MakeCase = Callable[..., Case]
THREE = (FIRST, SECOND, OUTSIDER)


@pytest.mark.parametrize(
    ("mode", "needed", "consented", "holders", "goes_on"),
    [
        ("all", None, (), THREE, False),
        ("all", None, (FIRST,), (SECOND, OUTSIDER), False),
        ("all", None, (FIRST, SECOND), (OUTSIDER,), True),
        ("serial", None, (), (FIRST,), False),
        ("serial", None, (FIRST,), (SECOND,), False),
        ("serial", None, (FIRST, SECOND), (OUTSIDER,), True),
        ("serial", None, (SECOND,), (FIRST,), False),
        ("any_n", 1, (), THREE, True),
        ("any_n", 2, (), THREE, False),
        ("any_n", 2, (OUTSIDER,), (FIRST, SECOND), True),
        ("any_n", 3, (OUTSIDER,), (FIRST, SECOND), False),
        ("any_n", 9, (FIRST, SECOND), (OUTSIDER,), True),  # never more than there are
        ("any_n", None, (), THREE, True),
        ("lottery", None, (FIRST,), (SECOND, OUTSIDER), False),  # what the stage does not allow is all
    ],
)
def test_who_holds_it_and_whether_the_next_consent_brings_it_on(
    notice: Procedure,
    case: MakeCase,
    mode: str,
    needed: int | None,
    consented: tuple[int, ...],
    holders: tuple[int, ...],
    goes_on: bool,
) -> None:
    how: dict[str, Any] = {"countersigners": THREE, "countersign_mode": mode, "countersign_needed": needed}
    document = case("countersign", **how, consented=frozenset(consented), actor=holders[0])
    assert notice.holders(document) == holders
    notice.fire(document, "countersign")
    assert document.state == ("office_review" if goes_on else "countersign")


def test_a_stage_that_names_no_modes_asks_everyone_at_once(notice: Procedure, case: MakeCase) -> None:
    document = case("unit_review", countersign_mode="serial")
    assert notice.stages["unit_review"].mode(document) == "all"


@pytest.mark.parametrize(
    ("turns", "each", "first", "rest"),
    [
        ([("before", 1, 9)], True, (), (9, 1, 2)),
        ([("after", 1, 9)], True, (), (1, 9, 2)),
        ([("after", 7, 9)], True, (), (1, 2, 9)),  # who asked is not there any more
        ([("before", 1, 2)], True, (), (1, 2)),
        ([("before", 1, 9)], False, (9,), (1, 2)),
        ([("before", 1, 9), ("spoken", 9, 9)], False, (), (1, 2)),
        ([("before", 1, 9), ("off", 1, 9)], False, (), (1, 2)),
        ([("before", 1, 9), ("transfer", 9, 8)], False, (8,), (1, 2)),
        ([("transfer", 1, 9)], True, (), (9, 2)),
        ([("transfer", 1, 9), ("transfer", 9, 8)], True, (), (8, 2)),
        ([("transfer", 1, 2)], False, (), (2,)),
        ([("transfer", 7, 9)], True, (), (1, 2, 9)),  # the giver has left
        ([("off", 5, 2)], True, (), (1,)),
        ([("off", 5, 2), ("off", 5, 1)], True, (), ()),
    ],
)
def test_what_changes_about_whom_a_stage_asks(
    turns: list[Any], each: bool, first: tuple[int, ...], rest: tuple[int, ...]
) -> None:
    assert changed((1, 2), tuple(Turn(*turn) for turn in turns), each=each) == (first, rest)


def test_who_asked_another_first_waits_also_when_that_is_handed_on() -> None:
    turns = (Turn("before", 1, 9), Turn("transfer", 9, 8))
    assert who_wait(turns, (8, 1, 2)) == {1}
    assert who_wait(turns, (1, 2)) == frozenset()


def test_it_came_through_everyone_behind_whom_one_stands() -> None:
    turns = (Turn("transfer", 1, 2), Turn("transfer", 5, 6), Turn("before", 2, 3), Turn("transfer", 3, 4))
    assert came_through(turns, 4) == {1, 2, 3}
    assert came_through(turns, 6) == {5}


def test_two_who_wait_for_each_other_are_both_asked(notice: Procedure, case: MakeCase) -> None:
    turns = (Turn("before", FIRST, SECOND), Turn("off", DRAFTER, FIRST), Turn("before", SECOND, FIRST))
    document = case("countersign", countersigners=(FIRST,), turns=turns)
    assert set(notice.holders(document)) == {FIRST, SECOND}


def test_an_asked_one_without_an_account_is_not_waited_for(
    notice: Procedure, case: MakeCase, office: Office
) -> None:
    document = case("office_review", turns=(Turn("before", CLERK, ARCHIVIST),))
    assert notice.holders(document) == (ARCHIVIST,)
    office.gone.add(ARCHIVIST)
    assert notice.holders(document) == (CLERK,)


def test_changes_concern_the_present_stage_alone(notice: Procedure, case: MakeCase) -> None:
    document = case("office_review", turns=(Turn("transfer", CLERK, ARCHIVIST),))
    coming = {one.stage.name: one.holders for one in notice.ahead(document)}
    assert coming["checking"] == (CLERK,)


def test_units_are_asked_through_their_heads_after_people_and_each_person_once(
    notice: Procedure, case: MakeCase, office: Office
) -> None:
    office.heads_of[71] = (SECOND,)
    document = case("countersign", countersigners=(FIRST, HEAD), countersign_units=(UNIT, 71))
    assert notice.holders(document) == (FIRST, HEAD, SECOND)


def test_in_turn_everybody_to_come_is_told_ahead(notice: Procedure, case: MakeCase) -> None:
    document = case("unit_review", actor=HEAD, countersigners=THREE, countersign_mode="serial")
    coming = {one.stage.name: one.holders for one in notice.ahead(document)}
    assert coming["countersign"] == THREE
