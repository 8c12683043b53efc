"""Load the office's procedures, and every version of them that a document still stands on."""

from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from states import help, loader
from states.errors import ProcedureError
from states.help import Help
from states.loader import load_folder, load_text
from states.procedure import Procedure

from .clock import stamp
from .db import Database
from .effects import EFFECTS
from .errors import Unusable
from .models import Document, ProcedureText

OWN = Path(__file__).resolve().parent.parent / "states" / "procedures"


def load(office: Path | None = None) -> dict[str, Procedure]:
    """Load the procedures by kind; those in the office's folder stand over ours. Raises ProcedureError."""
    procedures = load_folder(OWN, effects=EFFECTS)
    if office is not None:
        procedures |= load_folder(office, effects=EFFECTS)
    return procedures


def load_file(path: Path) -> Procedure:
    """Load one file as it would be loaded at start. Raises ProcedureError."""
    return loader.load(path, effects=EFFECTS)


def load_help(current: Mapping[str, Procedure], office: Path | None = None) -> dict[str, Help]:
    """Load the words to each kind: the office's own, otherwise ours. Raises ProcedureError."""
    found = {}
    for kind, procedure in current.items():
        own = office / "help" / f"{kind}.yaml" if office else None
        path = own if own is not None and own.exists() else OWN / "help" / f"{kind}.yaml"
        if path.exists():
            found[kind] = help.load(path)
            if path == own or not (office and (office / f"{kind}.yaml").exists()):
                help.check(path, found[kind], procedure)
    return found


def versions(database: Database, current: dict[str, Procedure]) -> dict[str, Procedure]:
    """Store the current versions, and return every version in use by its hash.

    Raises Unusable, naming the documents, when a version in use can no longer be carried out.
    """
    with database.read_tx() as session:
        known = set(session.scalars(select(ProcedureText.hash)))
    new = [procedure for procedure in current.values() if procedure.hash not in known]
    if new:
        with database.write_tx() as session:
            for procedure in new:
                session.merge(
                    ProcedureText(
                        hash=procedure.hash, kind=procedure.kind, text=procedure.text, stored_at=stamp()
                    )
                )
    with database.read_tx() as session:
        loaded = {procedure.hash: procedure for procedure in current.values()}
        earlier = select(ProcedureText).where(
            ProcedureText.hash.in_(select(Document.procedure_hash).distinct()),
            ProcedureText.hash.not_in(loaded),
        )
        return loaded | {row.hash: _load_stored(session, row) for row in session.scalars(earlier).all()}


def _load_stored(session: Session, row: ProcedureText) -> Procedure:
    try:
        return load_text(row.text, file=f"{row.kind} {row.hash[:8]}", effects=EFFECTS)
    except ProcedureError as error:
        titles = session.scalars(
            select(Document.title).where(Document.procedure_hash == row.hash).order_by(Document.id)
        ).all()
        raise Unusable(f"{error}; documents that stand on it: {', '.join(titles)}") from error
