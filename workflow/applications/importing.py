"""Take applications in that were filed in another system: a dry run, then each as a draft of its unit."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from states.errors import NotReady
from states.reasons import Reason

from ..campaigns.clerk import may_run
from ..campaigns.finding import find
from ..contents import APPLICATION
from ..directory import Person
from ..engine import draft_in
from ..errors import NotFound
from ..installation import read_tx, write_tx
from ..models import Campaign
from ..office.log import note
from ..spreadsheets import read_workbook
from ..work import load_person
from .facts import APPLICANT
from .import_form import template as blank
from .import_plan import Entry, Plan, indicators, plan
from .settling import home

LONGEST_SOURCE = 80


@dataclass(frozen=True)
class Done:
    """What was taken in, and the rows that were left out meanwhile, each with why."""

    begun: int
    left_out: tuple[tuple[Entry, tuple[Reason, ...]], ...]


def template(session: Session, person: Person, campaign: str) -> bytes:
    """Return the campaign's workbook to be filled in. Raises NotAllowed, NotFound."""
    return blank(indicators(session, _campaign(session, person, campaign)))


def check(actor_id: int, campaign: str, content: bytes) -> Plan:
    """Return what a workbook would do. Raises NotAllowed, NotFound, NotReady when it is none."""
    workbook = read_workbook(content)
    with read_tx() as session:
        person = load_person(session, actor_id)
        return plan(session, _campaign(session, person, campaign), workbook, _own(person))


def take_in(actor_id: int, campaign: str, content: bytes, seen: str, source: str) -> Done:
    """Begin what somebody saw that a workbook would (`seen`: the plan's digest), each by itself.

    source: what the workbook is called. Raises NotAllowed, NotFound, NotReady where it has findings, or
    would do something else by now.
    """
    planned = check(actor_id, campaign, content)
    if planned.findings:
        raise NotReady([one.reason for one in planned.findings])
    if planned.digest != seen:
        raise NotReady([Reason("Something has changed since the workbook was checked; look again")])
    left_out, begun = [], []
    for entry in planned.entries:
        try:
            begun.append(_begin(actor_id, entry, source))
        except NotReady as refusal:
            left_out.append((entry, tuple(refusal.reasons)))
    with write_tx() as session:
        details = {"campaign": campaign, "documents": begun}
        note(session, actor_id, "applications_imported", source[:LONGEST_SOURCE], details)
    return Done(len(begun), tuple(left_out))


def _begin(actor_id: int, entry: Entry, source: str) -> str:
    came_from = f"{source[:LONGEST_SOURCE]} #{entry.row}"
    with write_tx() as session:
        actor, person = load_person(session, actor_id), load_person(session, entry.as_whom)
        if home(person).unit_id in (_own(actor) or ()):
            person = actor
        work = draft_in(session, person, APPLICATION, entry.content, hand=actor, came_from=came_from)
        return str(work.document["public_id"])


def _campaign(session: Session, person: Person, public_id: str) -> Campaign:
    """Return an announced campaign for somebody who may take applications to it in."""
    if not may_run(person):
        home(person)  # NotAllowed to everyone but units
    campaign = find(session, public_id)
    if campaign.announced_at is None:
        raise NotFound
    return campaign


def _own(person: Person) -> frozenset[int] | None:
    """Return the units whose rows somebody may take in, None for all."""
    if may_run(person):
        return None
    return frozenset(post.unit_id for post in person.posts if post.code == APPLICANT and post.unit_id)
