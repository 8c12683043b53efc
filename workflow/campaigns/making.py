"""Make a campaign, change it while it is not announced, copy last year's, drop one that was a mistake."""

import re
import secrets
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from states.reasons import Reason

from .. import clock
from ..installation import write_tx
from ..models import Campaign, CampaignCategory, ConsultedBody, NegativeItem, Quota
from ..office.log import note
from . import finding
from .clerk import clerk
from .reading import LONGEST_TERM, LONGEST_TITLE, read_campaign

PARTS = (CampaignCategory, Quota, ConsultedBody, NegativeItem)
NOT_COPIED = {"id", "public_id", "created_at", "created_by", "announced_at", "frozen_at", "concluded_at"}
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")


def make(actor_id: int, given: Mapping[str, Any]) -> str:
    """Make a campaign with the office's own negative list and bodies; return its public id.

    Raises NotAllowed, ContentError with every problem.
    """
    with write_tx() as session:
        clerk(session, actor_id)
        made = _enter(session, actor_id, read_campaign(session, given), None)
        for model in (ConsultedBody, NegativeItem):
            _copy_rows(session, model, None, made.id)
        note(session, actor_id, "campaign_made", made.title, {"campaign": made.public_id})
        return made.public_id


def change(actor_id: int, public_id: str, given: Mapping[str, Any]) -> None:
    """Change what a campaign's sheet says.

    Raises NotAllowed, NotFound, NotReady once announced, ContentError.
    """
    with write_tx() as session:
        clerk(session, actor_id)
        campaign = finding.to_change(session, public_id)
        values = read_campaign(session, given)
        before = {name: getattr(campaign, name) for name in values}
        changed = {
            name: [str(before[name]), str(value)] for name, value in values.items() if before[name] != value
        }
        for name, value in values.items():
            setattr(campaign, name, value)
        if changed:
            note(session, actor_id, "campaign_changed", campaign.title, {"campaign": public_id, **changed})


def copy(actor_id: int, public_id: str) -> str:
    """Make next year's campaign of one: all as it is, dates a year later, sets by reference.

    Raises NotAllowed, NotFound.
    """
    with write_tx() as session:
        clerk(session, actor_id)
        source = finding.find(session, public_id)
        changes = {
            "title": _next_years(source.title)[:LONGEST_TITLE],
            "year": source.year + 1,
            "opens_at": _moment_later(source.opens_at),
            "closes_at": _moment_later(source.closes_at),
        }
        if source.kind != "recheck":  # which is of the same term as before
            changes |= {
                "term": _next_years(source.term)[:LONGEST_TERM],
                "term_from": a_year_later(source.term_from),
                "term_until": a_year_later(source.term_until),
            }
        made = derive(session, actor_id, source, changes, PARTS)
        details = {"campaign": made.public_id, "of": public_id}
        note(session, actor_id, "campaign_copied", made.title, details)
        return made.public_id


def derive(
    session: Session, by_id: int, source: Campaign, changes: Mapping[str, Any], parts: Sequence[Any]
) -> Campaign:
    """Make a campaign that is as another but for some columns, with these parts of it, in a transaction."""
    columns = {
        column.name: getattr(source, column.name)
        for column in Campaign.__table__.columns
        if column.name not in NOT_COPIED
    }
    made = _enter(session, by_id, {**columns, **changes}, source.id)
    for model in parts:
        _copy_rows(session, model, source.id, made.id)
    return made


def drop(actor_id: int, public_id: str) -> None:
    """Remove a campaign that was never announced. Raises NotAllowed, NotFound, NotReady."""
    with write_tx() as session:
        clerk(session, actor_id)
        campaign = finding.to_change(session, public_id)
        followers = select(Campaign.title).where(Campaign.after_id == campaign.id)
        if title := session.scalars(followers).first():
            finding.tell(Reason("%(title)s was copied from it", {"title": title}))
        for model in PARTS:
            session.execute(delete(model).where(model.campaign_id == campaign.id))
        session.delete(campaign)
        note(session, actor_id, "campaign_dropped", campaign.title, {"campaign": public_id})


def a_year_later(day: date) -> date:
    """Return the same day of the next year; 29 February becomes 28 February."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def _moment_later(stamped: str) -> str:
    local = clock.read(stamped)
    return clock.stamp(datetime.combine(a_year_later(local.date()), local.time(), local.tzinfo))


def _next_years(text: str) -> str:
    """Return a title with each year in it one later."""
    return _YEAR.sub(lambda found: str(int(found[0]) + 1), text)


def _enter(session: Session, by_id: int, values: Mapping[str, Any], after_id: int | None) -> Campaign:
    made = Campaign(
        **{
            **values,
            "public_id": secrets.token_hex(8),
            "created_by": by_id,
            "created_at": clock.stamp(),
            "after_id": after_id,
        }
    )
    session.add(made)
    session.flush()
    return made


def _copy_rows(session: Session, model: Any, source_id: int | None, campaign_id: int) -> None:
    """Give a campaign what another has of a kind, or what stands on the office's own list (None)."""
    rows = session.scalars(select(model).where(model.campaign_id == source_id).order_by(model.id))
    names = [column.name for column in model.__table__.columns if column.name not in ("id", "campaign_id")]
    new = [model(campaign_id=campaign_id, **{name: getattr(row, name) for name in names}) for row in rows]
    session.add_all(new)
    session.flush()
