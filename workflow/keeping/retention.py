"""Say which backups are kept: many young ones, few old ones, one a year for ever."""

import shutil
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from ..clock import SHANGHAI
from .backup import UNFINISHED, backups

KEPT: tuple[tuple[Callable[[datetime], object], int | None], ...] = (
    # of each such period the latest backup, for the latest so many periods
    (lambda made: made.date(), 7),
    (lambda made: made.isocalendar()[:2], 4),
    (lambda made: (made.year, made.month), 12),
    (lambda made: made.year, None),
)


def kept(made: Sequence[datetime]) -> set[datetime]:
    """Return those of the backups' times that are kept."""
    keep: set[datetime] = set()
    for period_of, most in KEPT:
        latest = {period_of(moment): moment for moment in sorted(made)}
        moments = sorted(latest.values(), reverse=True)
        keep.update(moments if most is None else moments[:most])
    return keep


def thin_out(target: Path) -> list[str]:
    """Remove the backups that are not kept, and what an interrupted one left; return their names."""
    found = {_made(path): path for path in backups(target)}
    gone = [found[moment] for moment in sorted(set(found) - kept(list(found)))]
    gone += sorted(target.glob(f"{UNFINISHED}*"))
    for path in gone:
        shutil.rmtree(path)
    return [path.name for path in gone]


def _made(path: Path) -> datetime:
    return datetime.strptime(path.name, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC).astimezone(SHANGHAI)
