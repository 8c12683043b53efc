"""Keep what an assessor gives as they type it, and let them hand their sheet in."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from docgen.errors import Problem, TextError
from docgen.text import clean_text
from states.errors import NotReady
from states.reasons import Reason

from .. import engine
from ..campaigns.points import read_points, write_points
from ..campaigns.trees import Node
from ..clock import stamp
from ..entered import LONGEST, clean_entry
from ..errors import Stale
from ..installation import read_tx, write_tx
from ..models import Assignment, Campaign, Score
from ..movements import SCORE_AGAIN
from ..work import load_person, take_up
from .finding import Judged, find_judged, refuse_frozen
from .sheets import find_assignment, judged_nodes, unscored

SCORE = "score"  # the step by which a sheet is handed in
_TRIES = 5


@dataclass(frozen=True)
class Saved:
    """What was kept, and what could not be: problems are at an indicator's code, or at `veto`."""

    scored: int
    of: int
    total: int
    problems: tuple[Problem, ...]


def save(
    actor_id: int,
    public_id: str,
    method: str,
    given: Mapping[str, tuple[str, str]],
    *,
    remark: str | None = None,
    veto: str | None = None,
) -> Saved:
    """Keep points and reasons by indicator code, as they were typed; what is wrong is told, the rest kept.

    Raises NotFound for what is not assigned to them, NotReady once it is handed in or frozen.
    """
    with write_tx() as session:
        judged, mine = _open(session, actor_id, public_id, method)
        nodes = {node.code: node for node, _ in judged_nodes(session, judged.row.set_id, method)}
        kept = {row.indicator_id: row for row in _kept(session, mine)}
        problems: list[Problem] = []
        for code, (points, reason) in given.items():
            if code in nodes:
                problems += _keep(session, mine, nodes[code], kept, points, reason)
        for name, words in (("remark", remark), ("veto", veto)):
            if words is not None and (name != "veto" or judged.rule.veto):
                problems += _keep_words(mine, name, words)
        session.flush()
        left = unscored(session, judged, actor_id, method)
        total = sum(row.points or 0 for row in _kept(session, mine))
        return Saved(len(nodes) - left, len(nodes), total, tuple(problems))


def hand_in(actor_id: int, public_id: str, method: str, comment: str = "") -> None:
    """Hand a sheet in: from then on it is fixed, and counts; raises NotFound, NotReady, NotAllowed.

    Others who hand theirs in meanwhile change the application's version and nothing that is decided on here.
    """
    for left in reversed(range(_TRIES)):
        with read_tx() as session:
            judged = find_judged(session, public_id)
            find_assignment(session, judged, method, actor_id)
        if not judged.is_at(method):
            return _hand_in_again(actor_id, public_id, method, comment)
        try:
            engine.advance(actor_id, public_id, SCORE, judged.row.version, {"comment": comment})
        except Stale:
            if not left:
                raise
        else:
            return None
    return None


def _hand_in_again(actor_id: int, public_id: str, method: str, comment: str) -> None:
    """Hand in what came back, or was given to somebody, when the stage was over already."""
    with write_tx() as session:
        judged, mine = _open(session, actor_id, public_id, method)
        if not judged.is_past(method):
            raise NotReady([Reason("The application has not come to this stage yet")])
        if left := unscored(session, judged, actor_id, method):
            raise NotReady([Reason("%(count)s indicators are not scored yet", {"count": str(left)})])
        person, at = load_person(session, actor_id), stamp()
        work = take_up(session, person, public_id, at)
        work.details = {"method": method}
        state = work.document["state"]
        work.record(SCORE_AGAIN, state, state, comment=clean_entry(comment), post=person.title("expert"))
        work.save_record()
        mine.handed_in_at = at


def _open(session: Session, actor_id: int, public_id: str, method: str) -> tuple[Judged, Assignment]:
    """Return a sheet that is still open for writing, locked."""
    judged = find_judged(session, public_id)
    mine = find_assignment(session, judged, method, load_person(session, actor_id).id, lock=True)
    shared = select(Campaign).where(Campaign.id == judged.campaign.id).with_for_update(read=True)
    refuse_frozen(session.scalars(shared.execution_options(populate_existing=True)).one())
    if mine.handed_in_at is not None:
        raise NotReady([Reason("You have handed it in: ask the office to send it back")])
    if not judged.row.live:
        raise NotReady([Reason("The application is no longer under way")])
    return judged, mine


def _kept(session: Session, mine: Assignment) -> list[Score]:
    return list(session.scalars(select(Score).where(Score.assignment_id == mine.id)))


def _keep(
    session: Session, mine: Assignment, node: Node, kept: dict[int, Score], points: str, reason: str
) -> list[Problem]:
    problems = []
    row = kept.get(node.id)
    hundredths = row.points if row else None
    read = read_points(points)
    if not points.strip():
        hundredths = None
    elif read is None:
        problems.append(Problem(node.code, "Points are a number with at most two decimals"))
    elif read > node.points:
        known = {"most": write_points(node.points)}
        problems.append(Problem(node.code, "There are at most %(most)s points for it", known))
    else:
        hundredths = read
    try:
        words = clean_text(reason, where=node.code, limit=LONGEST, lines=True)
    except TextError as error:
        problems += error.problems
        words = row.reason if row else ""
    if row is None and (hundredths is not None or words):
        row = Score(assignment_id=mine.id, indicator_id=node.id, points=hundredths, reason=words, at=stamp())
        session.add(row)
        kept[node.id] = row
    elif row is not None and (row.points, row.reason) != (hundredths, words):
        row.points, row.reason, row.at = hundredths, words, stamp()
    return problems


def _keep_words(mine: Assignment, name: str, words: str) -> list[Problem]:
    try:
        setattr(mine, name, clean_text(words, where=name, limit=LONGEST, lines=True))
    except TextError as error:
        return list(error.problems)
    return []
