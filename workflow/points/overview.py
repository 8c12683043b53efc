"""Gather the points of a return for one person's page: what to tick off, and what they had asked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from ..describe import Description, Passage
from ..directory import Person
from ..undoing import taken_back
from ..work import load_content
from .given import CHANGED, Point, to_answer
from .tracing import Trace, trace


@dataclass(frozen=True)
class Shown:
    """A point with what stands at its place now; no trace for one that is about the whole document."""

    point: Point
    trace: Trace | None

    @property
    def idle(self) -> bool:
        """Say whether it is called changed while the words at its place are the same."""
        same = self.trace is not None and self.trace.standing == "same"
        return self.point.answer == CHANGED and same


@dataclass(frozen=True)
class Overview:
    """What somebody has to tick off, and what was asked when it was last sent back from this stage."""

    to_answer: Sequence[Shown] = ()
    returned: Sequence[Shown] = ()
    mine: bool = False  # it was this person who sent it back

    @property
    def open(self) -> int:
        """Return how many are not answered yet."""
        return sum(1 for one in self.to_answer if one.point.answer is None)


def overview(
    session: Session, person: Person, description: Description, passages: Sequence[Passage]
) -> Overview:
    """Return what a document's page shows somebody who has it, of its returns; nothing to anybody else."""
    holders = description.procedure.held_for(description.case)
    if not description.points or person.id not in holders:
        return Overview()
    back = _sent_back(description, passages)
    returned = [one for one in description.points if one.seq == back and one.answer is not None]
    mine = any(one.by_id in (person.id, holders[person.id]) for one in returned)
    return Overview(to_tick_off(session, person, description), _shown(session, description, returned), mine)


def to_tick_off(session: Session, person: Person, description: Description) -> list[Shown]:
    """Return the points that somebody has to answer, or has answered since they have the document."""
    if person.id not in description.procedure.held_for(description.case):
        return []
    return _shown(session, description, to_answer(session, description.document, description.points))


def _sent_back(description: Description, passages: Sequence[Passage]) -> int:
    """Return the movement by which the document last left the stage at which it is, 0 where it never did."""
    gone, here = taken_back(passages), description.case.state
    left = [
        seq
        for seq, one in enumerate(passages, 1)
        if seq not in gone and one.source == here and one.dest != here
    ]
    return max(left, default=0)


def _shown(session: Session, description: Description, points: Iterable[Point]) -> list[Shown]:
    texts: dict[int, dict[str, Any]] = {}
    now, found = description.content.to_dict(), []
    for one in points:
        if one.revision not in texts:
            texts[one.revision] = load_content(session, description.document["id"], one.revision).to_dict()
        found.append(Shown(one, trace(texts[one.revision], now, one.place)))
    return found
