"""Draft the document that says what a recheck found (复查结果通报), and keep its annex as decided."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from docgen.formats.table import TABLE
from docgen.sheet import Part
from states.errors import NotReady
from states.reasons import Label, Reason

from .. import engine
from ..campaigns.finding import find
from ..clock import stamp
from ..conferring import listing
from ..conferring.drafting import (
    CHANGED,
    KIND,
    LONGEST_LINE,
    LONGEST_TEXT,
    LONGEST_TITLE,
)
from ..conferring.finding import Standing, conferrals
from ..conferring.people import refuse_others
from ..contents import parse
from ..installation import read_tx, write_tx
from ..models import Agency, Campaign, Conferral, Document, Revision, table
from ..office.fields import Fields
from ..office.log import note
from ..work import load_person
from . import outcome
from .beginning import TYPE
from .expected import RECHECK

ACT = "change"
TITLE = "关于{year}年度{categories}复查结果的通报"
ANNEX = "{year}年度{categories}复查结果"
FIRST = (
    "按照{title}工作安排，对{term}{categories}进行了复查。经自查、审核、测评、审定，{found}（名单见附件）。"
)
REST = "希望保留称号的单位再接再厉，被提醒、警告和停牌整改的单位按期整改。"
ADDRESSEES = "各有关单位"

_documents = table(Document)


def proposed(campaign: Campaign, found: Sequence[outcome.Outcome]) -> dict[str, str]:
    """Return what the form begins with."""
    return {
        "title": TITLE.format(**_known(campaign, found)),
        "addressees": ADDRESSEES,
        "text": f"{_sentence(campaign, found)}\n{REST}",
    }


def why_not(session: Session, campaign: Campaign, found: Sequence[outcome.Outcome]) -> list[Reason]:
    """Return why the document cannot be drafted as things are, all reasons at once."""
    wrong = []
    if campaign.kind != RECHECK:
        wrong.append(Reason("This campaign is no recheck"))
    if under_way := sum(one.under_way for one in found):
        told = {"count": str(under_way)}
        wrong.append(Reason("%(count)s reports are being judged still", told))
    if not outcome.decided(found):
        wrong.append(Reason("Nothing is decided on any title yet"))
    if (open_ := open_one(session, campaign)) is not None:
        names: dict[str, str | Label] = {"title": open_.title, "stage": open_.stage}
        wrong.append(Reason("The list stands in a document already: %(title)s (%(stage)s)", names))
    return wrong


def open_one(session: Session, campaign: Campaign) -> Standing | None:
    """Return the document of a recheck that is under way, if there is one."""
    return next((one for one in conferrals(session, campaign.id, (ACT,)) if one.open), None)


def issued(session: Session, campaign: Campaign) -> list[Standing]:
    """Return the documents of a recheck that have taken effect, the latest first."""
    found = conferrals(session, campaign.id, (ACT,))
    return [one for one in found if one.row.in_force_at is not None and not one.rescinded]


def draft(actor_id: int, campaign_id: str, given: Mapping[str, Any]) -> str:
    """Draft a recheck's document with `title`, `addressees` and `text`; return its public id.

    Raises NotAllowed, NotFound, NotReady, ContentError.
    """
    with write_tx() as session:
        person = load_person(session, actor_id)
        refuse_others(person)
        campaign = find(session, campaign_id, lock=True)
        found = outcome.outcomes(session, campaign)
        if wrong := why_not(session, campaign, found):
            raise NotReady(wrong)
        decided = outcome.decided(found)
        work = engine.draft_in(session, person, KIND, _content(session, campaign, decided, given))
        session.execute(update(_documents).where(_documents.c.id == work.id).values(confers=True))
        session.add(
            Conferral(
                campaign_id=campaign.id,
                document_id=work.id,
                act=ACT,
                listed=outcome.entries(decided),
                annex_sha256=listing.sha256_of(outcome.annex(decided)),
                by_id=actor_id,
                at=stamp(),
            )
        )
        public_id = str(work.document["public_id"])
        details = {"campaign": campaign_id, "document": public_id, "titles": str(len(decided))}
        note(session, actor_id, "recheck_drafted", campaign.title, details)
        return public_id


def _content(
    session: Session, campaign: Campaign, found: Sequence[outcome.Outcome], given: Mapping[str, Any]
) -> dict[str, Any]:
    fields = Fields(given)
    content = {
        "type": TYPE,
        "title": fields.line("title", LONGEST_TITLE),
        "addressees": fields.line("addressees", LONGEST_LINE, required=TABLE[TYPE].addressees),
        "body": fields.text("text", LONGEST_TEXT),
        "attachments": [{"title": _annex_title(campaign, found), "body": outcome.annex(found)}],
        "agency": session.get_one(Agency, campaign.agency_id).code,
    }
    fields.check()
    return content


def renew(actor_id: int, campaign_id: str) -> str:
    """Put the present outcome into the document that is under way, a revision of it; return its public id.

    After sign-off it is a change of substance. Raises NotFound, NotAllowed, NotReady, Stale.
    """
    with read_tx() as session:
        refuse_others(load_person(session, actor_id))
        campaign = find(session, campaign_id)
        open_ = open_one(session, campaign)
        found = outcome.decided(outcome.outcomes(session, campaign))
        if open_ is None or not found:
            raise NotReady([Reason("No document says what this recheck found, or nothing is decided")])
        document = session.get_one(Document, open_.row.document_id)
        of_this = (Revision.document_id == document.id, Revision.n == document.revision)
        content = parse(KIND, session.scalars(select(Revision.content).where(*of_this)).one())
        others = [one for one in content.attachments if one.title != _annex_title(campaign, found)]
        part = Part(_annex_title(campaign, found), outcome.annex(found))
        text = replace(content, attachments=(part, *others))
        version, declared = document.version, open_.editing == "declared"
    how: dict[str, Any] = {"change": "substance", "reason": CHANGED} if declared else {}
    engine.revise(actor_id, open_.public_id, version, text.to_dict(), **how)
    with write_tx() as session:
        row = session.get_one(Conferral, open_.row.id)
        row.listed = outcome.entries(found)
        row.annex_sha256 = listing.sha256_of(outcome.annex(found))
        note(session, actor_id, "recheck_renewed", campaign.title, {"document": open_.public_id})
    return open_.public_id


def _annex_title(campaign: Campaign, found: Sequence[outcome.Outcome]) -> str:
    return ANNEX.format(**_known(campaign, found))


def _sentence(campaign: Campaign, found: Sequence[outcome.Outcome]) -> str:
    said = [f"{outcome.DECISIONS[word]}{count}个" for word, count in outcome.counts(found).items() if word]
    known = _known(campaign, found)
    return FIRST.format(title=campaign.title, term=campaign.term, found="、".join(said), **known)


def _known(campaign: Campaign, found: Sequence[outcome.Outcome]) -> dict[str, Any]:
    names = "、".join(dict.fromkeys(one.category_name for one in found))
    return {"year": campaign.year, "categories": names}
