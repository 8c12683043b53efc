"""Let only the administrator change the office itself."""

from sqlalchemy.orm import Session

from states.errors import NotAllowed
from states.reasons import Reason

from ..directory import Person
from ..work import load_person

ADMINISTRATOR = "admin"  # the post


def may_administer(person: Person) -> bool:
    """Say whether a person changes agencies, people and posts."""
    return person.holds(ADMINISTRATOR)


def administrator(session: Session, actor_id: int) -> Person:
    """Return the one who acts; raises NotAllowed unless they administer the office, NotFound when closed."""
    person = load_person(session, actor_id)
    refuse_others(person)
    return person


def refuse_others(person: Person) -> None:
    """Raise NotAllowed unless a person administers the office."""
    if not may_administer(person):
        raise NotAllowed([Reason("Only the administrator changes the office's own data")])
