"""Take a step of an application within a transaction that writes what the step stands for."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from .. import moves
from ..clock import stamp
from ..directory import Person
from ..work import open_work


def step(
    session: Session,
    person: Person,
    public_id: str,
    version: int | None,
    action: str,
    inputs: Mapping[str, Any],
) -> None:
    """Take a step by the same guard as everybody's: what was written before it goes with it, or not at all.

    Raises NotFound, Stale, NoSuchStep, NotAllowed, NotReady.
    """
    session.flush()
    work = open_work(session, person, public_id, version, stamp(), every_kind=True)
    moves.take(work, action, inputs)
    work.save()
