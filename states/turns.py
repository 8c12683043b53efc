"""What changed about whom a stage asks: 加签, 减签, 转办, in the order in which it came."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["before", "after", "off", "transfer", "spoken"]


@dataclass(frozen=True)
class Turn:
    """One change at the present stage in this round.

    before, after: `by` asks `to` as well; transfer: `to` has it in place of `by`; off: `to` is not asked
    any more; spoken: `to`, who was asked before those who hold the stage, has given the opinion.
    """

    kind: Kind
    by: int
    to: int


def changed(
    asked: tuple[int, ...], turns: tuple[Turn, ...], *, each: bool
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return who is asked before those who hold a stage, and these.

    each: everyone who is asked must consent, so whoever is asked before stands among them, in front.
    """
    first: list[int] = []
    rest = list(asked)
    for turn in turns:
        if turn.kind == "transfer":
            there = first if turn.by in first else rest
            there[:] = [turn.to if one == turn.by else one for one in there if one != turn.to]
            if turn.to not in there:
                there.append(turn.to)
        elif turn.kind == "before" and not each:
            first.append(turn.to)
        elif turn.kind in ("before", "after"):
            _stand_by(rest, turn)
        else:
            there = first if turn.to in first or turn.kind == "spoken" else rest
            there[:] = [one for one in there if one != turn.to]
    return tuple(dict.fromkeys(first)), tuple(dict.fromkeys(rest))


def _stand_by(rest: list[int], turn: Turn) -> None:
    if turn.to in rest:
        return
    if turn.by not in rest:
        rest.append(turn.to)
    else:
        rest.insert(rest.index(turn.by) + (turn.kind == "after"), turn.to)


def who_wait(turns: tuple[Turn, ...], awaited: tuple[int, ...]) -> frozenset[int]:
    """Return who asked somebody before themselves whose opinion is still awaited."""
    waits = set()
    for number, turn in enumerate(turns):
        if turn.kind != "before":
            continue
        heir = turn.to
        for later in turns[number:]:
            heir = later.to if (later.kind, later.by) == ("transfer", heir) else heir
        if heir in awaited:
            waits.add(turn.by)
    return frozenset(waits)


def came_through(turns: tuple[Turn, ...], person: int) -> frozenset[int]:
    """Return through whom a document came to a person at this stage in this round."""
    through = set()
    for turn in reversed(turns):
        if turn.to == person and turn.kind in ("before", "after", "transfer"):
            person = turn.by
            through.add(person)
    return frozenset(through)
