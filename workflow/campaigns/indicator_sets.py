"""Begin sets of indicators (测评体系), go on from one with a new version, drop what nothing uses."""

import re
from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from states.reasons import Reason

from ..installation import write_tx
from ..models import CampaignCategory, Indicator, IndicatorSet
from ..office.fields import Fields
from ..office.log import note
from . import finding
from .clerk import clerk
from .planting import clear, plant
from .trees import find_set

LONGEST_NAME = 60
_OWN = ("id", "set_id", "parent_id")  # what a copied node has of its own
_SET_CODE = re.compile(r"[a-z][a-z0-9_]{0,31}")


def new_set(actor_id: int, given: Mapping[str, Any]) -> int:
    """Begin an empty set: `code`, `name`; return its id. Raises NotAllowed, ContentError."""
    with write_tx() as session:
        clerk(session, actor_id)
        fields = Fields(given)
        code = str(given.get("code") or "").strip()
        if not _SET_CODE.fullmatch(code):
            told = "A code has 1 to 32 small letters, figures and _ and begins with a letter."
            fields.refuse("code", told)
        elif session.scalars(select(IndicatorSet.id).where(IndicatorSet.code == code)).first() is not None:
            fields.refuse("code", "%(name)s is in the list already.", name=code)
        name = fields.line("name", LONGEST_NAME)
        fields.check()
        made = IndicatorSet(code=code, version=1, name=name)
        session.add(made)
        session.flush()
        note(session, actor_id, "indicator_set_made", name, {"set": code, "version": 1})
        return made.id


def new_version(actor_id: int, set_id: int) -> int:
    """Copy a version to the next one of its set, which may be edited; return its id.

    Raises NotAllowed, NotFound.
    """
    with write_tx() as session:
        clerk(session, actor_id)
        source = find_set(session, set_id)
        last = session.scalar(select(func.max(IndicatorSet.version)).where(IndicatorSet.code == source.code))
        made = IndicatorSet(
            code=source.code, version=(last or 0) + 1, name=source.name, based_on_id=source.id
        )
        session.add(made)
        session.flush()
        columns = [column.name for column in Indicator.__table__.columns if column.name not in _OWN]
        rows = list(session.scalars(select(Indicator).where(Indicator.set_id == set_id)))
        codes = {row.id: row.code for row in rows}
        given = [{name: getattr(row, name) for name in columns} for row in rows]
        for row, one in zip(rows, given, strict=True):
            one["parent"] = codes.get(row.parent_id or 0, "")
        plant(session, made.id, given)
        details = {"set": made.code, "version": made.version, "of": source.version}
        note(session, actor_id, "indicator_set_copied", made.name, details)
        return made.id


def rename_set(actor_id: int, set_id: int, given: Mapping[str, Any]) -> None:
    """Change what a version is called. Raises NotAllowed, NotFound, NotReady when fixed, ContentError."""
    with write_tx() as session:
        clerk(session, actor_id)
        kept = to_edit(session, set_id)
        fields = Fields(given)
        name = fields.line("name", LONGEST_NAME)
        fields.check()
        note(session, actor_id, "indicator_set_renamed", kept.name, {"set": kept.code, "to": name})
        kept.name = name


def drop_set(actor_id: int, set_id: int) -> None:
    """Remove a version that is not fixed and that no campaign names.

    Raises NotAllowed, NotFound, NotReady.
    """
    with write_tx() as session:
        clerk(session, actor_id)
        kept = to_edit(session, set_id)
        used = select(CampaignCategory.id).where(CampaignCategory.set_id == set_id)
        later = select(IndicatorSet.id).where(IndicatorSet.based_on_id == set_id)
        wrong = []
        if session.scalars(used).first() is not None:
            wrong.append(Reason("A campaign uses this version"))
        if session.scalars(later).first() is not None:
            wrong.append(Reason("A later version goes back to this one"))
        finding.tell(*wrong)
        clear(session, set_id)
        session.delete(kept)
        details = {"set": kept.code, "version": kept.version}
        note(session, actor_id, "indicator_set_dropped", kept.name, details)


def to_edit(session: Session, set_id: int) -> IndicatorSet:
    """Return a version that may be edited, locked; raises NotReady when it is fixed."""
    kept = find_set(session, set_id, lock=True)
    if kept.fixed_at:
        finding.tell(Reason("A campaign was announced with this version: copy it to a new one to change it"))
    return kept
