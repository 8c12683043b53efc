"""Read a tree of indicators: its nodes in their order, their points, what it lacks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from states.reasons import Reason

from ..assessment.reckoning import METHODS
from ..errors import NotFound
from ..models import Campaign, CampaignCategory, Indicator, IndicatorSet

LEVELS = 3
FULL = 10_000  # hundredths: what a tree usually comes to


@dataclass(frozen=True)
class Node:
    """An indicator with its place in the tree; points of a parent are the sum of its children's."""

    id: int
    code: str
    text: str
    level: int  # from 1
    points: int
    methods: tuple[str, ...]
    material: str
    words: int
    evidence: bool
    children: tuple["Node", ...]
    parent: int | None

    @property
    def scored(self) -> bool:
        """Say whether points are given for it: those without children are scored."""
        return not self.children


@dataclass(frozen=True)
class Tree:
    """A version of a set with its nodes."""

    set: IndicatorSet
    roots: tuple[Node, ...]

    def nodes(self) -> Iterator[Node]:
        """Yield every node, each before its children."""
        return _walk(self.roots)

    @property
    def leaves(self) -> list[Node]:
        return [node for node in self.nodes() if node.scored]

    @property
    def total(self) -> int:
        return sum(root.points for root in self.roots)

    def by_method(self) -> dict[str, int]:
        """Return the points that are judged by each method."""
        return {name: sum(one.points for one in self.leaves if name in one.methods) for name in METHODS}


def _walk(nodes: Sequence[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from _walk(node.children)


def find_set(session: Session, set_id: int, *, lock: bool = False) -> IndicatorSet:
    """Return a set; raises NotFound."""
    found = session.get(IndicatorSet, set_id, with_for_update=lock)
    if found is None:
        raise NotFound
    return found


def tree_of(session: Session, set_id: int) -> Tree:
    """Return a set with its nodes; raises NotFound."""
    kept = find_set(session, set_id)
    rows = session.scalars(
        select(Indicator).where(Indicator.set_id == set_id).order_by(Indicator.position, Indicator.id)
    )
    below: dict[int | None, list[Indicator]] = {}
    for row in rows:
        below.setdefault(row.parent_id, []).append(row)
    return Tree(kept, _built(below, None, 1))


def _built(below: dict[int | None, list[Indicator]], parent: int | None, level: int) -> tuple[Node, ...]:
    built = []
    for row in below.get(parent, []):
        children = _built(below, row.id, level + 1)
        built.append(
            Node(
                id=row.id,
                code=row.code,
                text=row.text,
                level=level,
                points=sum(child.points for child in children) if children else row.points,
                methods=tuple(row.methods),
                material=row.material,
                words=row.words,
                evidence=row.evidence,
                children=children,
                parent=row.parent_id,
            )
        )
    return tuple(built)


def sets(session: Session) -> list[tuple[IndicatorSet, int, int, list[str]]]:
    """Return every version, the latest first: its scored indicators, its points, campaigns that use it."""
    parents = select(Indicator.parent_id).where(Indicator.parent_id.is_not(None))
    leaves: dict[int, list[int]] = {}
    scored = select(Indicator.set_id, Indicator.points).where(Indicator.id.not_in(parents))
    for set_id, points in session.execute(scored):
        leaves.setdefault(set_id, []).append(points)
    used: dict[int, list[str]] = {}
    rows = (
        select(CampaignCategory.set_id, Campaign.title)
        .join(Campaign, Campaign.id == CampaignCategory.campaign_id)
        .distinct()
        .order_by(Campaign.title)
    )
    for set_id, title in session.execute(rows):
        used.setdefault(set_id, []).append(title)
    order = select(IndicatorSet).order_by(IndicatorSet.code, IndicatorSet.version.desc())
    return [
        (one, len(leaves.get(one.id, ())), sum(leaves.get(one.id, ())), used.get(one.id, []))
        for one in session.scalars(order)
    ]


def lacks(tree: Tree, methods: Sequence[str]) -> list[Reason]:
    """Return why a campaign with these methods cannot use a tree, all reasons at once."""
    name: dict[str, Any] = {"set": f"{tree.set.name} v{tree.set.version}"}
    if not tree.leaves:
        return [Reason("%(set)s has no indicators", name)]
    wrong = []
    if nothing := [one.code for one in tree.leaves if not one.points]:
        wrong.append(Reason("%(set)s gives no points for %(codes)s", {**name, "codes": "、".join(nothing)}))
    if unjudged := [one.code for one in tree.leaves if not set(one.methods) & set(methods)]:
        known = {**name, "codes": "、".join(unjudged)}
        wrong.append(Reason("%(set)s: none of the campaign's methods judges %(codes)s", known))
    return wrong
