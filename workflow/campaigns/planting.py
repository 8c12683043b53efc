"""Write a whole tree of indicators, and clear one, level by level: few statements for hundreds of nodes."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from ..models import Indicator
from .trees import LEVELS, tree_of


def plant(session: Session, set_id: int, rows: Sequence[Mapping[str, Any]]) -> None:
    """Enter nodes in the caller's transaction: their columns, and `parent`, the code of theirs or ''."""
    ids: dict[str, int | None] = {"": None}
    for _ in range(LEVELS):
        new = [
            Indicator(
                set_id=set_id,
                parent_id=ids[row["parent"]],
                **{name: value for name, value in row.items() if name != "parent"},
            )
            for row in rows
            if row["parent"] in ids and row["code"] not in ids
        ]
        session.add_all(new)
        session.flush()
        ids |= {node.code: node.id for node in new}


def clear(session: Session, set_id: int) -> None:
    """Remove every node of a version in the caller's transaction, the lowest first."""
    nodes = list(tree_of(session, set_id).nodes())
    for level in range(LEVELS, 0, -1):
        ids = [node.id for node in nodes if node.level == level]
        session.execute(delete(Indicator).where(Indicator.id.in_(ids)))
