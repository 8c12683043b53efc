"""Gather for a document's page what it has on paper: entered opinions, whom to enter for, the sealed file."""

from collections.abc import Sequence
from dataclasses import dataclass

from workflow import entering, sealed
from workflow.describe import Description, Passage
from workflow.directory import Person
from workflow.said import Said, said

from .. import office
from ..auth import person

CHECKED_AT = "checking"  # where the papers of a document are looked through before it gets its number


@dataclass(frozen=True)
class OnPaper:
    """What a document has on paper, as one person's page shows it."""

    entered: list[Said]
    loud: bool  # what is open is to be seen before all else
    enter_for: list[Person]  # those for whom this person may enter an opinion now
    bound: list[Passage]  # what came back with the seal, the latest first
    may_bind: bool


def on_paper(description: Description, passages: Sequence[Passage]) -> OnPaper:
    unfit = sealed.refusals(description.procedure, description.document)
    return OnPaper(
        entered=list(said(passages).values()),
        loud=description.case.state == CHECKED_AT,
        enter_for=entering.people(office.session(), description, person()),
        bound=[passage for passage in reversed(passages) if passage.action == sealed.BIND],
        may_bind=sealed.may_bind(person()) and not unfit,
    )
