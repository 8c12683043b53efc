"""Begin an application with what is known of its unit already, since nobody types it twice."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from states.errors import NotReady

from .. import clock, engine
from ..answers import Once
from ..contents import APPLICATION
from ..errors import NotFound
from ..installation import read_tx
from ..models import Applicant, Campaign, Unit
from ..work import load_person
from . import eligibility
from .eligibility import LEVELS
from .portal import last_content, titles
from .settling import home


def begin_application(actor_id: int, campaign: str, category: str, *, once: Once | None = None) -> str:
    """Begin the application of somebody's unit for a category; return its public id.

    Raises NotAllowed, NotFound, NotReady with every reason (barred, outside the hours, begun already).
    """
    with read_tx() as session:
        person = load_person(session, actor_id)
        unit_id = home(person).unit_id or 0
        row = session.scalars(
            select(Campaign).where(Campaign.public_id == campaign, Campaign.announced_at.is_not(None))
        ).first()
        if row is None:
            raise NotFound
        checked = eligibility.check(session, unit_id, row, category, last_content(session, unit_id))
        data = prefilled(session, unit_id, campaign, category)
    shut = [one.reason for one in checked if one.final]
    if shut:
        raise NotReady(shut)
    return engine.draft(actor_id, APPLICATION, data, once=once).document


def prefilled(session: Session, unit_id: int, campaign: str, category: str) -> dict[str, Any]:
    """Return the content that a unit's new application starts with.

    Its particulars and titles come from what it filled in last and from the office's lists; of an
    application to the same campaign and category that came to nothing all of its words.
    """
    last = last_content(session, unit_id)
    known = [
        {
            "title": name,
            "level": LEVELS[title.level]["zh"],
            "term": title.term,
            "number": title.number,
            "date": title.since.isoformat(),
        }
        for title, name in titles(session, unit_id)
        if title.state == "valid" and title.until >= clock.today()
    ]
    if last is None:
        row, unit = session.get(Applicant, unit_id), session.get_one(Unit, unit_id)
        own = {"credit_code": row.credit_code or "", "nature": row.nature} if row else {}
        return _data(campaign, category, {"name": unit.name, **own}, known)
    numbers = {one["number"] for one in known}
    held = [*known, *(asdict(one) for one in last.titles_held if one.number not in numbers)]
    data = _data(campaign, category, asdict(last.unit), held)
    if (last.campaign, last.category) == (campaign, category):
        again = last.to_dict()
        data |= {name: again[name] for name in ("overview", "practice", "highlights", "honours", "answers")}
    return data


def _data(campaign: str, category: str, unit: dict[str, Any], held: list[dict[str, Any]]) -> dict[str, Any]:
    return {"campaign": campaign, "category": category, "unit": unit, "titles_held": held}
