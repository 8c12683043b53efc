"""Count the documents at each stage of a procedure, and say how long they usually stay there."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from statistics import median_low

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from .. import clock
from ..arriving import SKIP
from ..directory import Person
from ..installation import here
from ..models import Document, Movement
from ..visibility import seen_by
from ..working_time import calendar

LATEST = 5000
"""So many of the latest movements are looked at for the usual stays."""

FEWEST = 5
"""Fewer passages through a stage say more about who was there than about the stage."""


@dataclass(frozen=True)
class Stay:
    """A length of working time: whole working days, and the hours beyond."""

    days: int
    hours: int


@dataclass(frozen=True)
class Standing:
    """How documents of a kind stand: by stage those that a person may see, and the usual stay there.

    older: how many of those under way follow an earlier version of the procedure.
    """

    counts: Mapping[str, int]
    stays: Mapping[str, Stay]
    older: int


def standing(session: Session, person: Person, kind: str) -> Standing:
    """Return how the documents of a kind stand that a person may see; stays are of all documents."""
    current = here().procedures[kind]
    rows = session.execute(
        select(Document.state, Document.procedure_hash, func.count())
        .where(Document.kind == kind, Document.origin == "here", seen_by(person))
        .group_by(Document.state, Document.procedure_hash)
    ).all()
    counts: dict[str, int] = {}
    older = 0
    for state, version, number in rows:
        counts[state] = counts.get(state, 0) + number
        if version != current.hash and not here().versions[version].stages[state].final:
            older += number
    return Standing(counts, _stays(session, kind), older)


def _stays(session: Session, kind: str) -> dict[str, Stay]:
    """Return by stage the median working time between coming there and leaving by a step."""
    latest = session.execute(
        select(
            Movement.document_id, Movement.seq, Movement.action, Movement.source, Movement.dest, Movement.at
        )
        .join(Document, Document.id == Movement.document_id)
        .where(Document.kind == kind, Document.origin == "here", Movement.source != Movement.dest)
        .order_by(Movement.position.desc())
        .limit(LATEST)
    ).all()
    working, came, stays = calendar(session), dict[int, str](), defaultdict[str, list[timedelta]](list)
    for document, _, action, source, _, at in sorted(latest):
        if action != SKIP and document in came:
            stays[source].append(working.working_between(clock.read(came[document]), clock.read(at)))
        came[document] = at
    return {
        stage: _stay(median_low(times), working.day_length)
        for stage, times in stays.items()
        if len(times) >= FEWEST
    }


def _stay(time: timedelta, day: timedelta) -> Stay:
    return Stay(time // day, round(time % day / timedelta(hours=1)))
