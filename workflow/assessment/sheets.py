"""Show an assessor what is theirs to judge; what others gave stays hidden until all have handed in (盲评)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from docgen.application import Answer, ApplicationContent, parse_application

from ..applications.sheets import scored, to_be_scored
from ..campaigns.trees import Node, tree_of
from ..directory import Person
from ..errors import NotFound
from ..models import (
    Application,
    Assignment,
    Campaign,
    CampaignCategory,
    Category,
    Document,
    Indicator,
    Revision,
    Score,
    Unit,
    User,
)
from .finding import Judged, find_judged


@dataclass(frozen=True)
class Line:
    """An indicator on a sheet: what the unit answers to it, and what the assessor gave."""

    node: Node
    path: str  # the texts above it in the tree
    answer: Answer
    points: int | None
    reason: str

    @property
    def complete(self) -> bool:
        """Tell whether it is scored: points, and why not all of them."""
        return self.points is not None and (self.points >= self.node.points or bool(self.reason))


@dataclass(frozen=True)
class Other:
    """Another's sheet beside one's own."""

    name: str
    username: str
    remark: str
    veto: str
    points: Mapping[int, int]  # by indicator
    reasons: Mapping[int, str]


@dataclass(frozen=True)
class MySheet:
    """One assessor's sheet of an application for one method."""

    judged: Judged
    method: str
    assignment: Assignment
    content: ApplicationContent
    lines: tuple[Line, ...]
    others: tuple[Other, ...]  # none before all have handed in
    awaited: int  # others who have not handed in

    @property
    def scored(self) -> int:
        return sum(line.complete for line in self.lines)

    @property
    def total(self) -> int:
        return sum(line.points or 0 for line in self.lines)

    @property
    def most(self) -> int:
        return sum(line.node.points for line in self.lines)


def find_assignment(
    session: Session, judged: Judged, method: str, user_id: int, *, lock: bool = False
) -> Assignment:
    """Return somebody's assignment; raises NotFound, also for what is not theirs."""
    statement = select(Assignment).where(
        Assignment.document_id == judged.id, Assignment.method == method, Assignment.user_id == user_id
    )
    found = session.scalars(statement.with_for_update() if lock else statement).first()
    if found is None:
        raise NotFound
    return found


def my_sheet(session: Session, person: Person, public_id: str, method: str) -> MySheet:
    """Return somebody's own sheet; raises NotFound for whatever was not assigned to them."""
    judged = find_judged(session, public_id)
    mine = find_assignment(session, judged, method, person.id)
    content = content_of(session, judged)
    answers = {answer.indicator: answer for answer in content.answers}
    given = {row.indicator_id: row for row in session.scalars(_scores(mine.id))}
    lines = tuple(
        Line(
            node,
            path,
            answers.get(node.code) or Answer(node.code),
            given[node.id].points if node.id in given else None,
            given[node.id].reason if node.id in given else "",
        )
        for node, path in judged_nodes(session, judged.row.set_id, method)
    )
    others, awaited = _others(session, mine)
    return MySheet(judged, method, mine, content, lines, others, awaited)


def content_of(session: Session, judged: Judged) -> ApplicationContent:
    """Return an application's content as it stands."""
    which = (Revision.document_id == judged.id, Revision.n == judged.row.revision)
    return parse_application(session.scalars(select(Revision.content).where(*which)).one())


def judged_nodes(session: Session, set_id: int, method: str) -> list[tuple[Node, str]]:
    """Return the indicators of a set that are judged by a method, each with the texts above it."""
    tree = tree_of(session, set_id)
    by_id = {node.id: node for node in tree.nodes()}
    found = []
    for node in tree.leaves:
        if method in node.methods:
            above, parent = [], node.parent
            while parent is not None:
                above.append(by_id[parent].text)
                parent = by_id[parent].parent
            found.append((node, " › ".join(reversed(above))))
    return found


def unscored(session: Session, judged: Judged, user_id: int, method: str) -> int:
    """Return how many indicators somebody has still to score on their sheet."""
    wanted = to_be_scored(session, judged.campaign.id, judged.row.category, method)
    return len(wanted - scored(session, judged.id, user_id, method))


def _scores(assignment_id: int) -> Any:
    return select(Score).where(Score.assignment_id == assignment_id)


def _others(session: Session, mine: Assignment) -> tuple[tuple[Other, ...], int]:
    """Return the sheets of the others, which the query itself keeps back until all have handed in."""
    pending = aliased(Assignment)
    beside = (Assignment.document_id == mine.document_id, Assignment.method == mine.method)
    all_in = ~exists().where(
        pending.document_id == mine.document_id,
        pending.method == mine.method,
        pending.handed_in_at.is_(None),
    )
    rows = session.execute(
        select(
            Assignment.id,
            Assignment.remark,
            Assignment.veto,
            User.name,
            User.username,
            Score.indicator_id,
            Score.points,
            Score.reason,
        )
        .join(User, User.id == Assignment.user_id)
        .join(Score, Score.assignment_id == Assignment.id)
        .where(*beside, Assignment.user_id != mine.user_id, all_in)
        .order_by(User.username, Score.indicator_id)
    )
    grouped: dict[int, list[Any]] = {}
    for row in rows:
        grouped.setdefault(row.id, []).append(row)
    others = tuple(
        Other(
            of[0].name,
            of[0].username,
            of[0].remark,
            of[0].veto,
            {row.indicator_id: row.points for row in of},
            {row.indicator_id: row.reason for row in of},
        )
        for of in grouped.values()
    )
    awaited = select(Assignment.id).where(
        *beside, Assignment.user_id != mine.user_id, Assignment.handed_in_at.is_(None)
    )
    return others, len(session.scalars(awaited).all())


def my_list(session: Session, person: Person) -> Sequence[Any]:
    """Return what was assigned to somebody, what is to be handed in first: with how much is scored."""
    complete = (
        select(func.count())
        .select_from(Score)
        .join(Indicator, Indicator.id == Score.indicator_id)
        .where(
            Score.assignment_id == Assignment.id,
            Score.points.is_not(None),
            or_(Score.points >= Indicator.points, Score.reason != ""),
        )
        .correlate(Assignment)
        .scalar_subquery()
    )
    statement = (
        select(
            Assignment.id,
            Assignment.method,
            Assignment.handed_in_at,
            Assignment.returned,
            Document.public_id,
            Document.state,
            Document.procedure_hash,
            Unit.name.label("unit"),
            Category.name.label("category"),
            Campaign.title.label("campaign"),
            complete.label("scored"),
            CampaignCategory.set_id,
        )
        .join(Document, Document.id == Assignment.document_id)
        .join(Application, Application.document_id == Document.id)
        .join(Unit, Unit.id == Application.unit_id)
        .join(Category, Category.code == Application.category)
        .join(Campaign, Campaign.id == Application.campaign_id)
        .join(
            CampaignCategory,
            and_(
                CampaignCategory.campaign_id == Campaign.id,
                CampaignCategory.category == Application.category,
            ),
        )
        .where(Assignment.user_id == person.id, Document.submitted_at.is_not(None), Application.live)
        .order_by(
            Assignment.handed_in_at.is_not(None),
            Campaign.id.desc(),
            Category.position,
            Unit.position,
            Assignment.method,
        )
    )
    return session.execute(statement).all()
