"""Let titles expire whose last day is over (届满): the worker asks every minute."""

from collections import defaultdict
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..clock import today
from ..installation import read_tx, write_tx
from ..models import Title
from . import events
from .events import LIVING, Happening


def expire_due() -> int:
    """Let what is over expire, on the day after its last; return how many titles that were."""
    with read_tx() as session:
        if not _over(session):
            return 0
    with write_tx() as session:
        over = _over(session)
        for until, titles in over.items():
            happening = Happening("expire", until + timedelta(days=1))
            events.append(session, titles, happening, None)
        return sum(map(len, over.values()))


def _over(session: Session) -> dict[date, list[int]]:
    """Return the titles that should have expired, by their last day."""
    found: dict[date, list[int]] = defaultdict(list)
    living = select(Title.id, Title.until).where(Title.state.in_(LIVING), Title.until < today())
    for row in session.execute(living.order_by(Title.until, Title.id)):
        found[row.until].append(row.id)
    return found
