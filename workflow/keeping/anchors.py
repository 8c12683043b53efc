"""Compare the chain of movements with what backups noted of it: a record rewritten whole shows here."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..errors import Unusable
from ..installation import here
from ..models import Movement
from . import manifest
from .backup import backups
from .restore import restored


def anchors(session: Session) -> Iterator[str]:
    """Yield each backup whose noted chain is not the one that the database has."""
    lost = [(one["made_at"], one["at"]) for one in restored(session)]
    for folder in backups(here().backups):
        try:
            noted = manifest.load(folder)
        except Unusable as error:
            yield str(error)
            continue
        if noted.position == 0 or any(begin < noted.made_at < end for begin, end in lost):
            continue
        found = session.execute(
            select(Movement.chain_hash).where(Movement.position == noted.position)
        ).scalar_one_or_none()
        if found != noted.chain_hash:
            yield f"movement {noted.position}: the backup {folder.name} noted another chain up to it"
