"""Open an installation, and say whether it is fit to serve."""

from pathlib import Path

from sqlalchemy import select, text

from . import holidays, jobs, migrate, procedures
from .channels import Channels
from .db import Database
from .errors import Unusable
from .installation import Installation, here, install, read_tx
from .models import User

DEMONSTRATION_ACCOUNTS = (
    "drafter",
    "unit_head",
    "countersigner1",
    "countersigner2",
    "clerk",
    "deputy",
    "signatory",
    "registrar",
    "archivist",
    "admin",
    "auditor",
    "unit1",
    "unit2",
    "recommender",
    "expert1",
    "expert2",
)


def prepare(database_url: str, data: Path) -> None:
    """Make the data folder and bring the schema up to date."""
    data.mkdir(parents=True, exist_ok=True)
    database = Database(database_url)
    try:
        migrate.upgrade(database)
    finally:
        database.dispose()


def open_installation(
    database_url: str,
    data: Path,
    office_procedures: Path | None = None,
    backups: Path | None = None,
    channels: Channels | None = None,
) -> Installation:
    """Open the database and load the procedures; raises Unusable or ProcedureError when that cannot be."""
    data.mkdir(parents=True, exist_ok=True)
    current = procedures.load(office_procedures)
    database = Database(database_url)
    migrate.check(database)
    holidays.seed(database)
    installation = Installation(
        database,
        data,
        current,
        procedures.versions(database, current),
        backups,
        procedures.load_help(current, office_procedures),
        channels or Channels(),
    )
    install(installation)
    return installation


def refuse_demonstration_accounts() -> None:
    """Refuse to serve an office with accounts whose password everybody knows; raises Unusable."""
    with read_tx() as session:
        found = session.scalars(
            select(User.username).where(User.username.in_(DEMONSTRATION_ACCOUNTS), User.active)
        ).all()
    if found:
        raise Unusable(f"demonstration accounts are still in use: {', '.join(found)}")


def readiness() -> dict[str, bool]:
    """Say whether database, files and worker are there."""
    with read_tx() as session:
        session.execute(text("SELECT 1"))
        return {
            "database": True,
            "files": _can_write(here().data),
            "worker": jobs.worker_is_alive(session),
        }


def _can_write(folder: Path) -> bool:
    probe = folder / ".writable"
    try:
        probe.touch()
        probe.unlink()
    except OSError:
        return False
    return True
