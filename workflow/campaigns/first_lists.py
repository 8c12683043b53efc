"""Take over the lists that an office begins with: categories, negative list, bodies, trees of indicators."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ..installation import write_tx
from ..models import Category, ConsultedBody, IndicatorSet, NegativeItem
from ..office.log import note
from .clerk import clerk
from .planting import plant

_HERE = Path(__file__).parent
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
WORDS = 500  # the most characters about one indicator, where a tree says nothing else


@cache
def first_lists() -> Mapping[str, Any]:
    """Return the lists as the file has them."""
    return tomllib.loads((_HERE / "first_lists.toml").read_text(encoding="utf-8"))


@cache
def first_sets() -> Sequence[Mapping[str, Any]]:
    """Return the trees of indicators as their files have them."""
    files = sorted((_HERE / "first_sets").glob("*.toml"))
    return [tomllib.loads(file.read_text(encoding="utf-8")) for file in files]


def usual_rules(category: str) -> list[dict[str, Any]]:
    """Return the rules of who may apply that are usual for a category."""
    known = {one["category"]: one["rules"] for one in first_lists()["eligibility"]}
    return [dict(rule) for rule in known.get(category, [])]


def take_over(actor_id: int) -> int:
    """Enter what of the first lists is not there yet; return how much that was. Raises NotAllowed."""
    with write_tx() as session:
        clerk(session, actor_id)
        added = enter(session)
        if added:
            note(session, actor_id, "first_lists_taken_over", str(added))
        return added


def enter(session: Session) -> int:
    """Enter what is not there yet, by its code or name, in the caller's transaction; return how much."""
    lists = first_lists()
    added = _enter(session, Category, "code", [dict(one) for one in lists["category"]])
    own = {"campaign_id": None}
    added += _enter(session, NegativeItem, "code", [{**one, **own} for one in lists["negative"]])
    added += _enter(session, ConsultedBody, "name", [{**one, **own} for one in lists["consulted"]])
    known = set(session.scalars(select(IndicatorSet.code)))
    for tree in first_sets():
        if tree["code"] not in known:
            enter_tree(session, tree)
            added += 1
    return added


def _enter(session: Session, model: Any, key: str, rows: list[dict[str, Any]]) -> int:
    office_s = select(model)
    if hasattr(model, "campaign_id"):
        office_s = office_s.where(model.campaign_id.is_(None))
    there = {getattr(row, key) for row in session.scalars(office_s)}
    last = session.scalar(select(func.max(model.position))) or 0
    new = [row for row in rows if row[key] not in there]
    session.add_all(model(**row, position=last + n) for n, row in enumerate(new, start=1))
    session.flush()
    return len(new)


def enter_tree(session: Session, tree: Mapping[str, Any]) -> IndicatorSet:
    """Enter a tree as the first version of its set: A, A1, A1.1 are the codes of its three levels."""
    kept = IndicatorSet(code=tree["code"], version=1, name=tree["name"], based_on_id=None, fixed_at=None)
    session.add(kept)
    session.flush()
    plant(session, kept.id, list(_nodes(tree)))
    return kept


def _nodes(tree: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for letter, project in zip(_LETTERS, tree["project"], strict=False):
        yield _node(letter, "", _LETTERS.index(letter), project)
        for n, branch in enumerate(project.get("indicator", ()), start=1):
            yield _node(f"{letter}{n}", letter, n, branch)
            for m, leaf in enumerate(branch["content"], start=1):
                yield _node(f"{letter}{n}.{m}", f"{letter}{n}", m, leaf)
        for n, leaf in enumerate(project.get("content", ()), start=1):
            yield _node(f"{letter}{n}", letter, n, leaf)


def _node(code: str, parent: str, position: int, said: Mapping[str, Any]) -> Mapping[str, Any]:
    scored = "points" in said
    return {
        "code": code,
        "parent": parent,
        "position": position,
        "text": said["text"],
        "points": said.get("points", 0),
        "methods": said.get("methods", []),
        "material": said.get("material", ""),
        "words": said.get("words", WORDS) if scored else 0,
        "evidence": said.get("evidence", True) if scored else False,
    }
