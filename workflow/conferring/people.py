"""Say who drafts the document that confers titles, and who may look at it."""

from states.errors import NotAllowed
from states.reasons import Reason

from ..campaigns.clerk import may_look
from ..directory import OFFICE_CLERK, Person

DRAFTER = "drafter"


def may_draft(person: Person) -> bool:
    """Say whether a person drafts conferrals: the office clerk, and the drafters of the office."""
    return person.holds(OFFICE_CLERK) or (person.in_office and person.holds(DRAFTER))


def refuse_others(person: Person) -> None:
    """Raise NotAllowed unless a person drafts conferrals."""
    if not may_draft(person):
        raise NotAllowed([Reason("Only the office clerk and drafters of the office draft a conferral")])


def refuse_strangers(person: Person) -> None:
    """Raise NotAllowed unless a person drafts conferrals or looks on."""
    if not (may_draft(person) or may_look(person)):
        raise NotAllowed([Reason("The pages of campaigns are for the office clerk and those who look on")])
