"""Show whom a campaign asks, what became of each letter, and who has not replied."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from states.reasons import Label

from ..campaigns.clerk import refuse_strangers
from ..campaigns.lists import bodies
from ..clock import today
from ..directory import Person
from ..installation import here
from ..models import Campaign, Consultation, Document
from ..models import Finding as FindingRow
from .sight import replies, replies_seen_by

FALLEN = ("voided", "terminated")  # a letter that never goes out: another takes its place


@dataclass(frozen=True)
class Letter:
    """The letter to a body: its document, and how far it has come."""

    public_id: str
    number: str | None
    state: str
    stage: Label

    @property
    def fallen(self) -> bool:
        return self.state in FALLEN


@dataclass(frozen=True)
class Asked:
    """A body that is asked; `row` is None while nothing was sent to it, `named` while it is on the list."""

    body: str
    about: str
    row: Consultation | None = None
    letter: Letter | None = None
    entered_by: str | None = None
    found: tuple[tuple[int, str], ...] = ()  # application's document, text

    @property
    def settled(self) -> bool:
        return self.row is not None and bool(self.row.reply or self.row.given_up)

    @property
    def overdue(self) -> bool:
        return self.row is not None and not self.settled and self.row.due_on < today()

    @property
    def wants_letter(self) -> bool:
        return not self.settled and (self.letter is None or self.letter.fallen)

    @property
    def due_on(self) -> date | None:
        return self.row.due_on if self.row else None


def asked(session: Session, person: Person, campaign: Campaign) -> list[Asked]:
    """Return the bodies of a campaign as far as a person sees them; raises NotAllowed to outsiders."""
    refuse_strangers(person)
    known = {row.body: (row, by) for row, by in replies(session, person, campaign)}
    letters = _letters(session, [row.letter_id for row, _ in known.values() if row.letter_id])
    found = _found(session, person, campaign)
    listed = [(one.name, one.about) for one in bodies(session, campaign.id)]
    named = {name for name, _ in listed}
    listed += [(name, "") for name in known if name not in named]
    return [
        Asked(
            name,
            about,
            row,
            letters.get(row.letter_id or 0) if row else None,
            by,
            tuple(found.get(row.id, ())) if row else (),
        )
        for name, about in listed
        for row, by in [known.get(name, (None, None))]
    ]


def _letters(session: Session, ids: Sequence[int]) -> dict[int, Letter]:
    rows = session.execute(
        select(Document.id, Document.public_id, Document.number, Document.state, Document.procedure_hash)
        .where(Document.id.in_(ids))
    )  # fmt: skip
    return {
        row.id: Letter(
            row.public_id, row.number, row.state, here().versions[row.procedure_hash].stages[row.state].label
        )
        for row in rows
    }


def _found(session: Session, person: Person, campaign: Campaign) -> dict[int, list[tuple[int, str]]]:
    rows = session.execute(
        select(FindingRow.consultation_id, FindingRow.document_id, FindingRow.text)
        .join(Consultation, Consultation.id == FindingRow.consultation_id)
        .where(Consultation.campaign_id == campaign.id, replies_seen_by(person))
        .order_by(FindingRow.id)
    )
    found: dict[int, list[tuple[int, str]]] = {}
    for row in rows:
        found.setdefault(row.consultation_id, []).append((row.document_id, row.text))
    return found
