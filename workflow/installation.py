"""Hold what one running installation works with: its database, its files, its procedures."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy.orm import Session

from states.help import Help
from states.procedure import Procedure

from .calendar import Calendar
from .channels import Channels
from .db import Database
from .errors import Unusable


@dataclass
class Installation:
    database: Database
    data: Path
    procedures: dict[str, Procedure]  # by kind: what new documents start on
    versions: dict[str, Procedure]  # by hash: what documents under way stand on
    backup_folder: Path | None = None
    help: dict[str, Help] = field(default_factory=dict)  # by kind
    channels: Channels = field(default_factory=Channels)
    calendar: tuple[Calendar, float] | None = None  # and when it was read; see working_time

    @property
    def backups(self) -> Path:
        """Where backups go: better on another disk than the data."""
        return self.backup_folder or self.data / "backups"


_open: Installation | None = None


def install(installation: Installation) -> None:
    """Make this the installation that every verb works on."""
    global _open
    _open = installation


def here() -> Installation:
    """Return the open installation; raises Unusable when none is open."""
    if _open is None:
        raise Unusable("no installation is open")
    return _open


def forget_connections() -> None:
    """Let a process that was forked open its own connections: those that it inherited are its parent's."""
    if _open is not None:
        _open.database.engine.dispose(close=False)


@contextmanager
def write_tx() -> Iterator[Session]:
    """Open the one kind of transaction that may write; see Database.write_tx."""
    with here().database.write_tx() as session:
        yield session


@contextmanager
def read_tx() -> Iterator[Session]:
    """Open a transaction that only reads."""
    with here().database.read_tx() as session:
        yield session
