"""Say who must not judge which unit (回避): their own, what their body recommends, what is declared."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..models import Applicant, Appointment, Post, Recusal

Why = Literal["own", "recommended", "declared"]


@dataclass(frozen=True)
class Recusals:
    """What keeps assessors from units, by their ids."""

    units: Mapping[int, frozenset[int]]  # to which each person belongs by any post
    recommenders: Mapping[int, int | None]  # of each applying unit
    declared: frozenset[tuple[int, int]]  # person, unit

    def why(self, person: int, unit: int) -> Why | None:
        """Return why a person must not judge a unit, or None: it is theirs, their body's, or declared."""
        theirs = self.units.get(person, frozenset())
        if unit in theirs:
            return "own"
        if self.recommenders.get(unit) in theirs:
            return "recommended"
        if (person, unit) in self.declared:
            return "declared"
        return None


def recusals(session: Session, campaign_id: int) -> Recusals:
    """Read what keeps whom from judging which unit in a campaign."""
    posts = select(Appointment.user_id, Post.unit_id).join(Post, Post.id == Appointment.post_id)
    belongs = session.execute(posts.where(Post.unit_id.is_not(None)))
    declared = select(Recusal.user_id, Recusal.unit_id).where(Recusal.campaign_id == campaign_id)
    recommended = select(Applicant.unit_id, Applicant.recommender_id)
    return Recusals(
        _grouped((row.user_id, row.unit_id) for row in belongs),
        {row.unit_id: row.recommender_id for row in session.execute(recommended)},
        frozenset((row.user_id, row.unit_id) for row in session.execute(declared)),
    )


def _grouped(pairs: Iterable[tuple[int, int]]) -> dict[int, frozenset[int]]:
    found: dict[int, set[int]] = {}
    for person, unit in pairs:
        found.setdefault(person, set()).add(unit)
    return {person: frozenset(units) for person, units in found.items()}
