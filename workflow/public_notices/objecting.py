"""Take an objection: from the public page with a receipt, or by the clerk from telephone, letter or visit."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from states.errors import NotReady
from states.reasons import Reason

from ..campaigns.clerk import clerk
from ..campaigns.finding import find
from ..clock import read as read_stamp
from ..clock import stamp
from ..errors import ContentError, NotFound
from ..installation import write_tx
from ..models import Document, Objection, PublicNotice, Unit
from ..office.fields import Fields
from ..office.log import note
from . import finding

PAGE = "page"
CHANNELS = ("phone", "letter", "visit")
OPEN_STAGES = ("public_notice", "verification")
LONGEST_NAME, LONGEST_CONTACT, LONGEST_TEXT = 60, 100, 3000
_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
_GROUPS, _GROUP = 4, 5  # some 99 bits: nobody guesses one


@dataclass(frozen=True)
class Answered:
    """What the one who objected is told by the receipt: nothing that says who they are."""

    receipt: str
    unit: str
    notice: str  # its title
    day: date
    standing: str  # received, verifying, unfounded, upheld
    answer: str


def object_on_page(public_id: str, given: Mapping[str, Any]) -> str:
    """Take an objection that somebody enters on the public page; return its receipt.

    The same one sent twice has one receipt. Raises NotFound, NotReady outside its days, ContentError.
    """
    with write_tx() as session:
        shown = finding.read(session, public_id)
        if not shown.takes_objections:
            raise NotReady([Reason("The time for objections on this page is over")])
        return _keep(session, shown, given, PAGE, None)


def enter(actor_id: int, campaign_id: str, given: Mapping[str, Any]) -> str:
    """Enter an objection that came by `channel`; return its receipt.

    It may be entered until the candidate is confirmed. Raises NotAllowed, NotFound, NotReady, ContentError.
    """
    with write_tx() as session:
        clerk(session, actor_id)
        campaign = find(session, campaign_id, lock=True)
        named = str(given.get("application") or "")
        shown = next(
            (
                one
                for one in finding.of_campaign(session, campaign)
                if any(line.application == named for line in one.lines)
            ),
            None,
        )
        channel = str(given.get("channel") or "")
        fields = Fields(given)
        if channel not in CHANNELS:
            fields.refuse("channel", "Say how the objection came in.")
        if shown is None:
            fields.refuse("application", "Choose whom the objection is about.")
            raise ContentError(fields.problems)
        fields.check()
        receipt = _keep(session, shown, given, channel, actor_id)
        note(session, actor_id, "objection_entered", campaign.title, {"campaign": campaign_id})
        return receipt


def ask(session: Session, receipt: str) -> Answered:
    """Return how an objection stands, for whoever has its receipt; raises NotFound."""
    row = session.execute(
        select(Objection, Document.state, Unit.name, PublicNotice.title)
        .join(Document, Document.id == Objection.document_id)
        .join(Unit, Unit.id == Document.unit_id)
        .join(PublicNotice, PublicNotice.id == Objection.public_notice_id)
        .where(Objection.receipt == receipt.strip().upper())
    ).first()
    if row is None:
        raise NotFound
    one, state, unit, title = row
    standing = one.outcome or ("verifying" if state == "verification" else "received")
    return Answered(one.receipt, unit, title, read_stamp(one.at).date(), standing, _told(one))


def _told(one: Objection) -> str:
    return one.answer if one.outcome else ""


def _keep(
    session: Session,
    shown: finding.Shown,
    given: Mapping[str, Any],
    channel: str,
    entered_by: int | None,
) -> str:
    fields = Fields(given)
    values = {
        "name": fields.line("name", LONGEST_NAME),
        "contact": fields.line("contact", LONGEST_CONTACT),
        "text": fields.text("text", LONGEST_TEXT),
    }
    named = str(given.get("application") or "")
    if not any(line.application == named and not line.removed for line in shown.lines):
        fields.refuse("application", "Choose whom the objection is about.")
    fields.check()
    document = session.execute(
        select(Document.id, Document.state).where(Document.public_id == named).with_for_update()
    ).one()
    if document.state not in OPEN_STAGES:
        raise NotReady([Reason("This candidate is no longer open to objections")])
    same = select(Objection.receipt).where(
        Objection.document_id == document.id,
        Objection.channel == channel,
        *(getattr(Objection, name) == value for name, value in values.items()),
    )
    if (before := session.scalars(same).first()) is not None:
        return before
    row = Objection(
        **values,
        receipt=_receipt(),
        public_notice_id=shown.notice.id,
        document_id=document.id,
        channel=channel,
        at=stamp(),
        entered_by=entered_by,
    )
    session.add(row)
    return row.receipt


def _receipt() -> str:
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)
