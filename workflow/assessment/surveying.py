"""Take in the results of a survey (第三方测评与问卷): the office enters them, by hand or from a workbook."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from docgen.errors import ContentError, Problem
from states.errors import NotReady
from states.reasons import Reason

from ..campaigns.clerk import clerk, refuse_others
from ..campaigns.finding import find
from ..campaigns.points import read_points, write_points
from ..campaigns.trees import Node
from ..clock import stamp
from ..directory import Person
from ..errors import NotFound
from ..installation import write_tx
from ..models import Assignment, Campaign, Score
from ..office.log import note
from ..spreadsheets import Row, Sheet, Table, read_workbook
from . import giving
from .finding import Judged, all_judged, find_judged, refuse_frozen
from .recusing import recusals
from .scoring import hand_in
from .sheets import judged_nodes
from .spreading import Given

SURVEY = "survey"
KEY, UNIT = "编号", "申报单位"
MOST_TOLD = 50


def enter_by_hand(actor_id: int, public_id: str) -> None:
    """Let the office enter the survey's results of one application by hand; raises NotFound, NotReady."""
    with write_tx() as session:
        person = clerk(session, actor_id)
        judged = find_judged(session, public_id, lock=True)
        refuse_frozen(judged.campaign)
        if SURVEY not in judged.campaign.methods:
            raise NotFound
        _assignment(session, judged, person)


def forms(session: Session, person: Person, campaign: Campaign) -> list[Table]:
    """Return the workbook to be filled in, a sheet a category; raises NotAllowed."""
    refuse_others(person)
    tables = []
    for category, applications in _by_category(all_judged(session, campaign)).items():
        nodes = [node for node, _ in judged_nodes(session, applications[0].row.set_id, SURVEY)]
        rows = [(one.row.public_id, one.row.unit, *("" for _ in nodes)) for one in applications]
        headings = (KEY, UNIT, *(_heading(node) for node in nodes))
        tables.append(Table(category, headings, rows, (20, 30, *(14 for _ in nodes))))
    return tables


def bring_in(actor_id: int, campaign_id: str, data: bytes) -> int:
    """Enter the results of a filled-in workbook, and hand in what stands at the survey; return how many.

    Nothing is entered while anything is wrong: ContentError names sheet, cell and reason of each.
    """
    with write_tx() as session:
        person = clerk(session, actor_id)
        campaign = find(session, campaign_id)
        refuse_frozen(campaign)
        if SURVEY not in campaign.methods:
            raise NotFound
        book, problems = read_workbook(data), []
        entered: list[tuple[Judged, dict[Node, int]]] = []
        for category, applications in _by_category(all_judged(session, campaign, lock=True)).items():
            if category in book:
                nodes = [node for node, _ in judged_nodes(session, applications[0].row.set_id, SURVEY)]
                known = {one.row.public_id: one for one in applications}
                found, wrong = _read(book[category], known, nodes)
                entered += found
                problems += wrong
        if problems:
            raise ContentError(problems[:MOST_TOLD])
        if not entered:
            raise NotReady([Reason("The workbook has no results: fill in the one that is given out here")])
        for judged, points in entered:
            _enter(session, judged, person, points)
        note(session, person.id, "survey_entered", campaign.title, {"applications": str(len(entered))})
        at_stage = [one.row.public_id for one, _ in entered if one.is_at(SURVEY)]
    for public_id in at_stage:
        hand_in(actor_id, public_id, SURVEY)
    return len(entered)


def _by_category(applications: Sequence[Judged]) -> dict[str, list[Judged]]:
    found: dict[str, list[Judged]] = {}
    for one in applications:
        if one.row.live:
            found.setdefault(one.row.category, []).append(one)
    return found


def _heading(node: Node) -> str:
    return f"{node.code} {node.text}（满分{write_points(node.points)}）"


def _read(
    sheet: Sheet, known: dict[str, Judged], nodes: Sequence[Node]
) -> tuple[list[tuple[Judged, dict[Node, int]]], list[Problem]]:
    """Return each filled-in row's points; a row without any is left out."""
    found, problems = [], []
    for row in sheet.rows:
        filled = any(row.cells.get(_heading(node)) is not None for node in nodes)
        if not filled:
            continue
        judged = known.get(str(row.cells.get(KEY) or ""))
        if judged is None:
            where = f"{sheet.name}!A{row.number}"
            problems.append(Problem(where, "No application of this campaign and category has this key"))
            continue
        points, wrong = _row(sheet, row, nodes)
        problems += wrong
        found.append((judged, points))
    return found, problems


def _row(sheet: Sheet, row: Row, nodes: Sequence[Node]) -> tuple[dict[Node, int], list[Problem]]:
    points: dict[Node, int] = {}
    problems = []
    for node in nodes:
        heading = _heading(node)
        column = sheet.column(heading) if heading in sheet.headings else "?"
        where = f"{sheet.name}!{column}{row.number}"
        cell = row.cells.get(heading)
        value = None if cell is None else read_points(str(cell))
        if value is None:
            problems.append(Problem(where, "Points are a number with at most two decimals"))
        elif value > node.points:
            known = {"most": write_points(node.points)}
            problems.append(Problem(where, "There are at most %(most)s points for it", known))
        else:
            points[node] = value
    return points, problems


def _assignment(session: Session, judged: Judged, person: Person) -> Assignment:
    """Return the office's sheet, begun if there is none; raises NotReady when an expert has the survey."""
    theirs = select(Assignment).where(Assignment.document_id == judged.id, Assignment.method == SURVEY)
    for one in session.scalars(theirs):
        if one.user_id != person.id:
            raise NotReady([Reason("The survey of %(unit)s is somebody else's", {"unit": judged.row.unit})])
        return one
    given = Given(judged.id, judged.row.unit_id, SURVEY, person.id)
    giving.give(session, recusals(session, judged.campaign.id), [given], person.id, stamp())
    if judged.is_at(SURVEY):
        giving.follow_stage(session, [judged.id])
    return session.scalars(theirs).one()


def _enter(session: Session, judged: Judged, person: Person, points: dict[Node, int]) -> None:
    sheet = _assignment(session, judged, person)
    if sheet.handed_in_at is not None:
        raise NotReady([Reason("The survey of %(unit)s is handed in already", {"unit": judged.row.unit})])
    kept = {
        row.indicator_id: row for row in session.scalars(select(Score).where(Score.assignment_id == sheet.id))
    }
    at = stamp()
    for node, value in points.items():
        reason = "" if value >= node.points else "测评结果"
        if node.id in kept:
            kept[node.id].points, kept[node.id].reason, kept[node.id].at = value, reason, at
        else:
            session.add(
                Score(assignment_id=sheet.id, indicator_id=node.id, points=value, reason=reason, at=at)
            )
