"""Freeze the scores of a campaign (固化分数): what is deliberated on no longer changes."""

from sqlalchemy import update

from states.errors import NotReady
from states.reasons import Label, Reason

from ..campaigns.clerk import clerk
from ..campaigns.finding import find
from ..clock import stamp
from ..installation import write_tx
from ..models import Application, Campaign, table
from ..office.log import note
from .finding import DELIBERATION
from .results import CategoryResults, results

MOST_NAMED = 20  # applications that a refusal names

_applications = table(Application)


def freeze(actor_id: int, campaign_id: str) -> int:
    """Store every application's total, rank and reckoning for good; return how many.

    Raises NotFound, NotAllowed, NotReady: while an application stands before deliberation, or lacks scores.
    """
    with write_tx() as session:
        person = clerk(session, actor_id)
        campaign = find(session, campaign_id, lock=True)
        found = results(session, campaign)
        if wrong := why_not(campaign, found):
            raise NotReady(wrong)
        campaign.frozen_at = stamp()
        rows = [(category, result) for category in found for result in category.results]
        for _, result in rows:
            session.execute(
                update(_applications)
                .where(_applications.c.document_id == result.judged.id)
                .values(total=result.total, rank=result.rank, reckoning=result.reckoning)
            )
        note(session, person.id, "scores_frozen", campaign.title, {"applications": str(len(rows))})
        return len(rows)


def why_not(campaign: Campaign, found: list[CategoryResults]) -> list[Reason]:
    """Return why the scores cannot be frozen yet, all reasons at once."""
    if campaign.frozen_at is not None:
        return [Reason("The scores are frozen already")]
    every = [result for category in found for result in category.results]
    if not every:
        return [Reason("No application has come to deliberation")]
    elsewhere: dict[str, tuple[Label, int]] = {}
    for result in every:
        if result.judged.row.state != DELIBERATION:
            label, count = elsewhere.get(result.judged.row.state, (result.stage, 0))
            elsewhere[result.judged.row.state] = (label, count + 1)
    reasons = [
        Reason("%(count)s applications stand at the stage %(stage)s", {"count": str(count), "stage": label})
        for label, count in elsewhere.values()
    ]
    unscored = [result for result in every if result.reckoning is None]
    reasons += [
        Reason("The scores of %(unit)s are not complete", {"unit": result.judged.row.unit})
        for result in unscored[:MOST_NAMED]
    ]
    if len(unscored) > MOST_NAMED:
        more = {"count": str(len(unscored) - MOST_NAMED)}
        reasons.append(Reason("The scores of %(count)s more are not complete", more))
    return reasons
