"""Publish the list of candidates: as it stands, grouped by category, units in the office's order."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from states.errors import NotReady
from states.reasons import Reason

from ..applications.candidates import Candidate, Outcome, candidates, take_each
from ..calendar import Calendar
from ..campaigns.clerk import clerk
from ..campaigns.finding import find
from ..clock import stamp, today
from ..errors import NotFound
from ..installation import read_tx, write_tx
from ..models import Campaign, PublicNotice
from ..office.fields import Fields
from ..office.log import note
from ..working_time import calendar
from .days import last_day
from .finding import listed

STAGE = "public_notice"
STARTS = ("tomorrow", "today")
LONGEST_TITLE, LONGEST_TEXT, LONGEST_CONTACT = 200, 4000, 500
TITLE = "关于{title}候选名单的公示"
TEXT = (
    "经申报推荐、资格审查、测评和会议审定，现将{title}候选名单予以公示，接受社会监督。",
    "公示期间，对名单所列单位有异议的，可在本页提出，也可通过电话、来信、来访等方式反映。反映情况应当实事求是，"
    "并留下姓名和联系方式，以便核实和答复。",
)


def publish(actor_id: int, campaign_id: str, given: Mapping[str, Any]) -> str:
    """Publish whatever waits at the stage: `title`, `text`, `contact`, and `start` today or tomorrow.

    The last day follows from the campaign's days. Return the notice's public id. Raises NotAllowed, NotFound,
    NotReady, ContentError.
    """
    with write_tx() as session:
        clerk(session, actor_id)
        campaign = find(session, campaign_id, lock=True)
        waiting = unlisted(session, campaign)
        if not waiting:
            raise NotReady([Reason("No candidate waits to be made public")])
        fields = Fields(given)
        start = str(given.get("start") or "")
        if start not in STARTS:
            fields.refuse("start", "Say on which day it begins.")
        values = {
            "title": fields.line("title", LONGEST_TITLE),
            "text": fields.text("text", LONGEST_TEXT),
            "contact": fields.text("contact", LONGEST_CONTACT),
        }
        fields.check()
        first = today() + timedelta(days=start == "tomorrow")
        row = PublicNotice(
            **values,
            public_id=secrets.token_hex(8),
            campaign_id=campaign.id,
            listed=[_entry(one) for one in waiting],
            first_day=first,
            last_day=last_day(calendar(session), first, campaign.notice_days, campaign.notice_unit),
            days=campaign.notice_days,
            unit=campaign.notice_unit,
            by_id=actor_id,
            at=stamp(),
        )
        session.add(row)
        details = {"campaign": campaign_id, "notice": row.public_id, "applications": str(len(waiting))}
        note(session, actor_id, "notice_published", campaign.title, details)
        return row.public_id


def unlisted(session: Session, campaign: Campaign) -> list[Candidate]:
    """Return the applications that wait to be made public."""
    known = listed(session, campaign)
    return [one for one in candidates(session, campaign, STAGE) if one.public_id not in known]


def proposed(campaign: Campaign) -> dict[str, str]:
    """Return what a notice usually says."""
    text = "\n".join(line.format(title=campaign.title) for line in TEXT)
    return {"title": TITLE.format(title=campaign.title), "text": text, "contact": "", "start": STARTS[0]}


def periods(working: Calendar, campaign: Campaign) -> dict[str, tuple[date, date | NotReady]]:
    """Return the first and the last day for each start; in the last one's place why it cannot be told."""
    found: dict[str, tuple[date, date | NotReady]] = {}
    for start in STARTS if campaign.notice_days else ():
        first = today() + timedelta(days=start == "tomorrow")
        try:
            found[start] = first, last_day(working, first, campaign.notice_days, campaign.notice_unit)
        except NotReady as refusal:
            found[start] = first, refusal
    return found


def confirm(actor_id: int, campaign_id: str) -> Outcome:
    """Confirm every candidate whose notice is over without an open objection, a step of the engine each.

    Raises NotAllowed, NotFound.
    """
    with read_tx() as session:
        clerk(session, actor_id)
        waiting = _at_the_stage(session, find(session, campaign_id))
    return take_each(actor_id, waiting, "confirm")


def verify(actor_id: int, campaign_id: str, public_id: str) -> None:
    """Take a candidate aside to be verified. Raises NotAllowed, NotFound, NotReady."""
    with read_tx() as session:
        clerk(session, actor_id)
        waiting = _at_the_stage(session, find(session, campaign_id))
    one = [each for each in waiting if each.public_id == public_id]
    if not one:
        raise NotFound
    for _, reasons in take_each(actor_id, one, "verify").failed:
        raise NotReady(reasons)


def _at_the_stage(session: Session, campaign: Campaign) -> Sequence[Candidate]:
    return candidates(session, campaign, STAGE)


def _entry(one: Candidate) -> dict[str, str]:
    return {
        "application": one.public_id,
        "unit": one.unit,
        "category": one.category_name,
        "category_code": one.category,
    }
