"""Announce a campaign, put its closing off, conclude it."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from states.reasons import Reason

from .. import clock
from ..entered import clean_entry
from ..installation import here, write_tx
from ..models import Application, Campaign, CampaignCategory, Category, Document
from ..office.fields import Fields
from ..office.log import note
from . import finding
from .clerk import clerk
from .reading import moment
from .trees import find_set, lacks, tree_of

DRAFTS = "draft"  # the stage of those that nobody but the unit has seen
EXTENDED = "campaign_extended"  # in the office's log


def announce(actor_id: int, public_id: str) -> None:
    """Let units see a campaign: its rules stand from now on, and the sets that it uses are fixed.

    Raises NotAllowed, NotFound, NotReady with everything that is missing.
    """
    with write_tx() as session:
        clerk(session, actor_id)
        campaign = finding.to_change(session, public_id)
        used = [find_set(session, one, lock=True) for one in sorted(set(session.scalars(_sets_of(campaign))))]
        finding.tell(*missing(session, campaign))
        campaign.announced_at = at = clock.stamp()
        for one in used:
            one.fixed_at = one.fixed_at or at
        note(session, actor_id, "campaign_announced", campaign.title, {"campaign": public_id})


def missing(session: Session, campaign: Campaign) -> list[Reason]:
    """Return why a campaign cannot be announced as it is, all reasons at once."""
    wrong = []
    if campaign.closes_at <= clock.stamp():
        wrong.append(Reason("Its closing is over already"))
    used = list(session.scalars(_sets_of(campaign)))
    if not used:
        wrong.append(Reason("It offers no category yet"))
    retired = select(Category.name).join(CampaignCategory, CampaignCategory.category == Category.code)
    for name in session.scalars(retired.where(CampaignCategory.campaign_id == campaign.id, ~Category.active)):
        wrong.append(Reason("The category %(name)s is no longer used", {"name": name}))
    for set_id in dict.fromkeys(used):
        wrong += lacks(tree_of(session, set_id), campaign.methods)
    return wrong


def extend(actor_id: int, public_id: str, given: Mapping[str, Any]) -> None:
    """Put the closing off to `closes`, with a `reason`; it never comes earlier once announced.

    Raises NotAllowed, NotFound, NotReady, ContentError.
    """
    with write_tx() as session:
        clerk(session, actor_id)
        campaign = finding.find(session, public_id, lock=True)
        if campaign.announced_at is None:
            finding.tell(Reason("It is not announced yet: change its closing on its sheet"))
        if campaign.frozen_at or campaign.concluded_at:
            finding.tell(finding.FROZEN_ALREADY)
        fields = Fields(given)
        closes = moment(fields, "closes")
        if closes and closes <= campaign.closes_at:
            fields.refuse("closes", "Once announced, the closing can only be put off, never brought forward.")
        elif closes and closes <= clock.stamp():
            fields.refuse("closes", "This moment is over already.")
        reason = clean_entry(str(given.get("reason") or ""))
        if not reason:
            fields.refuse("reason", "This must not be empty.")
        fields.check()
        details = {"campaign": public_id, "from": campaign.closes_at, "to": closes, "reason": reason}
        campaign.closes_at = closes
        note(session, actor_id, EXTENDED, campaign.title, details)


def conclude(actor_id: int, public_id: str) -> None:
    """Close a campaign's books when every application to it has come to its end.

    Drafts stay as they are, those that were sent back too. Raises NotAllowed, NotFound, NotReady.
    """
    with write_tx() as session:
        clerk(session, actor_id)
        campaign = finding.find(session, public_id, lock=True)
        wrong = []
        now = clock.stamp()
        if campaign.announced_at is None or now < campaign.closes_at:
            wrong.append(Reason("It has not closed yet"))
        if campaign.concluded_at:
            wrong.append(Reason("It is concluded already"))
        if under_way := count_under_way(session, campaign):
            known = {"count": str(under_way)}
            wrong.append(Reason("%(count)s applications have not come to their end", known))
        finding.tell(*wrong)
        campaign.concluded_at = now
        note(session, actor_id, "campaign_concluded", campaign.title, {"campaign": public_id})


def count_under_way(session: Session, campaign: Campaign) -> int:
    """Return how many applications are beyond their draft, at a stage from which they go on."""
    rows = session.execute(
        select(Document.procedure_hash, Document.state, func.count())
        .join(Application, Application.document_id == Document.id)
        .where(Application.campaign_id == campaign.id, Document.state != DRAFTS)
        .group_by(Document.procedure_hash, Document.state)
    )
    versions = here().versions
    return sum(count for version, state, count in rows if not versions[version].stages[state].final)


def _sets_of(campaign: Campaign) -> Any:
    return select(CampaignCategory.set_id).where(CampaignCategory.campaign_id == campaign.id)
