"""Declare that somebody must not judge a unit (回避), and give what they had of it to others."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from states.errors import NotReady
from states.reasons import Reason

from .. import notices
from ..campaigns.clerk import clerk
from ..campaigns.finding import find
from ..clock import stamp
from ..directory import OFFICE_CLERK, OfficeDirectory, Person
from ..entered import clean_entry
from ..errors import NotFound
from ..installation import write_tx
from ..models import Assignment, Campaign, Recusal, Unit
from ..office.log import note
from ..work import load_person
from . import giving
from .assigning import discard
from .experts import experts, find_expert, loads
from .finding import Judged, all_judged, find_judged, refuse_frozen
from .recusing import recusals
from .spreading import Given, Place, spread


def declare(actor_id: int, campaign_id: str, username: str, unit_id: int, reason: str) -> None:
    """Let the office say that an expert must not judge a unit; raises NotFound, NotAllowed, NotReady."""
    with write_tx() as session:
        person = clerk(session, actor_id)
        campaign = find(session, campaign_id, lock=True)
        unit = session.get(Unit, unit_id)
        if unit is None or unit.internal:
            raise NotFound
        _recuse(session, person, campaign, find_expert(session, username), unit, reason)


def recuse_oneself(actor_id: int, public_id: str, reason: str) -> None:
    """Let an assessor say that they must not judge a unit; what they had of it goes to another."""
    with write_tx() as session:
        person = load_person(session, actor_id)
        judged = find_judged(session, public_id, lock=True)
        theirs = select(Assignment.id).where(
            Assignment.document_id == judged.id, Assignment.user_id == person.id
        )
        if session.scalars(theirs).first() is None:
            raise NotFound
        unit = session.get_one(Unit, judged.row.unit_id)
        _recuse(session, person, judged.campaign, person, unit, reason)


def _recuse(
    session: Session, by: Person, campaign: Campaign, assessor: Person, unit: Unit, reason: str
) -> None:
    refuse_frozen(campaign)
    reason = clean_entry(reason)
    if not reason:
        raise NotReady([Reason("Say why they are recused")])
    if (assessor.id, unit.id) in recusals(session, campaign.id).declared:
        raise NotReady([Reason("%(name)s is recused from it already", {"name": assessor.name})])
    applications = {one.id: one for one in all_judged(session, campaign, lock=True, units=[unit.id])}
    held = [one for one in giving.assignments(session, campaign) if one.user_id == assessor.id]
    held = [one for one in held if one.document_id in applications]
    if any(one.handed_in_at is not None for one in held):
        raise NotReady(
            [Reason("%(name)s has handed in already; send it back first", {"name": assessor.name})]
        )
    at = stamp()
    row = Recusal(
        campaign_id=campaign.id, user_id=assessor.id, unit_id=unit.id, by_id=by.id, at=at, reason=reason
    )
    session.add(row)
    lost = [(one.document_id, one.method) for one in held]
    for one in held:
        discard(session, one)
    session.flush()
    given = _hand_on(session, by, campaign, lost, applications, at)
    told = {"unit": unit.name, "reason": reason, "to": [one.person for one in given]}
    note(session, by.id, "assessor_recused", assessor.name, told)


def _hand_on(
    session: Session,
    by: Person,
    campaign: Campaign,
    lost: list[tuple[int, str]],
    applications: dict[int, Judged],
    at: str,
) -> list[Given]:
    """Give what was lost to those who judge in the campaign, else to other experts; tell of the rest."""
    known, barring = giving.assignments(session, campaign), recusals(session, campaign.id)
    judging = {one.user_id for one in known}
    everyone = [one.id for one in experts(session)]
    given: list[Given] = []
    for people in ([p for p in everyone if p in judging], [p for p in everyone if p not in judging]):
        filled = {(one.document, one.method) for one in given}
        places = [
            Place(
                document,
                applications[document].row.unit_id,
                method,
                1,
                frozenset(o.user_id for o in known if (o.document_id, o.method) == (document, method)),
            )
            for document, method in lost
            if (document, method) not in filled
        ]
        load = loads(known)
        given += spread(places, people, lambda who, unit: barring.why(who, unit) is None, load, at)
    giving.give(session, barring, given, by.id, at)
    at_stage = [document for document, method in lost if applications[document].is_at(method)]
    giving.follow_stage(session, at_stage)
    filled = {(one.document, one.method) for one in given}
    for document, _ in set(lost) - filled:
        for office_clerk in OfficeDirectory(session).holders(OFFICE_CLERK):
            notices.tell(
                session,
                office_clerk,
                document,
                at,
                "An assessor was recused, and nobody else could be given the application",
                {},
            )
    return given
