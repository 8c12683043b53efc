"""Let the titles of a conferral come into force when its document is issued; drop one that never is."""

from typing import Any

from sqlalchemy import select, update

from docgen.sheet import Content
from states.errors import NotReady

from .. import jobs
from ..models import Conferral, table
from ..rechecking import issuing as rechecking
from ..titles.giving import Ground, give
from ..work import Work
from . import checking, listing

CONFERRED = "conferred"  # the job that does what comes after: see concluding

_conferrals = table(Conferral)


def bring_into_force(work: Work, content: Content) -> None:
    """Confer what the annex lists, in the transaction that issues it; raises NotReady.

    A recommendation waits for the higher body's document.
    """
    conferral = work.session.scalars(select(Conferral).where(Conferral.document_id == work.id)).first()
    if conferral is None:
        return
    if conferral.act == checking.RECHECK:
        rechecking.bring_about(work, content, conferral)
        return
    if reasons := checking.differences(work.session, conferral, content):
        raise NotReady(reasons)
    found = listing.approved(work.session, conferral.campaign_id)
    listed = listing.entries(found)
    kept: dict[str, Any] = {"listed": listed, "annex_sha256": listing.sha256_of(listing.annex(found))}
    if conferral.act == "confer":
        ground = Ground(work.document["number"], work.document["dated"], work.id)
        work.details["conferred"] = give(work.session, conferral, listed, ground, work.person)
        kept |= {"in_force_at": work.at, "in_force_by": work.person.id}
        jobs.ask(work.session, CONFERRED, str(conferral.id), {})
    work.session.execute(update(_conferrals).where(_conferrals.c.id == conferral.id).values(kept))


def drop(work: Work) -> None:
    """Let the list be put into another document: this one comes to an end without having been issued."""
    of_this = _conferrals.c.document_id == work.id
    work.session.execute(update(_conferrals).where(of_this).values(dropped=True))
