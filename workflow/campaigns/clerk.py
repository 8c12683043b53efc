"""Let only the office clerk set up campaigns; leaders, archivist and auditor look on."""

from sqlalchemy.orm import Session

from states.errors import NotAllowed
from states.reasons import Reason

from ..directory import OFFICE_CLERK, Person
from ..work import load_person

ONLOOKERS = ("principal", "deputy", "archivist", "auditor")


def may_run(person: Person) -> bool:
    """Say whether a person sets up campaigns and keeps the units that apply."""
    return person.holds(OFFICE_CLERK)


def may_look(person: Person) -> bool:
    """Say whether the pages of campaigns are for a person to read."""
    return person.holds(OFFICE_CLERK, *ONLOOKERS)


def clerk(session: Session, actor_id: int) -> Person:
    """Return the one who acts; raises NotAllowed unless they run campaigns, NotFound when closed."""
    person = load_person(session, actor_id)
    refuse_others(person)
    return person


def refuse_others(person: Person) -> None:
    """Raise NotAllowed unless a person runs campaigns."""
    if not may_run(person):
        raise NotAllowed([Reason("Only the office clerk sets up campaigns")])


def refuse_strangers(person: Person) -> None:
    """Raise NotAllowed unless a person may read the pages of campaigns."""
    if not may_look(person):
        raise NotAllowed([Reason("The pages of campaigns are for the office clerk and those who look on")])
