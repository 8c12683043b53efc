"""Begin the recheck of a campaign's titles by one act: who holds them hands in a report on themselves."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from states.reasons import Reason

from ..campaigns import finding, making
from ..campaigns.clerk import clerk
from ..campaigns.reading import FIRST_YEAR, LAST_YEAR, LONGEST_TITLE, moment, one_of
from ..clock import today
from ..installation import write_tx
from ..models import Campaign, CampaignCategory, ConsultedBody, NegativeItem
from ..office.fields import Fields
from ..office.log import note
from . import expected

UNFILED = ("terminate", "revoke", "suspend", "warn", "remind")
TYPE = "通报"  # of the document that says what the recheck found
TITLE = "{year}年度{title}复查"
_WORDS_OF_APPLYING = ("申报", "评选", "复查")


def proposed(campaign: Campaign) -> dict[str, Any]:
    """Return what the form begins with."""
    title, year = campaign.title, today().year
    for word in (f"{campaign.year}年度", f"{campaign.year}年", *_WORDS_OF_APPLYING):
        title = title.replace(word, "")
    named = TITLE.format(year=year, title=title.strip())
    return {"title": named[:LONGEST_TITLE], "year": year, "unfiled": UNFILED[0]}


def start(actor_id: int, public_id: str, given: Mapping[str, Any]) -> str:
    """Make a campaign that rechecks the titles of another; return its public id.

    Fields: `title`, `year`, `opens`, `closes`, and `unfiled`, which is decided on those who hand nothing in.
    Everything else is as in the campaign that conferred. Raises NotAllowed, NotFound, NotReady, ContentError.
    """
    with write_tx() as session:
        clerk(session, actor_id)
        source = finding.find(session, public_id)
        finding.tell(*why_not(session, source))
        fields = Fields(given)
        opens, closes = moment(fields, "opens"), moment(fields, "closes")
        changes = {
            "kind": expected.RECHECK,
            "title": fields.line("title", LONGEST_TITLE),
            "year": fields.whole("year", FIRST_YEAR, LAST_YEAR),
            "opens_at": opens,
            "closes_at": closes,
            "unfiled": one_of(fields, "unfiled", UNFILED),
            "conferral_type": TYPE,
        }
        if opens and closes and closes <= opens:
            fields.refuse("closes", "It closes before it opens.")
        fields.check()
        parts = (CampaignCategory, ConsultedBody, NegativeItem)
        made = making.derive(session, actor_id, source, changes, parts)
        of_it = CampaignCategory.campaign_id == made.id
        session.execute(update(CampaignCategory).where(of_it).values(places=None, eligibility=[]))
        details = {"campaign": made.public_id, "of": public_id}
        note(session, actor_id, "recheck_begun", made.title, details)
        return made.public_id


def why_not(session: Session, source: Campaign) -> list[Reason]:
    """Return why a campaign's titles cannot be rechecked, or nothing."""
    if source.kind == expected.RECHECK:
        return [Reason("This is a recheck itself: begin from the campaign that conferred the titles")]
    if source.level != "own":
        return [Reason("Titles of a higher body are rechecked by that body")]
    if not expected.any_in_force(session, source.level, source.term):
        return [Reason("No title of this campaign is in force")]
    return []
