"""Say how many of those who are asked must agree and in which order, and who may still be asked."""

from collections.abc import Mapping
from typing import Literal

from .case import Case
from .reasons import Label, Reason
from .turns import came_through, who_wait

Mode = Literal["all", "serial", "any_n"]
ALL, SERIAL, ANY_N = "all", "serial", "any_n"
MODES: Mapping[str, Label] = {
    ALL: Label(zh="同时会签，全部同意", en="All at the same time"),
    SERIAL: Label(zh="依次会签，全部同意", en="All, one after another"),
    ANY_N: Label(zh="同时会签，几人同意即可", en="Any so many of them"),
}


def needed(case: Case, asked: tuple[int, ...]) -> int:
    """Return how many must consent where any so many are enough: never more than there are."""
    return min(case.countersign_needed or 1, len({*asked, *case.consented}))


def outstanding(case: Case, asked: tuple[int, ...], mode: str, consented: frozenset[int]) -> tuple[int, ...]:
    """Return those whose consent is still wanted, in order."""
    if mode == ANY_N and len(consented) >= needed(case, asked):
        return ()
    return tuple(person for person in asked if person not in consented)


def turn_of(case: Case, asked: tuple[int, ...], mode: str) -> tuple[int, ...]:
    """Return whose turn it is of those whose consent is still wanted."""
    left = outstanding(case, asked, mode, case.consented)
    if mode == SERIAL:
        return left[:1]
    if not case.turns:
        return left
    waits = who_wait(case.turns, left)
    return tuple(person for person in left if person not in waits) or left


def why_done(case: Case, asked: tuple[int, ...], mode: str) -> Reason | None:
    """Return why nobody is asked any more, or None while somebody is."""
    if outstanding(case, asked, mode, case.consented) or not (asked or case.turns):
        return None
    if case.consented.issuperset(asked):
        everybody = Reason("Everybody asked has already consented")
        return everybody if case.consented else Reason("Nobody is left to be asked")
    return Reason("As many as are needed have already consented")


def why_not_asked(case: Case, asked: tuple[int, ...], person: int, name: str) -> Reason | None:
    """Return why a person cannot be asked for an opinion as well (加签), or None."""
    if person == case.drafter:
        return Reason("%(name)s drafted it and may not judge it", {"name": name})
    if person in asked or person in case.consented:
        return Reason("%(name)s is asked at this stage already", {"name": name})
    return None


def why_not_handed(
    case: Case, asked: tuple[int, ...], whose: int, may_hold: tuple[int, ...] | None, person: int, name: str
) -> Reason | None:
    """Return why a person cannot take a task over (转办), or None.

    whose: the one who has it; may_hold: who may have the document at the stage, None where anybody may.
    """
    known = {"name": name}
    if person == case.drafter:
        return Reason("%(name)s drafted it and may not judge it", known)
    if person == whose:
        return Reason("%(name)s has it already", known)
    if person in came_through(case.turns, whose):
        return Reason("It came from %(name)s in this round: send it back instead of handing it on", known)
    if may_hold is None:
        return why_not_asked(case, asked, person, name)
    return None if person in may_hold else Reason("%(name)s may not act at this stage", known)


def may_take_off(case: Case, asked: tuple[int, ...], actor: int, *, oversees: bool) -> tuple[int, ...]:
    """Return whom somebody may take off the list (减签): those they added, or anybody who `oversees`."""
    added = {turn.to for turn in case.turns if turn.kind in ("before", "after") and turn.by == actor}
    return tuple(person for person in asked if oversees or person in added)
