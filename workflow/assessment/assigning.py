"""Assign assessors (分配评审): one by one, or all in one act; each change is noted in the office's log."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from states.applying import METHODS
from states.errors import NotReady
from states.reasons import Reason

from ..campaigns.clerk import clerk
from ..campaigns.finding import find
from ..clock import stamp
from ..entered import clean_entry
from ..errors import NotFound
from ..installation import write_tx
from ..models import Assignment, Score, User
from ..office.log import note
from . import giving
from .experts import chosen, find_expert, loads
from .finding import Judged, all_judged, find_judged, leaves_of, refuse_frozen, scored_nodes
from .reckoning import methods_of
from .recusing import recusals
from .spreading import Given, Place, spread

BY_EXPERTS = ("material", "site")  # the results of a survey are entered by the office


@dataclass(frozen=True)
class Spread:
    """What one act assigned: how many, with which seed, and how many places stay empty."""

    given: int
    lacking: int
    seed: str


def assign(actor_id: int, public_id: str, method: str, username: str) -> None:
    """Give an application to one more expert; raises NotFound, NotAllowed, NotReady.

    Once the stage is over only as many are added as it was judged by too few.
    """
    with write_tx() as session:
        person = clerk(session, actor_id)
        judged = _to_change(session, public_id, method)
        enough = len(_of_method(session, judged, method)) >= judged.campaign.assessors_each
        if judged.is_past(method) and enough:
            raise NotReady([Reason("It has been judged already (%(method)s)", {"method": METHODS[method]})])
        expert = find_expert(session, username)
        if _assignment(session, judged, method, expert.id) is not None:
            raise NotReady([Reason("%(name)s judges it already", {"name": expert.name})])
        one = Given(judged.id, judged.row.unit_id, method, expert.id)
        giving.give(session, recusals(session, judged.campaign.id), [one], person.id, stamp())
        if judged.is_at(method):
            giving.follow_stage(session, [judged.id])
        note(session, person.id, "assessor_assigned", judged.row.title, {"method": method, "to": expert.name})


def reassign(actor_id: int, public_id: str, method: str, leaver: str, successor: str, reason: str) -> None:
    """Give what an assessor has and has not handed in to another; raises NotFound, NotAllowed, NotReady."""
    with write_tx() as session:
        person = clerk(session, actor_id)
        judged = _to_change(session, public_id, method)
        reason = clean_entry(reason)
        old, name = _held(session, judged, method, leaver)
        expert = find_expert(session, successor)
        if _assignment(session, judged, method, expert.id) is not None:
            raise NotReady([Reason("%(name)s judges it already", {"name": expert.name})])
        discard(session, old)
        one = Given(judged.id, judged.row.unit_id, method, expert.id)
        giving.give(session, recusals(session, judged.campaign.id), [one], person.id, stamp())
        if judged.is_at(method):
            giving.follow_stage(session, [judged.id])
        details = {"method": method, "from": name, "to": expert.name, "reason": reason}
        note(session, person.id, "assessor_changed", judged.row.title, details)


def take_away(actor_id: int, public_id: str, method: str, username: str, reason: str) -> None:
    """Take an application away from an assessor who has not handed it in, and give it to nobody.

    Where all others have handed theirs in, it would go on by itself: there it is given to another instead.
    """
    with write_tx() as session:
        person = clerk(session, actor_id)
        judged = _to_change(session, public_id, method)
        reason = clean_entry(reason)
        held, name = _held(session, judged, method, username)
        others = [one for one in _of_method(session, judged, method) if one.id != held.id]
        if judged.is_at(method) and others and all(one.handed_in_at for one in others):
            raise NotReady([Reason("All others have handed in: give it to another instead")])
        discard(session, held)
        if judged.is_at(method):
            giving.follow_stage(session, [judged.id])
        details = {"method": method, "from": name, "reason": reason}
        note(session, person.id, "assessor_taken_away", judged.row.title, details)


def assign_evenly(actor_id: int, campaign_id: str, usernames: Sequence[str], seed: str) -> Spread:
    """Give every application of a campaign the assessors that it lacks, evenly among these experts.

    The same seed over the same applications and experts gives the same; what was assigned stays. What
    nobody may take stays empty and is counted. Raises NotFound, NotAllowed, NotReady.
    """
    with write_tx() as session:
        person = clerk(session, actor_id)
        campaign = find(session, campaign_id, lock=True)
        refuse_frozen(campaign)
        seed, experts = clean_entry(seed, limit=40, lines=False), chosen(session, usernames)
        applications = all_judged(session, campaign, lock=True)
        known = giving.assignments(session, campaign)
        places = _lacking(session, applications, known)
        barring = recusals(session, campaign.id)
        people = [expert.id for expert in experts]
        given = spread(places, people, lambda who, unit: barring.why(who, unit) is None, loads(known), seed)
        giving.give(session, barring, given, person.id, stamp())
        at_stage = [one.id for one in applications if any(one.is_at(method) for method in BY_EXPERTS)]
        giving.follow_stage(session, at_stage)
        lacking = sum(place.lacks for place in places) - len(given)
        details = {"seed": seed, "given": str(len(given)), "lacking": str(lacking)}
        note(
            session,
            person.id,
            "assessors_assigned",
            campaign.title,
            {**details, "experts": sorted(usernames)},
        )
        return Spread(len(given), lacking, seed)


def _lacking(session: Session, applications: Sequence[Judged], known: Sequence[Assignment]) -> list[Place]:
    has: dict[tuple[int, str], set[int]] = {}
    for one in known:
        has.setdefault((one.document_id, one.method), set()).add(one.user_id)
    used: dict[int, list[str]] = {}
    places = []
    for judged in applications:
        if judged.row.set_id not in used:
            leaves = leaves_of(scored_nodes(session, judged.row.set_id), judged.campaign)
            used[judged.row.set_id] = [m for m in methods_of(leaves, judged.rule) if m in BY_EXPERTS]
        for method in used[judged.row.set_id]:
            people = frozenset(has.get((judged.id, method), ()))
            lacks = judged.campaign.assessors_each - len(people)
            if lacks > 0:
                places.append(Place(judged.id, judged.row.unit_id, method, lacks, people))
    return places


def _to_change(session: Session, public_id: str, method: str) -> Judged:
    judged = find_judged(session, public_id, lock=True)
    refuse_frozen(judged.campaign)
    if method not in judged.campaign.methods:
        raise NotFound
    if not judged.row.live:
        raise NotReady([Reason("The application is no longer under way")])
    return judged


def _of_method(session: Session, judged: Judged, method: str) -> Sequence[Assignment]:
    which = (Assignment.document_id == judged.id, Assignment.method == method)
    return session.scalars(select(Assignment).where(*which)).all()


def _assignment(session: Session, judged: Judged, method: str, user_id: int) -> Assignment | None:
    return next((one for one in _of_method(session, judged, method) if one.user_id == user_id), None)


def _held(session: Session, judged: Judged, method: str, username: str) -> tuple[Assignment, str]:
    """Return what somebody has not handed in yet, and their name; raises NotFound, NotReady."""
    user = session.scalars(select(User).where(User.username == username)).first()
    held = _assignment(session, judged, method, user.id) if user else None
    if held is None or user is None:
        raise NotFound
    if held.handed_in_at is not None:
        raise NotReady([Reason("%(name)s has handed in already; send it back first", {"name": user.name})])
    return held, user.name


def discard(session: Session, held: Assignment) -> None:
    """Take an assignment that was not handed in out of the world, with what was typed for it."""
    session.execute(delete(Score).where(Score.assignment_id == held.id))
    session.delete(held)
    session.flush()
