"""Walk a document that nobody keeps through a procedure, with the real office, and say who would get it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from states.case import Case
from states.deadlines import Deadline
from states.procedure import Procedure
from states.reasons import Label, Reason

from ..agencies import find_agency
from ..applications.facts import Rehearsed
from ..clock import today
from ..contents import APPLICATION
from ..directory import HeldPost, OfficeDirectory, Person, find_by_usernames, find_person
from ..errors import NotAllowed, NotReady
from ..kinds import kind_of
from ..models import Agency

_FACTS = {APPLICATION: Rehearsed}


@dataclass(frozen=True)
class Sample:
    """A document as somebody could begin it."""

    drafter: int
    unit_id: int
    agency_id: int
    type: str = "通知"
    urgency: str | None = None
    seal: bool = True
    countersigners: tuple[int, ...] = ()

    def case(self, session: Session, procedure: Procedure) -> Case:
        """Return it at the procedure's start."""
        facts = _FACTS.get(procedure.kind)
        return Case(
            state=procedure.start,
            kind=procedure.kind,
            applying=facts(session, self.unit_id) if facts else None,
            drafter=self.drafter,
            unit=self.unit_id,
            directory=OfficeDirectory(session),
            agency=self.agency_id,
            type=self.type,
            urgency=self.urgency,
            seal=self.seal,
            countersigners=self.countersigners,
        )


def sample_of(
    session: Session,
    drafter: str,
    *,
    kind: str = "",
    agency: str = "",
    countersigners: Sequence[str] = (),
    **given: Any,
) -> Sample:
    """Return a sample by names as people know them; raises NotReady with every name that is unknown.

    Without an agency it is of the one to whose unit the drafter belongs, else of the office's first.
    """
    people = find_by_usernames(session, {drafter, *countersigners})
    unknown = [name for name in (drafter, *countersigners) if name not in people or not people[name].active]
    wrong = [Reason("There is no active account %(name)s", {"name": name}) for name in unknown]
    person = people.get(drafter)
    home = home_of(person, kind) if person else None
    unit_id = home.unit_id if home else None
    if person and unit_id is None:
        wrong.append(Reason("%(name)s belongs to no unit that drafts", {"name": drafter}))
    chosen = find_agency(session, agency, today()) if agency else None
    if agency and chosen is None:
        wrong.append(Reason("There is no agency %(name)s", {"name": agency}))
    agency_id = chosen.id if chosen else home.agency_id if home and home.agency_id else _first(session)
    if wrong or person is None or unit_id is None or agency_id is None:
        raise NotReady(wrong or [Reason("Say of which agency the document is")])
    asked = tuple(people[name].id for name in countersigners)
    return Sample(person.id, unit_id, agency_id, countersigners=asked, **given)


def home_of(person: Person, kind: str) -> HeldPost | None:
    """Return the post in which somebody begins a document of a kind, or None."""
    try:
        return kind_of(kind).home(person)
    except NotAllowed:
        return None


def _first(session: Session) -> int | None:
    return session.scalars(select(Agency.id).order_by(Agency.position)).first()


@dataclass(frozen=True)
class Halt:
    """A stage that the document would come to: who would get it there, or why it is passed over."""

    stage: str
    label: Label
    holders: tuple[Person, ...]
    skipped: Reason | None
    deadline: Deadline | None


def rehearse(session: Session, procedure: Procedure, sample: Sample) -> Sequence[Halt]:
    """Return every stage on the document's way, the first one too."""
    case = sample.case(session, procedure)
    known: dict[int, Person | None] = {}

    def found(people: tuple[int, ...]) -> tuple[Person, ...]:
        known.update((one, find_person(session, one)) for one in people if one not in known)
        return tuple(person for one in people if (person := known[one]) is not None)

    first = procedure.stages[case.state]
    halts = [Halt(first.name, first.label, found(procedure.holders(case)), None, first.deadline)]
    for ahead in procedure.ahead(case):
        stage = ahead.stage
        halts.append(Halt(stage.name, stage.label, found(ahead.holders), ahead.skipped, stage.deadline))
    return halts
