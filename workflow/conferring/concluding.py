"""Do what comes after a conferral is in force: bring its applications to their end (job after the commit).

Each is a step of the engine in the name of who issued the document, or entered the higher body's; where that
one may not any more, of who drafted it. Begun anew it goes on where it stopped.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from states.errors import NotAllowed

from .. import engine, jobs
from ..errors import NotFound, Stale
from ..installation import read_tx, write_tx
from ..models import Conferral, Document, Title
from ..titles.certificates import CERTIFICATES
from .issuing import CONFERRED
from .listing import STAGE

AT_ONCE = 20  # applications a call of the job, so that others need not wait for all


@dataclass(frozen=True)
class Pending:
    """An application that waits for its end, and why it is not conferred if it is not."""

    public_id: str
    version: int
    refused: str | None


def conclude(key: str, payload: Mapping[str, str]) -> str | None:
    """Job: bring the applications of a conferral to their end, some at a time."""
    with read_tx() as session:
        conferral = session.get_one(Conferral, int(key))
        waiting = _waiting(session, conferral)
        people = list(dict.fromkeys(filter(None, (conferral.in_force_by, conferral.by_id))))
    for one in waiting[:AT_ONCE]:
        _end(people, one)
    if len(waiting) > AT_ONCE:
        return jobs.GO_ON
    with write_tx() as session:
        jobs.ask(session, CERTIFICATES, key, {}, again=True)
    return None


def _waiting(session: Session, conferral: Conferral) -> list[Pending]:
    refused = {
        entry["application"]: None if entry.get("granted", True) else entry["reason"]
        for entry in conferral.listed
    }
    rows = session.execute(
        select(Document.public_id, Document.version)
        .where(Document.public_id.in_(refused), Document.state == STAGE)
        .order_by(Document.id)
    )
    return [Pending(row.public_id, row.version, refused[row.public_id]) for row in rows]


def _end(people: Sequence[int], one: Pending) -> None:
    """Take the step as the first of the people who may; what moved meanwhile is found again."""
    action, comment = ("confer", "") if one.refused is None else ("fail", one.refused)
    for place, person in enumerate(people, start=1):
        try:
            engine.advance(person, one.public_id, action, one.version, {"comment": comment})
        except Stale:
            return
        except (NotAllowed, NotFound):
            if place == len(people):
                raise
        else:
            return


def ask_again() -> None:
    """Ask for what a crash lost: applications whose title is there and that still wait."""
    with read_tx() as session:
        lost = session.scalars(
            select(Title.conferral_id)
            .join(Document, Document.id == Title.application_id)
            .where(Document.state == STAGE, Title.conferral_id.is_not(None))
            .distinct()
        ).all()
    for conferral in lost:
        with write_tx() as session:
            jobs.ask(session, CONFERRED, str(conferral), {}, again=True)


HANDLERS: dict[str, jobs.Handler] = {CONFERRED: conclude}
