"""Keep the bodies that documents usually go to, and how many copies each takes."""

import re
from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ..errors import NotFound
from ..installation import write_tx
from ..models import Correspondent
from .administrator import administrator
from .fields import Fields
from .log import note

LONGEST = 100  # characters
MOST_COPIES = 10_000
MOST = 10_000

SEPARATOR = re.compile("[、，；,;]")  # between the names of a list such as 主送机关


def listed(session: Session) -> list[Correspondent]:
    """Return all in the order in which the editor offers them."""
    return list(session.scalars(select(Correspondent).order_by(Correspondent.position, Correspondent.id)))


def add_correspondent(actor_id: int, given: Mapping[str, Any]) -> int:
    """Add a body with its `name`, `copies` and `position` (empty: last); return its id.

    Raises NotAllowed, ContentError.
    """
    with write_tx() as session:
        administrator(session, actor_id)
        values = _read(session, given, None)
        if values["position"] is None:
            values["position"] = (session.scalar(select(func.max(Correspondent.position))) or 0) + 1
        added = Correspondent(**values)
        session.add(added)
        session.flush()
        note(session, actor_id, "correspondent_added", added.name, {"copies": added.copies})
        return added.id


def change_correspondent(actor_id: int, correspondent_id: int, given: Mapping[str, Any]) -> None:
    """Change a body's `name`, `copies` or `position`; documents keep what stands in them.

    Raises NotAllowed, NotFound, ContentError.
    """
    with write_tx() as session:
        administrator(session, actor_id)
        row = _find(session, correspondent_id)
        values = _read(session, given, row.id)
        if values["position"] is None:
            values["position"] = row.position
        changed = {name: [getattr(row, name), value] for name, value in values.items()}
        for name, value in values.items():
            setattr(row, name, value)
        if changed := {name: pair for name, pair in changed.items() if pair[0] != pair[1]}:
            note(session, actor_id, "correspondent_changed", row.name, changed)


def remove_correspondent(actor_id: int, correspondent_id: int) -> None:
    """Offer a body no longer. Raises NotAllowed, NotFound."""
    with write_tx() as session:
        administrator(session, actor_id)
        row = _find(session, correspondent_id)
        session.delete(row)
        note(session, actor_id, "correspondent_removed", row.name, {"copies": row.copies})


def _find(session: Session, correspondent_id: int) -> Correspondent:
    row = session.get(Correspondent, correspondent_id, with_for_update=True)
    if row is None:
        raise NotFound
    return row


def _read(session: Session, given: Mapping[str, Any], own_id: int | None) -> dict[str, Any]:
    fields = Fields(given)
    name = fields.line("name", LONGEST)
    if SEPARATOR.search(name):
        fields.refuse("name", "One body's name has no 、 ， ； in it, which part the names of a list.")
    holder = session.scalar(select(Correspondent.id).where(Correspondent.name == name))
    if name and holder not in (None, own_id):
        fields.refuse("name", "%(name)s is in the list already.", name=name)
    copies = fields.whole("copies", 1, MOST_COPIES)
    position = fields.whole("position", 0, MOST, required=False)
    fields.check()
    return {"name": name, "copies": copies, "position": position}
