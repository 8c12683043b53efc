"""Enter what consulted bodies reply, or that a reply is no longer waited for; conclude the consultation."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from docgen.active import is_active_pdf
from states.errors import NotReady
from states.reasons import Reason

from .. import archive, uploads
from ..applications.candidates import Candidate, Outcome, candidates, take_each
from ..attached import MIMETYPES, PICTURES
from ..campaigns.clerk import clerk, refuse_strangers
from ..campaigns.finding import find
from ..clock import today
from ..directory import Person
from ..downloads import Download
from ..errors import NotFound
from ..installation import read_tx, write_tx
from ..models import Campaign, Consultation, Upload
from ..models import Finding as FindingRow
from ..office.fields import Fields
from ..office.log import note
from .letters import STAGE
from .register import Asked, asked
from .sight import findings

REPLIES = ("none", "objection")
LONGEST = 2000


def enter_reply(
    actor_id: int,
    campaign_id: str,
    body: str,
    given: Mapping[str, Any],
    file: tuple[str, bytes] | None = None,
) -> None:
    """Enter a body's `reply` of the day `replied_on`, its `text`, and perhaps the file that came.

    An objection has `findings`, each of an `application` and a `text`. Entered again, it takes the place of
    what was entered before. Raises NotAllowed, NotFound, NotReady, ContentError.
    """
    with read_tx() as session:
        clerk(session, actor_id)
    kept = uploads.keep(actor_id, *file) if file else None
    with write_tx() as session:
        campaign, one = _open(session, actor_id, campaign_id, body)
        known = {each.public_id: each for each in candidates(session, campaign)}
        fields = Fields(given)
        reply, replied_on = str(given.get("reply") or ""), fields.day("replied_on")
        if reply not in REPLIES:
            fields.refuse("reply", "Say whether the body objects.")
        if replied_on and replied_on > today():
            fields.refuse("replied_on", "This day is still to come.")
        found = _read_findings(fields, known) if reply == "objection" else {}
        text = fields.text("text", LONGEST, required=False)
        fields.check()
        row = _row(session, campaign, one)
        row.reply, row.replied_on, row.text, row.entered_by = reply, replied_on, text, actor_id
        row.given_up = ""
        if kept:
            row.file_sha256 = kept.sha256
        session.execute(delete(FindingRow).where(FindingRow.consultation_id == row.id))
        for document_id, words in found.items():
            session.add(FindingRow(consultation_id=row.id, document_id=document_id, text=words))
        details = {"campaign": campaign_id, "body": body, "reply": reply, "findings": str(len(found))}
        note(session, actor_id, "reply_entered", campaign.title, details)


def give_up(actor_id: int, campaign_id: str, body: str, given: Mapping[str, Any]) -> None:
    """Wait no longer for a body's reply, with a `reason`.

    Raises NotAllowed, NotFound, NotReady, ContentError.
    """
    with write_tx() as session:
        campaign, one = _open(session, actor_id, campaign_id, body)
        if one.row is not None and one.row.reply:
            raise NotReady([Reason("%(body)s has replied already", {"body": body})])
        fields = Fields(given)
        reason = fields.text("reason", LONGEST)
        fields.check()
        row = _row(session, campaign, one)
        row.given_up, row.entered_by = reason, actor_id
        details = {"campaign": campaign_id, "body": body, "reason": reason}
        note(session, actor_id, "reply_given_up", campaign.title, details)


def conclude(actor_id: int, campaign_id: str, *, found: bool) -> Outcome:
    """Conclude the consultation about every application at the stage, a step of the engine each.

    found: about those of which a body found something; otherwise about all the others.
    Raises NotAllowed, NotFound.
    """
    with read_tx() as session:
        person = clerk(session, actor_id)
        campaign = find(session, campaign_id)
        plain, marked = apart(session, person, campaign)
    return take_each(actor_id, marked if found else plain, "conclude")


def apart(
    session: Session, person: Person, campaign: Campaign
) -> tuple[Sequence[Candidate], Sequence[Candidate]]:
    """Return the applications at the stage of which no body found anything, and the others."""
    known = findings(session, person, campaign)
    waiting = candidates(session, campaign, STAGE)
    return (
        [one for one in waiting if one.id not in known],
        [one for one in waiting if one.id in known],
    )


def fetch_file(session: Session, person: Person, campaign_id: str, body: str) -> Download:
    """Return the file that came as a reply; raises NotAllowed, NotFound, also to those who judge."""
    refuse_strangers(person)
    campaign = find(session, campaign_id)
    one = next((each for each in asked(session, person, campaign) if each.body == body), None)
    if one is None or one.row is None or one.row.file_sha256 is None:
        raise NotFound
    sha256 = one.row.file_sha256
    name = session.scalars(select(Upload.name).where(Upload.sha256 == sha256).order_by(Upload.at)).first()
    if name is None:
        raise NotFound
    kind, data = uploads.kind_of(name), archive.read(sha256)
    inline = kind in PICTURES or (kind == "pdf" and not is_active_pdf(data))
    return Download(data, sha256, name, MIMETYPES[kind], inline)


def _open(session: Session, actor_id: int, campaign_id: str, body: str) -> tuple[Campaign, Asked]:
    person = clerk(session, actor_id)
    campaign = find(session, campaign_id, lock=True)
    if campaign.concluded_at:
        raise NotReady([Reason("It is concluded already")])
    one = next((each for each in asked(session, person, campaign) if each.body == body), None)
    if one is None:
        raise NotFound
    return campaign, one


def _row(session: Session, campaign: Campaign, one: Asked) -> Consultation:
    """Return a body's row; one that replies without having been written to has none yet."""
    row = one.row
    if row is None:
        row = Consultation(campaign_id=campaign.id, body=one.body, due_on=today())
        session.add(row)
        session.flush()
    return row


def _read_findings(fields: Fields, known: Mapping[str, Candidate]) -> dict[int, str]:
    found: dict[int, str] = {}
    for line in fields.given.get("findings") or ():
        of_line = Fields(line)
        words = of_line.text("text", LONGEST, required=False)
        fields.problems += of_line.problems
        chosen = known.get(str(line.get("application") or ""))
        if chosen is None and (words or line.get("application")):
            fields.refuse("findings", "Choose to which application each finding belongs.")
        elif chosen is not None and not words:
            fields.refuse("findings", "Say what was found about %(unit)s.", unit=chosen.unit)
        elif chosen is not None and chosen.id in found:
            fields.refuse("findings", "%(unit)s stands there twice.", unit=chosen.unit)
        elif chosen is not None:
            found[chosen.id] = words
    if not found and not fields.problems:
        fields.refuse("findings", "An objection says about which applications, and what.")
    return found
