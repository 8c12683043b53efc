"""Show how a campaign's conferral stands: the list as it is approved now, its documents, what is open."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from states.reasons import Reason

from ..agencies import name_of
from ..campaigns.clerk import may_run
from ..clock import today
from ..directory import Person
from ..models import Campaign, Document
from ..visibility import seen_by
from ..work import load_content
from . import checking, drafting, finding, listing
from .people import may_draft, refuse_strangers
from .wording import act_of


@dataclass(frozen=True)
class Sheet:
    """All that the page of a conferral shows.

    unlike: how the annex of the document under way differs from the list. visible: the documents that the
    person who asks may open. drafts, registers: whether they may draft, and enter the higher body's document.
    """

    act: str
    agency: str
    groups: Sequence[tuple[str, Sequence[listing.Listed]]]
    conferrals: Sequence[finding.Standing]
    open: finding.Standing | None
    unlike: Sequence[Reason]
    visible: frozenset[str]
    drafts: bool
    registers: bool
    proposed: dict[str, str]


def sheet(session: Session, person: Person, campaign: Campaign) -> Sheet:
    """Return how a campaign's conferral stands; raises NotAllowed."""
    refuse_strangers(person)
    found = listing.approved(session, campaign.id)
    known = finding.conferrals(session, campaign.id)
    open_ = finding.open_one(known)
    drafts = may_draft(person)
    return Sheet(
        act=act_of(campaign),
        agency=name_of(session, campaign.agency_id, today()).short,
        groups=listing.by_category(found),
        conferrals=known,
        open=open_,
        unlike=_unlike(session, open_) if open_ else (),
        visible=_visible(session, person, known),
        drafts=drafts,
        registers=may_run(person),
        proposed=drafting.proposed(session, person, campaign) if drafts and open_ is None else {},
    )


def _unlike(session: Session, open_: finding.Standing) -> Sequence[Reason]:
    document = session.get_one(Document, open_.row.document_id)
    content = load_content(session, document.id, document.revision)
    return checking.problems(session, {"id": document.id, "issued_at": document.issued_at}, content)


def _visible(session: Session, person: Person, known: Sequence[finding.Standing]) -> frozenset[str]:
    ids = [one.public_id for one in known]
    statement = select(Document.public_id).where(Document.public_id.in_(ids), seen_by(person))
    return frozenset(session.scalars(statement))
