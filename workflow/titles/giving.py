"""Bring titles into force: a row for each unit that was named, and word of it to the unit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from states.reasons import Reason

from .. import numbering
from ..applications.facts import APPLICANT
from ..clock import stamp
from ..directory import Person
from ..models import (
    Application,
    Appointment,
    Campaign,
    Category,
    Conferral,
    Document,
    Notice,
    Post,
    Title,
    Unit,
    User,
    table,
)
from . import events
from .events import Happening

TOLD = Reason("Your unit holds the title %(category)s (%(term)s), conferred by %(number)s").message

_titles, _notices = table(Title), table(Notice)


@dataclass(frozen=True)
class Ground:
    """On what titles rest: a number and its date, and the document if it is one of the office's."""

    number: str
    dated: date
    document_id: int | None = None


def give(
    session: Session, conferral: Conferral, listed: Sequence[Mapping[str, Any]], ground: Ground, by: Person
) -> int:
    """Enter the titles of the applications listed, in the caller's transaction; return how many.

    Those that the agency confers itself get the numbers of their certificates.
    """
    campaign = session.get_one(Campaign, conferral.campaign_id)
    found = _applications(session, [entry["application"] for entry in listed])
    rows = [
        {
            "unit_id": one.unit_id,
            "holder": one.unit,
            "category": one.category,
            "level": campaign.level,
            "term": campaign.term,
            "conferral_id": conferral.id,
            "document_id": ground.document_id,
            "application_id": one.id,
            "number": ground.number,
            "since": ground.dated,
            "until": campaign.term_until,
            "state": "valid",
            "certificate": number,
        }
        for one, number in zip(found, _certificates(session, campaign, len(found)), strict=True)
    ]
    if not rows:
        return 0
    added = session.connection().execute(_titles.insert().returning(_titles.c.id), rows)
    what = Happening("confer", ground.dated, document_id=ground.document_id)
    events.append(session, list(added.scalars()), what, by)
    _tell(session, campaign, found, ground)
    return len(rows)


def _applications(session: Session, public_ids: Sequence[str]) -> list[Any]:
    rows = session.execute(
        select(
            Document.id,
            Document.public_id,
            Application.unit_id,
            Application.category,
            Category.name.label("category_name"),
            Unit.name.label("unit"),
        )
        .join(Application, Application.document_id == Document.id)
        .join(Category, Category.code == Application.category)
        .join(Unit, Unit.id == Application.unit_id)
        .where(Document.public_id.in_(public_ids))
    )
    by_id = {row.public_id: row for row in rows}
    return [by_id[one] for one in public_ids]


def _certificates(session: Session, campaign: Campaign, count: int) -> list[str | None]:
    """Return the next numbers of certificates of the year; none for titles that a higher body confers."""
    if campaign.level != "own" or not count:
        return [None] * count
    run = f"certificates {campaign.year}"
    first = numbering.take(session, run)  # from then on nobody else takes any of this run
    numbering.raise_to(session, run, first + count - 1)
    return [f"{campaign.year}-{serial:05d}" for serial in range(first, first + count)]


def _tell(session: Session, campaign: Campaign, found: Sequence[Any], ground: Ground) -> None:
    """Put it on the lists of the units' accounts."""
    accounts = session.execute(
        select(Post.unit_id, User.id)
        .join(Appointment, Appointment.post_id == Post.id)
        .join(User, User.id == Appointment.user_id)
        .where(Post.code == APPLICANT, Post.unit_id.in_([one.unit_id for one in found]), User.active)
        .distinct()
    ).all()
    rows = [
        {
            "user_id": user_id,
            "document_id": one.id,
            "at": stamp(),
            "message": TOLD,
            "params": {"category": one.category_name, "term": campaign.term, "number": ground.number},
        }
        for one in found
        for unit_id, user_id in accounts
        if unit_id == one.unit_id
    ]
    if rows:
        session.connection().execute(_notices.insert(), rows)
