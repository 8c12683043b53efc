"""Find public notices: for everybody while they are to be seen, for the office always."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from .. import describe
from ..agencies import name_of
from ..clock import today
from ..errors import NotFound
from ..models import Application, Campaign, Document, PublicNotice
from ..working_time import calendar
from .days import day_of

KEPT = timedelta(days=30)  # after its last day a notice can still be read
STRUCK_OFF = "struck_off"


@dataclass(frozen=True)
class Line:
    """An application as a notice lists it; removed: an objection proved right."""

    application: str
    unit: str
    removed: bool


@dataclass(frozen=True)
class Shown:
    """A notice as it is read on a day; it names nobody who objects."""

    notice: PublicNotice
    agency: str
    categories: Sequence[tuple[str, Sequence[Line]]]
    day: int  # how many of its days have come

    @property
    def upcoming(self) -> bool:
        return today() < self.notice.first_day

    @property
    def over(self) -> bool:
        return today() > self.notice.last_day

    @property
    def takes_objections(self) -> bool:
        return not (self.upcoming or self.over)

    @property
    def lines(self) -> list[Line]:
        return [line for _, lines in self.categories for line in lines]


def current(session: Session) -> list[Shown]:
    """Return the notices that everybody may read, the latest first."""
    rows = session.execute(
        select(PublicNotice, Campaign)
        .join(Campaign, Campaign.id == PublicNotice.campaign_id)
        .where(PublicNotice.first_day <= today(), PublicNotice.last_day >= today() - KEPT)
        .order_by(PublicNotice.first_day.desc(), PublicNotice.id.desc())
    )
    return [_shown(session, notice, campaign) for notice, campaign in rows]


def read(session: Session, public_id: str) -> Shown:
    """Return a notice that everybody may read; raises NotFound before and long after its days."""
    notice, campaign = _find(session, public_id)
    if not notice.first_day <= today() <= notice.last_day + KEPT:
        raise NotFound
    return _shown(session, notice, campaign)


def of_campaign(session: Session, campaign: Campaign) -> list[Shown]:
    """Return a campaign's notices for the office, the latest first."""
    statement = select(PublicNotice).where(PublicNotice.campaign_id == campaign.id)
    rows = session.scalars(statement.order_by(PublicNotice.id.desc()))
    return [_shown(session, notice, campaign) for notice in rows]


def listed(session: Session, campaign: Campaign) -> set[str]:
    """Return the public ids of the applications that are on one of a campaign's notices."""
    lists = session.scalars(select(PublicNotice.listed).where(PublicNotice.campaign_id == campaign.id))
    return {entry["application"] for entries in lists for entry in entries}


def struck_off(session: Session, campaign: Campaign) -> dict[str, str]:
    """Return why applications were struck off, by their public ids, as their last movements say."""
    rows = session.execute(
        select(Document.id, Document.public_id)
        .join(Application, Application.document_id == Document.id)
        .where(Application.campaign_id == campaign.id, Document.state == STRUCK_OFF)
    )
    return {row.public_id: describe.movements(session, row.id)[-1].comment for row in rows}


def _find(session: Session, public_id: str) -> tuple[PublicNotice, Campaign]:
    row = session.execute(
        select(PublicNotice, Campaign)
        .join(Campaign, Campaign.id == PublicNotice.campaign_id)
        .where(PublicNotice.public_id == public_id)
    ).first()
    if row is None:
        raise NotFound
    return row[0], row[1]


def _shown(session: Session, notice: PublicNotice, campaign: Campaign) -> Shown:
    named = [entry["application"] for entry in notice.listed]
    gone = set(
        session.scalars(
            select(Document.public_id).where(Document.public_id.in_(named), Document.state == STRUCK_OFF)
        )
    )
    return Shown(
        notice,
        name_of(session, campaign.agency_id, notice.first_day).full,
        [(name, [_line(one, gone) for one in lines]) for name, lines in _grouped(notice.listed)],
        min(day_of(calendar(session), notice.first_day, _until(notice), notice.unit), notice.days),
    )


def _until(notice: PublicNotice) -> date:
    return min(today(), notice.last_day)


def _line(entry: Mapping[str, Any], gone: set[str]) -> Line:
    return Line(entry["application"], entry.get("unit", ""), entry["application"] in gone)


def _grouped(entries: Sequence[Mapping[str, Any]]) -> list[tuple[str, list[Mapping[str, Any]]]]:
    return [(name, list(group)) for name, group in groupby(entries, key=lambda one: one.get("category", ""))]
