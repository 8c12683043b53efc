"""Put the results of a campaign together: totals, ranks, differences, and what is still missing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from states.reasons import Label

from ..campaigns.trees import Node
from ..models import (
    Application,
    Assignment,
    Campaign,
    CampaignCategory,
    Category,
    Indicator,
    Score,
    User,
    table,
)
from .assigning import BY_EXPERTS
from .finding import Judged, all_judged, leaves_of, scored_nodes
from .gaps import Gap, gaps
from .ranking import Ranked, Standing, rank
from .reckoning import Leaf, Sheet, methods_of, missing, reckon

_assignments, _scores, _indicators = table(Assignment), table(Score), table(Indicator)


@dataclass(frozen=True)
class Handed:
    """Who judges an application by a method, and when they handed in."""

    username: str
    name: str
    method: str
    handed_in_at: str | None


@dataclass(frozen=True)
class Short:
    """A method by which not all is in: how many judge, how many of them have handed in, how many should."""

    method: str
    assigned: int
    handed_in: int
    wanted: int


@dataclass(frozen=True)
class Result:
    """One application among its category's results; `reckoning` is None while anything is missing."""

    judged: Judged
    assessors: tuple[Handed, ...]
    sheets: tuple[Sheet, ...]  # those handed in
    short: tuple[Short, ...]
    reckoning: Mapping[str, Any] | None
    gaps: tuple[Gap, ...]
    rank: int | None = None
    tied: bool = False

    @property
    def key(self) -> str:
        return str(self.judged.row.public_id)

    @property
    def vetoed(self) -> bool:
        return bool(self.reckoning and self.reckoning["vetoes"])

    @property
    def total(self) -> int | None:
        return None if self.reckoning is None else int(self.reckoning["total"])

    @property
    def stage(self) -> Label:
        return self.judged.stage


@dataclass(frozen=True)
class CategoryResults:
    """A category's results in the order of their ranks."""

    code: str
    name: str
    nodes: tuple[Node, ...]
    results: tuple[Result, ...]

    @cached_property
    def full(self) -> int:
        return sum(node.points for node in self.nodes)

    @property
    def missing(self) -> int:
        return sum(result.reckoning is None for result in self.results)


def results(
    session: Session, campaign: Campaign, *, reckoned: bool = True, only: str = "", anew: bool = False
) -> list[CategoryResults]:
    """Return a campaign's results by category; once frozen, totals and ranks are those that were stored.

    reckoned: with totals, which takes reading every score. only: of one application, which has no rank then.
    anew: reckoned again from the scores, whatever was stored.
    """
    applications = [one for one in all_judged(session, campaign) if only in ("", one.row.public_id)]
    assessors = _handed(session, campaign)
    sheets = _sheets(session, [one.id for one in applications]) if reckoned else {}
    frozen = _stored(session, campaign) if campaign.frozen_at and not anew else None
    found = []
    for category in _categories(session, campaign):
        nodes = scored_nodes(session, category.set_id)
        leaves = leaves_of(nodes, campaign)
        of_this = [
            _result(one, leaves, assessors.get(one.id, []), sheets.get(one.id, []), frozen)
            for one in applications
            if one.row.category == category.code
        ]
        ordered = of_this if only else _ranked(of_this, frozen)
        found.append(CategoryResults(category.code, category.name, tuple(nodes), tuple(ordered)))
    return found


def _result(
    judged: Judged,
    leaves: Sequence[Leaf],
    assessors: Sequence[Handed],
    sheets: Sequence[Sheet],
    frozen: Mapping[int, Any] | None,
) -> Result:
    short = tuple(_short(judged, leaves, assessors))
    if frozen is not None:
        reckoning = frozen[judged.id].reckoning if judged.id in frozen else None
    elif short or missing(leaves, judged.rule, sheets):
        reckoning = None
    else:
        reckoning = reckon(leaves, judged.rule, sheets).to_dict()
    apart = gaps(leaves, sheets, judged.campaign.gap) if reckoning is not None else []
    return Result(judged, tuple(assessors), tuple(sheets), short, reckoning, tuple(apart))


def _short(judged: Judged, leaves: Sequence[Leaf], assessors: Sequence[Handed]) -> Iterable[Short]:
    for method in methods_of(leaves, judged.rule):
        of_method = [one for one in assessors if one.method == method]
        wanted = judged.campaign.assessors_each if method in BY_EXPERTS else 1
        handed = sum(one.handed_in_at is not None for one in of_method)
        if handed < max(wanted, len(of_method)):
            yield Short(method, len(of_method), handed, wanted)


def _ranked(found: Sequence[Result], frozen: Mapping[int, Any] | None) -> list[Result]:
    """Return results in order; what was vetoed has no rank."""
    by_key = {one.key: one for one in found}
    ranked = rank(
        Standing(one.key, None if one.vetoed else one.total, one.judged.row.unit_position) for one in found
    )
    if frozen is not None:
        ranked = _as_stored(ranked, {one.key: frozen[one.judged.id].rank for one in found})
    return [Result(**{**vars(by_key[one.key]), "rank": one.rank, "tied": one.tied}) for one in ranked]


def _as_stored(ranked: Sequence[Ranked], ranks: Mapping[str, int | None]) -> list[Ranked]:
    """Return standings with the ranks that were frozen: some may have dropped out since."""
    same = list(ranks.values())
    return [
        Ranked(one.key, ranks[one.key], ranks[one.key] is not None and same.count(ranks[one.key]) > 1)
        for one in ranked
    ]


def _categories(session: Session, campaign: Campaign) -> Sequence[Any]:
    return session.execute(
        select(Category.code, Category.name, CampaignCategory.set_id)
        .join(CampaignCategory, CampaignCategory.category == Category.code)
        .where(CampaignCategory.campaign_id == campaign.id)
        .order_by(CampaignCategory.position, Category.position)
    ).all()


def _handed(session: Session, campaign: Campaign) -> dict[int, list[Handed]]:
    rows = session.execute(
        select(Assignment.document_id, User.username, User.name, Assignment.method, Assignment.handed_in_at)
        .join(User, User.id == Assignment.user_id)
        .join(Application, Application.document_id == Assignment.document_id)
        .where(Application.campaign_id == campaign.id)
        .order_by(Assignment.document_id, Assignment.method, User.username)
    )
    found: dict[int, list[Handed]] = {}
    for row in rows:
        who = Handed(row.username, row.name, row.method, row.handed_in_at)
        found.setdefault(row.document_id, []).append(who)
    return found


def _sheets(session: Session, documents: Sequence[int]) -> dict[int, list[Sheet]]:
    """Return the sheets that were handed in; what somebody is still typing counts for nothing."""
    handed_in = (
        select(
            Assignment.id,
            Assignment.document_id,
            Assignment.method,
            Assignment.veto,
            User.username,
            User.name,
        )
        .join(User, User.id == Assignment.user_id)
        .where(Assignment.document_id.in_(documents), Assignment.handed_in_at.is_not(None))
        .order_by(Assignment.document_id, Assignment.method, User.username)
    )
    scores = (
        select(_scores.c.assignment_id, _indicators.c.code, _scores.c.points)
        .join(_indicators, _indicators.c.id == _scores.c.indicator_id)
        .join(_assignments, _assignments.c.id == _scores.c.assignment_id)
        .where(
            _assignments.c.document_id.in_(documents),
            _assignments.c.handed_in_at.is_not(None),
            _scores.c.points.is_not(None),
        )
    )
    points: dict[int, dict[str, int]] = {}
    for assignment, code, given in session.connection().execute(scores).all():
        points.setdefault(assignment, {})[code] = given
    found: dict[int, list[Sheet]] = {}
    for one in session.execute(handed_in):
        sheet = Sheet(one.username, one.name, one.method, points.get(one.id, {}), one.veto)
        found.setdefault(one.document_id, []).append(sheet)
    return found


def _stored(session: Session, campaign: Campaign) -> dict[int, Any]:
    rows = session.execute(
        select(Application.document_id, Application.total, Application.rank, Application.reckoning).where(
            Application.campaign_id == campaign.id
        )
    )
    return {row.document_id: row for row in rows}
