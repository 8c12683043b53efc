"""Hold the annex of a recheck's document to what the recheck comes to, until it is issued."""

from sqlalchemy.orm import Session

from docgen.sheet import Content
from states.reasons import Reason

from ..models import Campaign, Conferral
from . import outcome


def differences(session: Session, conferral: Conferral, content: Content) -> tuple[Reason, ...]:
    """Return how the annex of a content differs from what the recheck comes to now."""
    found = outcome.decided(outcome.outcomes(session, session.get_one(Campaign, conferral.campaign_id)))
    if not found:
        return (Reason("Nothing is decided on any title that is in force"),)
    if any(part.body == outcome.annex(found) for part in content.attachments):
        return ()
    return (Reason("The annex is not what the recheck comes to now: put the present list in"),)
