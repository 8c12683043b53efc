"""Put before a meeting what it decides on: ranks, scores, findings, and what was decided already."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ..applications.candidates import Candidate, by_category, candidates
from ..campaigns.clerk import refuse_strangers
from ..campaigns.points import write_points
from ..consulting.sight import findings
from ..directory import Person
from ..models import Campaign, Deliberation, Objection

STAGE = "deliberation"
CREATION = ("candidate", "declined")
RECHECK = ("keep", "remind", "warn", "suspend", "revoke", "terminate")
WITHIN, BEYOND, SPLIT, VETOED = "within", "beyond", "split", "vetoed"


@dataclass(frozen=True)
class Standing:
    """An application as the meeting sees it.

    place: how it stands to the places of its category: within, beyond, split (a tie for the last ones),
    vetoed, or nothing where places have no limit.
    """

    candidate: Candidate
    scores: tuple[tuple[str, str], ...]  # method, points
    findings: tuple[tuple[str, str], ...]  # body, what it found
    objections: int
    place: str

    @property
    def open(self) -> bool:
        return self.candidate.state == STAGE


@dataclass(frozen=True)
class CategoryStanding:
    """A category in the order of ranks."""

    code: str
    name: str
    places: int | None
    standings: tuple[Standing, ...]

    @property
    def chosen(self) -> int:
        return sum(one.candidate.decision == "candidate" for one in self.standings)


def standings(session: Session, person: Person, campaign: Campaign) -> list[CategoryStanding]:
    """Return what a meeting has before it, by category; raises NotAllowed to outsiders."""
    refuse_strangers(person)
    known = findings(session, person, campaign)
    objected = _objections(session)
    before = [
        one
        for one in candidates(session, campaign)
        if one.state == STAGE or one.decision is not None or one.total is not None
    ]
    return [
        CategoryStanding(
            group[0].category,
            name,
            group[0].places,
            tuple(
                Standing(
                    one,
                    tuple(_scores(one.reckoning)),
                    tuple(known.get(one.id, ())),
                    objected.get(one.id, 0),
                    _place(one, group),
                )
                for one in sorted(group, key=lambda each: (each.rank is None, each.rank or 0))
            ),
        )
        for name, group in by_category(before)
    ]


def meetings(session: Session, campaign: Campaign) -> list[tuple[date, str, int]]:
    """Return the meetings on a campaign: the day, which one, and on how many applications it decided."""
    counted = Counter(one.deliberation for one in candidates(session, campaign))
    rows = session.scalars(
        select(Deliberation).where(Deliberation.campaign_id == campaign.id).order_by(Deliberation.held_on)
    )
    return [(row.held_on, row.meeting, counted[row.id]) for row in rows]


def decisions_of(campaign: Campaign) -> tuple[str, ...]:
    """Return what may be decided on an application to a campaign."""
    return RECHECK if campaign.kind == "recheck" else CREATION


def _objections(session: Session) -> dict[int, int]:
    rows = session.execute(select(Objection.document_id, func.count()).group_by(Objection.document_id))
    return {row[0]: row[1] for row in rows}


def _scores(reckoning: Any) -> list[tuple[str, str]]:
    """Return each method's points, scaled to the whole tree and rounded to hundredths, half up."""
    steps = reckoning["methods"] if reckoning else []
    half = Fraction(1, 2)
    return [(one["method"], write_points(int(Fraction(one["scaled"]) + half))) for one in steps]


def _place(one: Candidate, group: Sequence[Candidate]) -> str:
    if one.reckoning and one.reckoning["vetoes"]:
        return VETOED
    if one.places is None or one.rank is None:
        return ""
    if one.rank > one.places:
        return BEYOND
    tied = sum(each.rank == one.rank for each in group)
    return WITHIN if one.rank + tied - 1 <= one.places else SPLIT
