"""Enter a step for somebody who took it on paper or by word of mouth (代录).

It counts as theirs; the record says who entered it, for whom, and from what.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from states.errors import NotAllowed, NotReady
from states.reasons import Label, Reason
from states.stage import Stage
from states.step import Step
from states.who import HOLDER

from . import moves, notices, scans
from .clock import now, read, stamp, today
from .describe import Description
from .directory import OFFICE_CLERK, Person, find_by_usernames, find_person
from .entered import clean_entry
from .installation import read_tx
from .models import EnteredOpinion, Revision, StoredFile, Task, table
from .work import Work, load_person

PAPER, ORAL = "paper", "oral"
LONGEST_NAME = 200

_NOT_CLERK = Reason("Only the office clerk enters opinions for others")


@dataclass(frozen=True)
class Entered:
    """How somebody's act came to the one who enters it."""

    for_: str  # the user name of the one whose act it is
    medium: str  # paper or oral
    scan: bytes | str | None = None  # paper: its bytes, or the hash of a file that is stored already
    signed_on: date | None = None  # paper: the day written on it, if that is not today
    said_at: datetime | None = None  # oral
    heard_by: str = ""  # oral

    def request(self) -> dict[str, Any]:
        """Return what tells a repeated request from another one."""
        scan = hashlib.sha256(self.scan).hexdigest() if isinstance(self.scan, bytes) else self.scan
        days = [str(moment) if moment else None for moment in (self.signed_on, self.said_at)]
        return {
            "for": self.for_,
            "medium": self.medium,
            "scan": scan,
            "when": days,
            "heard_by": self.heard_by,
        }


def may_enter(person: Person, stage: Stage) -> bool:
    """Say whether a person may enter opinions of others at a stage."""
    return person.holds(OFFICE_CLERK) and stage.opinion


def people(session: Session, description: Description, clerk: Person) -> list[Person]:
    """Return those for whom somebody may enter what they said of a document now."""
    case = description.case
    stage = description.procedure.stages[case.state]
    if not may_enter(clerk, stage):
        return []
    found = (find_person(session, id_) for id_ in stage.waiting(case) if id_ != clerk.id)
    return [person for person in found if person is not None]


def is_opinion(step: Step) -> bool:
    """Say whether a step is one that its holder could also take on paper."""
    return any(call.name == HOLDER for call in step.who)


def stored(actor_id: int, entered: Entered) -> Entered:
    """Store the scan ahead of the act; one that cannot be taken is left for `take` to refuse."""
    if not isinstance(entered.scan, bytes) or scans.why_not(entered.scan, scans.READABLE):
        return entered
    with read_tx() as session:
        if not load_person(session, actor_id).holds(OFFICE_CLERK):
            raise NotAllowed([_NOT_CLERK])
    return replace(entered, scan=scans.keep(entered.scan))


def take(work: Work, action: str, raw: Mapping[str, Any], entered: Entered) -> None:
    """Take a step as somebody else's; raises NoSuchStep, NotAllowed or NotReady (all reasons at once)."""
    step = work.procedure.step(work.document["state"], action)
    clerk, person = work.person, _whose(work, step, entered.for_)
    unfit = list(_unfit(work, step, person, entered))
    try:
        heard_by = clean_entry(entered.heard_by, limit=LONGEST_NAME, lines=False)
    except NotReady as refusal:
        heard_by, unfit = "", [*unfit, *refusal.reasons]
    said: dict[str, Any] = {"for": person.username, "name": person.name, "medium": entered.medium}
    if entered.medium == PAPER:
        said |= {"scan": entered.scan, "signed_on": str(entered.signed_on or today())}
        work.acted_on = entered.signed_on
    elif entered.said_at is not None:
        said |= {"said_at": stamp(entered.said_at), "heard_by": heard_by}
        work.acted_on = read(stamp(entered.said_at)).date()
    work.person, work.hand = person, clerk
    seq = work.document["movements"] + 1
    moves.take(work, action, raw, entered=said, unfit=unfit)
    _keep(work, seq, said)
    _tell(work, step, entered.medium)


def _whose(work: Work, step: Step, username: str) -> Person:
    """Return the one whose act is entered; raises NotAllowed."""
    stage, clerk = work.procedure.stages[work.document["state"]], work.person
    if not clerk.holds(OFFICE_CLERK):
        raise NotAllowed([_NOT_CLERK])
    if not (stage.opinion and is_opinion(step)):
        known: dict[str, str | Label] = {"act": step.label, "stage": stage.label}
        raise NotAllowed([Reason("%(act)s at the stage %(stage)s is not entered for others", known)])
    if username == clerk.username:
        raise NotAllowed([Reason("Nobody enters an opinion for themselves")])
    person = find_by_usernames(work.session, [username]).get(username)
    if person is None or person.id not in stage.waiting(work.case()):
        name = person.name if person else username
        raise NotAllowed([Reason("%(name)s does not have the document now", {"name": name})])
    return person


def _unfit(work: Work, step: Step, person: Person, entered: Entered) -> Iterator[Reason]:
    """Yield what is wrong with how an act came in."""
    if entered.medium == PAPER:
        yield from _unfit_paper(work, entered)
        if entered.signed_on is not None:
            yield from _unfit_day(entered.signed_on, read(_earliest(work, person)).date(), today())
    elif entered.medium == ORAL:
        if not entered.heard_by.strip():
            yield Reason("Who heard it is required")
        if entered.said_at is None:
            yield Reason("When it was said is required")
        else:
            minute = read(_earliest(work, person)).replace(second=0, microsecond=0)
            yield from _unfit_day(entered.said_at, minute, now())
        if work.person.id == work.document["drafter_id"] and "sign_off" in step.effects:
            yield Reason("You drafted this document: its sign-off can be entered only from the signed paper")
    else:
        yield Reason("An opinion is entered from paper or as it was said")


def _unfit_paper(work: Work, entered: Entered) -> Iterator[Reason]:
    if isinstance(entered.scan, bytes):
        yield from scans.why_not(entered.scan, scans.READABLE)
    elif not entered.scan:
        yield Reason("The scan of the signed paper is required")
    elif work.session.get(StoredFile, entered.scan) is None:
        yield Reason("The scan of the signed paper is not stored here")


def _unfit_day(given: Any, earliest: Any, latest: Any) -> Iterator[Reason]:
    if given > latest:
        yield Reason("What was said or signed cannot lie in the future")
    if given < earliest:
        yield Reason("It was said or signed before the document came there, or before its text was changed")


def _earliest(work: Work, person: Person) -> str:
    """Return since when somebody could judge the text as it stands: they had it, and it was this text."""
    since = select(func.max(Task.since)).where(
        Task.document_id == work.id, Task.user_id == person.id, Task.closed_at.is_(None)
    )
    changed = select(Revision.at).where(
        Revision.document_id == work.id, Revision.n == work.document["revision"]
    )
    return max(work.session.scalars(since).one() or "", work.session.scalars(changed).one())


def _keep(work: Work, seq: int, said: Mapping[str, Any]) -> None:
    """Write down that the opinion is entered; what came on paper needs no later signature."""
    clerk = work.hand or work.person
    on_paper = said["medium"] == PAPER
    work.session.connection().execute(
        table(EnteredOpinion)
        .insert()
        .values(
            document_id=work.id,
            seq=seq,
            for_id=work.person.id,
            by_id=clerk.id,
            medium=said["medium"],
            scan_sha256=said.get("scan"),
            said_at=said.get("said_at"),
            heard_by=said.get("heard_by", ""),
            at=work.at,
            made_good_at=work.at if on_paper else None,
            made_good_how=PAPER if on_paper else None,
            made_good_by=clerk.id if on_paper else None,
        )
    )


def _tell(work: Work, step: Step, medium: str) -> None:
    known: dict[str, str | Label] = {"name": (work.hand or work.person).name, "act": step.label}
    news = {
        PAPER: Reason("%(name)s entered your opinion from paper: %(act)s", known),
        ORAL: Reason("%(name)s entered what you said: %(act)s. Please confirm it", known),
    }[medium]
    notices.tell(work.session, work.person.id, work.id, work.at, news.message, news.params)
