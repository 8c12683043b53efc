"""Let the outcome of a recheck take effect when its document is issued."""

from collections import defaultdict
from datetime import date
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from docgen.sheet import Content
from states.errors import NotReady

from .. import jobs
from ..models import Campaign, Conferral, table
from ..titles import events, ladder
from ..titles.events import Happening
from ..work import Work
from . import annexing, outcome

CONFERRED = "conferred"  # the job that brings applications to their end

_conferrals = table(Conferral)


def bring_about(work: Work, content: Content, conferral: Conferral) -> None:
    """Let what was decided befall each title, in the transaction that issues it; raises NotReady."""
    session = work.session
    if wrong := annexing.differences(session, conferral, content):
        raise NotReady(wrong)
    found = outcome.decided(outcome.outcomes(session, session.get_one(Campaign, conferral.campaign_id)))
    dated: date = work.document["dated"]
    befalling: dict[Happening, list[int]] = defaultdict(list)
    for one in found:
        for what in _happenings(session, one, dated, work.id):
            befalling[what].append(one.title_id)
    for what, titles in befalling.items():
        events.append(session, titles, what, work.person)
        if what.kind == "restore":
            ladder.close_suspensions(session, titles, dated, what.reason)
    work.details["rechecked"] = len(found)
    listed = outcome.entries(found)
    kept: dict[str, Any] = {"listed": listed, "in_force_at": work.at, "in_force_by": work.person.id}
    session.execute(update(_conferrals).where(_conferrals.c.id == conferral.id).values(kept))
    jobs.ask(session, CONFERRED, str(conferral.id), {})


def _happenings(session: Session, one: outcome.Outcome, dated: date, document_id: int) -> list[Happening]:
    """Return what a decision means for a title: one that is kept is restored if it was suspended."""
    kinds = [one.decision]
    if one.state == "suspended":
        kinds = {"keep": ["keep", "restore"], "suspend": []}.get(one.decision, kinds)
    rung = ladder.rungs().get(one.decision)
    due = ladder.proposed_day(session, rung) if rung else None
    return [Happening(kind, dated, one.reason, document_id, due) for kind in kinds]
