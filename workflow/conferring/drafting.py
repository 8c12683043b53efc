"""Draft the document that confers titles, or recommends for them, and keep its annex as approved."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from docgen.formats.table import TABLE
from docgen.sheet import Content, Part
from states.errors import NotReady
from states.reasons import Label, Reason

from .. import engine
from ..campaigns.finding import find
from ..clock import stamp
from ..contents import parse
from ..directory import Person
from ..installation import read_tx, write_tx
from ..models import Agency, Campaign, Conferral, Document, Revision, table
from ..office.fields import Fields
from ..office.log import note
from ..work import load_person
from . import finding, listing, wording
from .people import refuse_others

LONGEST_TITLE, LONGEST_LINE, LONGEST_TEXT = 200, 500, 20_000
CHANGED = "批准名单有变化"
NOBODY = Reason("No application waits for its conferral")
KIND = "notice"

_documents = table(Document)


def proposed(session: Session, person: Person, campaign: Campaign) -> dict[str, str]:
    """Return what the form begins with; raises NotAllowed."""
    refuse_others(person)
    found = listing.approved(session, campaign.id)
    if not found:
        return {}
    usual = TABLE[campaign.conferral_type]
    own = campaign.level == "own"
    return {
        "title": wording.title(campaign, found),
        "addressees": wording.ADDRESSEES if own and usual.addressees else "",
        "text": wording.body(campaign, found),
        "contact": person.name if usual.contact else "",
    }


def draft(actor_id: int, campaign_id: str, given: Mapping[str, Any]) -> str:
    """Draft a campaign's conferral with `title`, `addressees`, `text` and `contact`; return its public id.

    Raises NotAllowed, NotFound, NotReady, ContentError.
    """
    with write_tx() as session:
        person = load_person(session, actor_id)
        refuse_others(person)
        campaign = find(session, campaign_id, lock=True)
        found = listing.approved(session, campaign.id)
        _refuse_another(finding.open_one(finding.conferrals(session, campaign.id)), found)
        content = _content(session, campaign, found, given)
        work = engine.draft_in(session, person, KIND, content)
        session.execute(update(_documents).where(_documents.c.id == work.id).values(confers=True))
        session.add(
            Conferral(
                campaign_id=campaign.id,
                document_id=work.id,
                act=wording.act_of(campaign),
                listed=listing.entries(found),
                annex_sha256=listing.sha256_of(listing.annex(found)),
                by_id=actor_id,
                at=stamp(),
            )
        )
        public_id = str(work.document["public_id"])
        details = {"campaign": campaign_id, "document": public_id, "units": str(len(found))}
        note(session, actor_id, "conferral_drafted", campaign.title, details)
        return public_id


def _refuse_another(open_: finding.Standing | None, found: Sequence[listing.Listed]) -> None:
    wrong = [] if found else [NOBODY]
    if open_ is not None:
        told: dict[str, str | Label] = {"title": open_.title, "stage": open_.stage}
        wrong.append(Reason("The list stands in a document already: %(title)s (%(stage)s)", told))
    if wrong:
        raise NotReady(wrong)


def _content(
    session: Session, campaign: Campaign, found: Sequence[listing.Listed], given: Mapping[str, Any]
) -> dict[str, Any]:
    usual, fields = TABLE[campaign.conferral_type], Fields(given)
    content = {
        "type": campaign.conferral_type,
        "title": fields.line("title", LONGEST_TITLE),
        "body": fields.text("text", LONGEST_TEXT),
        "addressees": fields.text("addressees", LONGEST_LINE, required=usual.addressees),
        "attachments": [{"title": wording.annex_title(campaign, found), "body": listing.annex(found)}],
        "agency": session.get_one(Agency, campaign.agency_id).code,
    }
    contact = fields.line("contact", LONGEST_LINE, required=usual.contact) if usual.contact else ""
    fields.check()
    return content | ({"contact": contact} if contact else {})


def renew(actor_id: int, campaign_id: str) -> str:
    """Put the present list into the document that is under way, a revision of it; return its public id.

    After sign-off it is a change of substance, which the signatory has to see again.
    Raises NotFound, NotAllowed, NotReady, Stale.
    """
    with read_tx() as session:
        refuse_others(load_person(session, actor_id))
        campaign = find(session, campaign_id)
        open_ = finding.open_one(finding.conferrals(session, campaign.id))
        found = listing.approved(session, campaign.id)
        if open_ is None or not found:
            raise NotReady([NOBODY if open_ else Reason("No conferral is under way")])
        document = session.get_one(Document, open_.row.document_id)
        before = parse(KIND, _text(session, document))
        text = _renewed(campaign, before, open_.row.listed, found)
        version, declared = document.version, open_.editing == "declared"
    change, reason = ("substance", CHANGED) if declared else (None, "")
    engine.revise(actor_id, open_.public_id, version, text.to_dict(), change=change, reason=reason)
    with write_tx() as session:
        row = session.get_one(Conferral, open_.row.id)
        row.listed, row.annex_sha256 = listing.entries(found), listing.sha256_of(listing.annex(found))
        note(session, actor_id, "conferral_renewed", campaign.title, {"document": open_.public_id})
    return open_.public_id


def _text(session: Session, document: Document) -> str:
    of_this = (Revision.document_id == document.id, Revision.n == document.revision)
    return session.scalars(select(Revision.content).where(*of_this)).one()


def _renewed(
    campaign: Campaign, content: Content, before: Sequence[Mapping[str, Any]], found: Sequence[listing.Listed]
) -> Content:
    """Return a content with the present list, and with the present figures where the text was as proposed."""
    old = wording.sentence(campaign, listing.as_kept(before))
    part = Part(wording.annex_title(campaign, found), listing.annex(found))
    place = next((n for n, one in enumerate(content.attachments) if listing.named(one.body)), None)
    parts = list(content.attachments)
    if place is None:
        parts.append(part)
    else:
        parts[place] = replace(parts[place], body=part.body)
    body = content.body.replace(old, wording.sentence(campaign, found))
    return replace(content, attachments=tuple(parts), body=body)
