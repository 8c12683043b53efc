"""Record a meeting and what it decided on each application; the step that follows is taken with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from states.errors import NotReady, Refused
from states.reasons import Reason

from ..applications.candidates import Outcome
from ..applications.stepping import step
from ..campaigns.clerk import clerk
from ..campaigns.finding import find
from ..clock import stamp, today
from ..directory import Person
from ..errors import NotFound, Stale
from ..installation import write_tx
from ..models import Application, Campaign, Deliberation, table
from ..office.fields import Fields
from ..office.log import note
from .standing import CategoryStanding, Standing, decisions_of, standings

LONGEST_MEETING, LONGEST_REASON = 200, 1000
NEEDS_NO_REASON = ("candidate", "keep")

_applications = table(Application)


@dataclass(frozen=True)
class Decision:
    """What a meeting decided on an application, and why."""

    standing: Standing
    word: str
    reason: str


def record(actor_id: int, campaign_id: str, given: Mapping[str, Any]) -> Outcome:
    """Record the `meeting` of the day `held_on` and its `decisions`: by public id `decision` and `reason`.

    `reason` is of all that have none of their own. Each goes on in a transaction of its own, by the step
    nominate or decline; after a recheck all go on, since its outcome is a numbered document. More candidates
    than a category has places are taken only `anyway`. Raises NotAllowed, NotFound, NotReady, ContentError.
    """
    with write_tx() as session:
        person = clerk(session, actor_id)
        campaign = find(session, campaign_id, lock=True)
        if campaign.frozen_at is None:
            raise NotReady([Reason("The scores are not frozen yet")])
        found = standings(session, person, campaign)
        fields = Fields(given)
        decisions = _read(fields, campaign, found)
        held_on, meeting = fields.day("held_on"), fields.line("meeting", LONGEST_MEETING)
        if held_on and held_on > today():
            fields.refuse("held_on", "This day is still to come.")
        fields.check()
        if not fields.yes("anyway") and (wrong := beyond_places(found, decisions)):
            raise NotReady(wrong)
        meeting_id = _meeting(session, campaign, held_on or today(), meeting, actor_id)
        details = {"campaign": campaign_id, "meeting": meeting, "decisions": str(len(decisions))}
        note(session, actor_id, "meeting_recorded", campaign.title, details)
    failed = []
    for one in decisions:
        try:
            with write_tx() as session:
                _decide(session, person, meeting_id, one)
        except Refused as refusal:
            failed.append((one.standing.candidate.unit, refusal.reasons))
        except (NotFound, Stale):
            failed.append((one.standing.candidate.unit, (Reason("It has changed meanwhile"),)))
    return Outcome(len(decisions) - len(failed), tuple(failed))


def beyond_places(found: Sequence[CategoryStanding], decisions: Sequence[Decision]) -> list[Reason]:
    """Return which categories would have more candidates than places."""
    wrong = []
    for category in found:
        chosen = category.chosen + sum(
            one.word == "candidate" and one.standing.candidate.category == category.code for one in decisions
        )
        if category.places is not None and chosen > category.places:
            known = {"name": category.name, "places": str(category.places), "count": str(chosen)}
            wrong.append(Reason("%(name)s has %(places)s places, and %(count)s candidates are chosen", known))
    return wrong


def _read(fields: Fields, campaign: Campaign, found: Sequence[CategoryStanding]) -> list[Decision]:
    """Return the decisions that were entered; an application without one stays where it is."""
    given: Mapping[str, Any] = fields.given.get("decisions") or {}
    for_all = fields.text("reason", LONGEST_REASON, required=False)
    known = decisions_of(campaign)
    decisions = []
    for standing in (one for category in found for one in category.standings if one.open):
        of_one = Fields(given.get(standing.candidate.public_id) or {})
        word = str(of_one.given.get("decision") or "")
        if not word:
            continue
        reason = of_one.text("reason", LONGEST_REASON, required=False)
        fields.problems += of_one.problems
        if word not in known:
            fields.refuse("decisions", "%(value)s is not one of the choices.", value=word[:40])
        elif word not in NEEDS_NO_REASON and not (reason or for_all):
            fields.refuse("decisions", "Say why about %(unit)s.", unit=standing.candidate.unit)
        else:
            decisions.append(Decision(standing, word, reason or ("" if word in NEEDS_NO_REASON else for_all)))
    if not decisions and not fields.problems:
        fields.refuse("decisions", "Nothing is decided yet.")
    return decisions


def _meeting(session: Session, campaign: Campaign, held_on: date, meeting: str, by_id: int) -> int:
    """Return the meeting's id; one that was recorded in part before is gone on with."""
    values = {"campaign_id": campaign.id, "held_on": held_on, "meeting": meeting}
    row = session.scalars(select(Deliberation).filter_by(**values)).first()
    if row is None:
        row = Deliberation(**values, by_id=by_id, at=stamp())
        session.add(row)
        session.flush()
    return row.id


def _decide(session: Session, person: Person, meeting_id: int, one: Decision) -> None:
    of_this = _applications.c.document_id == one.standing.candidate.id
    values = {"decision": one.word, "decision_reason": one.reason, "deliberation_id": meeting_id}
    session.execute(update(_applications).where(of_this).values(values))
    action = "decline" if one.word == "declined" else "nominate"
    version = one.standing.candidate.version
    step(session, person, one.standing.candidate.public_id, version, action, {"comment": one.reason})
