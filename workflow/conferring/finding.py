"""Find a campaign's conferrals, and how each stands."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from states.reasons import Label

from ..installation import here
from ..models import Conferral, Document, Ended, Title
from ..visibility import ISSUED

ACTS = ("confer", "recommend")


@dataclass(frozen=True)
class Standing:
    """A conferral with its document.

    open: the list may not be put into another document, since this one is under way or waits for the higher
    body. rescinded: its document was, so that what it conferred is void.
    """

    row: Conferral
    public_id: str
    title: str
    number: str | None
    state: str
    stage: Label
    editing: str  # how its text is changed at its stage
    rescinded: bool
    titles: int  # how many came of it

    @property
    def open(self) -> bool:
        return self.row.in_force_at is None and not self.row.dropped and not self.rescinded

    @property
    def awaits_superior(self) -> bool:
        """Say whether it is issued and the higher body's document is awaited."""
        return self.open and self.row.act == "recommend" and self.state in ISSUED


def conferrals(session: Session, campaign_id: int, acts: Collection[str] = ACTS) -> list[Standing]:
    """Return a campaign's conferrals, the latest first."""
    rescinded = exists(
        select(Ended.id)
        .where(Ended.earlier_id == Document.id, Ended.act == "rescind", Ended.undone_by_id.is_(None))
        .correlate(Document)
    )
    titles = (
        select(func.count()).where(Title.conferral_id == Conferral.id).correlate(Conferral).scalar_subquery()
    )
    rows = session.execute(
        select(Conferral, Document, rescinded, titles)
        .join(Document, Document.id == Conferral.document_id)
        .where(Conferral.campaign_id == campaign_id, Conferral.act.in_(acts))
        .order_by(Conferral.id.desc())
    )
    return [_standing(*row) for row in rows]


def _standing(row: Conferral, document: Document, rescinded: bool, titles: int) -> Standing:
    stage = here().versions[document.procedure_hash].stages[document.state]
    return Standing(
        row=row,
        public_id=document.public_id,
        title=document.title,
        number=document.number,
        state=document.state,
        stage=stage.label,
        editing=stage.edit,
        rescinded=bool(rescinded),
        titles=titles,
    )


def open_one(found: Sequence[Standing]) -> Standing | None:
    """Return the conferral that is under way or waits for the higher body, if there is one."""
    return next((one for one in found if one.open), None)
