"""Edit the indicators of a version while it is not fixed."""

import re
from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from states.reasons import Reason

from ..assessment.reckoning import METHODS
from ..errors import NotFound
from ..installation import write_tx
from ..models import Indicator
from ..office.fields import Fields
from ..office.log import note
from . import finding
from .clerk import clerk
from .first_lists import WORDS
from .indicator_sets import to_edit
from .reading import points
from .trees import FULL, LEVELS, tree_of

LONGEST_TEXT, LONGEST_MATERIAL = 500, 500
MOST_WORDS = 3000
MOST_NODES = 500
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,15}")


def put(actor_id: int, set_id: int, indicator_id: int, given: Mapping[str, Any]) -> int:
    """Add an indicator (id 0) below `parent` (its id, '' at the top), or change one; return its id.

    Fields: code, text, points, methods, material, words, evidence.
    Raises NotAllowed, NotFound, NotReady when the version is fixed, ContentError.
    """
    with write_tx() as session:
        clerk(session, actor_id)
        kept = to_edit(session, set_id)
        fields = Fields(given)
        row = _find(session, set_id, indicator_id) if indicator_id else None
        values = _read(session, fields, set_id, row)
        if row is None:
            values["parent_id"] = _parent(session, fields, set_id)
        fields.check()
        if row is None:
            same = {"set_id": set_id, "parent_id": values["parent_id"]}
            last = session.scalar(select(func.max(Indicator.position)).filter_by(**same))
            row = Indicator(set_id=set_id, **values, position=0 if last is None else last + 1)
            session.add(row)
        for name, value in values.items():
            setattr(row, name, value)
        session.flush()
        details = {"set": kept.code, "version": kept.version, **values}
        note(session, actor_id, "indicator_set_edited", kept.name, details)
        return row.id


def remove(actor_id: int, set_id: int, indicator_id: int) -> None:
    """Remove an indicator that has none below it. Raises NotAllowed, NotFound, NotReady."""
    with write_tx() as session:
        clerk(session, actor_id)
        kept = to_edit(session, set_id)
        row = _find(session, set_id, indicator_id)
        if _has_children(session, row.id):
            finding.tell(
                Reason("There are indicators below %(code)s: remove those first", {"code": row.code})
            )
        session.delete(row)
        details = {"set": kept.code, "version": kept.version, "removed": row.code}
        note(session, actor_id, "indicator_set_edited", kept.name, details)


def move(actor_id: int, set_id: int, indicator_id: int, places: int) -> None:
    """Move an indicator so many places down among its neighbours, up where negative.

    Raises NotAllowed, NotFound, NotReady.
    """
    with write_tx() as session:
        clerk(session, actor_id)
        kept = to_edit(session, set_id)
        row = _find(session, set_id, indicator_id)
        same = select(Indicator).filter_by(set_id=set_id, parent_id=row.parent_id)
        order = list(session.scalars(same.order_by(Indicator.position, Indicator.id)))
        place = order.index(row)
        order.remove(row)
        order.insert(max(0, place + places), row)
        for position, each in enumerate(order):
            each.position = position
        details = {"set": kept.code, "version": kept.version, "moved": row.code}
        note(session, actor_id, "indicator_set_edited", kept.name, details)


def _find(session: Session, set_id: int, indicator_id: int) -> Indicator:
    row = session.get(Indicator, indicator_id)
    if row is None or row.set_id != set_id:
        raise NotFound
    return row


def _has_children(session: Session, indicator_id: int) -> bool:
    return (
        session.scalars(select(Indicator.id).where(Indicator.parent_id == indicator_id)).first() is not None
    )


def _parent(session: Session, fields: Fields, set_id: int) -> int | None:
    """Return below which indicator a new one stands: not deeper than three levels, never below one scored."""
    given = str(fields.given.get("parent") or "")
    if session.scalar(select(func.count()).where(Indicator.set_id == set_id)) >= MOST_NODES:  # type: ignore[operator]
        fields.refuse("code", "A tree has at most %(most)s indicators.", most=str(MOST_NODES))
    if not given:
        return None
    node = next((one for one in tree_of(session, set_id).nodes() if str(one.id) == given), None)
    if node is None:
        fields.refuse("parent", "Choose one of those that are offered.")
        return None
    if node.level >= LEVELS:
        fields.refuse("parent", "A tree has three levels at most.")
    elif node.scored and node.points:
        fields.refuse("parent", "%(code)s has points of its own: set them to 0 first.", code=node.code)
    return node.id


def _read(session: Session, fields: Fields, set_id: int, row: Indicator | None) -> dict[str, Any]:
    code = str(fields.given.get("code") or "").strip()
    same = select(Indicator.id).filter_by(set_id=set_id, code=code)
    if not CODE.fullmatch(code):
        fields.refuse("code", "A number has 1 to 16 letters, figures and . - _, such as A1.2.")
    elif session.scalars(same).first() not in (None, row and row.id):
        fields.refuse("code", "%(name)s is in the list already.", name=code)
    values: dict[str, Any] = {"code": code, "text": fields.line("text", LONGEST_TEXT)}
    if row is not None and _has_children(session, row.id):
        return {**values, "points": 0, "methods": [], "material": "", "words": 0, "evidence": False}
    given_points = fields.given.get("points")
    values["points"] = points(fields, "points", FULL) if given_points not in (None, "") else 0
    values["methods"] = fields.words("methods", METHODS)
    if values["points"] and not values["methods"]:
        fields.refuse("methods", "Choose one method at least.")
    values["material"] = fields.line("material", LONGEST_MATERIAL, required=False)
    words = fields.whole("words", 0, MOST_WORDS, required=False)
    values["words"] = WORDS if words is None else words
    values["evidence"] = fields.yes("evidence")
    return values
