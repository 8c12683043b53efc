"""Keep account of imports: who brought which workbook, how far it came, what was found in it."""

import hashlib
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from states.errors import NotAllowed
from states.reasons import Reason

from .. import archive
from ..clock import stamp
from ..directory import Person
from ..errors import Damaged, NotFound
from ..installation import here
from ..models import Import, User

MAY: dict[str, tuple[str, ...]] = {
    "office": ("admin",),
    "past": ("admin", "registrar", "office_clerk"),
}
LISTED = 100


def kinds_for(person: Person) -> list[str]:
    """Return the kinds of import that are the person's to make."""
    return [kind for kind, posts in MAY.items() if person.holds(*posts)]


def demand(person: Person, kind: str) -> None:
    """Raise NotAllowed unless the person may make such an import."""
    if kind not in kinds_for(person):
        raise NotAllowed([Reason("This import is not for your post")])


def enter(
    session: Session, kind: str, name: str, by_id: int | None, state: str, *, public_id: str = ""
) -> str:
    """Open an import's row in the caller's transaction and return its public id.

    public_id: that of a folder in which its files lie already.
    """
    public_id = public_id or new_id()
    session.add(
        Import(
            public_id=public_id,
            kind=kind,
            state=state,
            name="".join(c for c in name if c.isprintable())[:200],
            by_id=by_id,
            at=stamp(),
            done=0,
            total=0,
            report={},
        )
    )
    session.flush()
    return public_id


def new_id() -> str:
    """Return a public id that no import has."""
    return secrets.token_hex(8)


def settle(session: Session, public_id: str, state: str, report: Mapping[str, Any]) -> None:
    """Write down how far an import came, and what is to be said of it."""
    found = session.scalars(select(Import).where(Import.public_id == public_id)).one()
    found.state, found.report = state, dict(report)
    session.flush()


def find(session: Session, person: Person, kind: str, public_id: str, *, lock: bool = True) -> Import:
    """Return an import, locked unless it is only looked at; raises NotAllowed or NotFound."""
    demand(person, kind)
    statement = select(Import).where(Import.public_id == public_id, Import.kind == kind)
    found = session.scalars(statement.with_for_update() if lock else statement).first()
    if found is None:
        raise NotFound
    return found


def listed(session: Session, person: Person) -> list[tuple[Import, str | None]]:
    """Return the latest imports that are for the person to see, each with the name of who made it."""
    rows = session.execute(
        select(Import, User.name)
        .outerjoin(User, User.id == Import.by_id)
        .where(Import.kind.in_(kinds_for(person)))
        .order_by(Import.id.desc())
        .limit(LISTED)
    )
    return [(found, name) for found, name in rows]


def drop(session: Session, kind: str) -> list[str]:
    """Break off what waits for being confirmed; return the public ids, for their folders to be cleared."""
    waiting = select(Import).where(Import.kind == kind, Import.state == "ready").with_for_update()
    found = list(session.scalars(waiting))
    for each in found:
        each.state = "failed"
    return [each.public_id for each in found]


def folder(public_id: str) -> Path:
    """Return where an import's workbook and files lie until it is done."""
    return here().data / "imports" / public_id


def keep(public_id: str, name: str, content: bytes) -> str:
    """Lay a file into an import's folder and return its SHA-256."""
    archive.write(folder(public_id) / name, content)
    return hashlib.sha256(content).hexdigest()


def clear(public_id: str) -> None:
    """Remove an import's folder when nothing in it is needed any more."""
    shutil.rmtree(folder(public_id), ignore_errors=True)


def kept(public_id: str, name: str, sha256: str) -> bytes:
    """Return the file that `keep` laid down; raises Damaged when it is gone or another."""
    try:
        content = (folder(public_id) / name).read_bytes()
    except OSError as error:
        raise Damaged(f"{name} of import {public_id} cannot be read") from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise Damaged(f"{name} of import {public_id} is not what was sent")
    return content
