"""Rank a category: the same total is the same rank, and the next rank skips."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Standing:
    """An application with its total in hundredths; None: there is none yet, or it was vetoed.

    place: of its unit in the office's order of units.
    """

    key: str
    total: int | None
    place: int


@dataclass(frozen=True)
class Ranked:
    """A standing with its rank; tied: others have the same. What has no total has no rank."""

    key: str
    rank: int | None
    tied: bool


def rank(standings: Iterable[Standing]) -> list[Ranked]:
    """Return them in order: by total, equal ones by the office's order of units, without a total last."""
    known = sorted(standings, key=lambda one: (one.total is None, -(one.total or 0), one.place, one.key))
    ranked: list[Ranked] = []
    totals = [one.total for one in known]
    for one in known:
        if one.total is None:
            ranked.append(Ranked(one.key, None, False))
        else:
            ranked.append(Ranked(one.key, totals.index(one.total) + 1, totals.count(one.total) > 1))
    return ranked
