"""Conclude a verification (核查): answer every objection and keep or strike off the candidate, in one act.

This is the one door: the steps uphold and strike_off are refused while an objection is open, or where they
contradict what the objections came to, so the answers stand in the transaction that takes the step.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from states.errors import NotReady
from states.reasons import Label, Reason

from ..applications.stepping import step
from ..campaigns.clerk import clerk, may_run, refuse_strangers
from ..campaigns.finding import find
from ..clock import stamp
from ..directory import Person
from ..errors import NotFound
from ..installation import here, write_tx
from ..models import Application, Campaign, Document, Objection, Unit
from ..office.fields import Fields
from ..office.log import note

STAGE = "verification"
UNFOUNDED, UPHELD = "unfounded", "upheld"
OUTCOMES = (UNFOUNDED, UPHELD)
LONGEST = 2000


@dataclass(frozen=True)
class Entered:
    """An objection as the office sees it; name and contact are for the clerk alone."""

    row: Objection
    application: str
    unit: str
    state: str
    stage: Label
    name: str
    contact: str


def objections(session: Session, person: Person, campaign: Campaign) -> list[Entered]:
    """Return a campaign's objections, those that are open first; raises NotAllowed to outsiders."""
    refuse_strangers(person)
    rows = session.execute(
        select(Objection, Document.public_id, Document.state, Document.procedure_hash, Unit.name)
        .join(Document, Document.id == Objection.document_id)
        .join(Application, Application.document_id == Document.id)
        .join(Unit, Unit.id == Application.unit_id)
        .where(Application.campaign_id == campaign.id)
        .order_by(Objection.outcome.is_not(None), Objection.id)
    )
    known = may_run(person)
    return [
        Entered(
            one,
            public_id,
            unit,
            state,
            here().versions[version].stages[state].label,
            one.name if known else "",
            one.contact if known else "",
        )
        for one, public_id, state, version, unit in rows
    ]


def conclude(actor_id: int, campaign_id: str, public_id: str, given: Mapping[str, Any]) -> None:
    """Conclude the verification of a candidate.

    `comment`: what the unit reads of it. `answers`: by the receipt of each open objection its `finding`,
    `answer` and `outcome`; one that is upheld strikes the candidate off. Where nobody objected, `outcome`
    says it.
    Raises NotAllowed, NotFound, NotReady, ContentError.
    """
    with write_tx() as session:
        person = clerk(session, actor_id)
        campaign = find(session, campaign_id, lock=True)
        document = _at_verification(session, campaign, public_id)
        open_ = session.scalars(
            select(Objection)
            .where(Objection.document_id == document.id, Objection.outcome.is_(None))
            .order_by(Objection.id)
        ).all()
        fields = Fields(given)
        comment = fields.text("comment", LONGEST)
        outcomes = _answer(fields, open_, actor_id)
        fields.check()
        action = "strike_off" if UPHELD in outcomes else "uphold"
        step(session, person, public_id, None, action, {"comment": comment})
        details = {"campaign": campaign_id, "application": public_id, "act": action}
        note(session, actor_id, "verification_concluded", campaign.title, details)


def _at_verification(session: Session, campaign: Campaign, public_id: str) -> Document:
    found = session.scalars(
        select(Document)
        .join(Application, Application.document_id == Document.id)
        .where(Document.public_id == public_id, Application.campaign_id == campaign.id)
        .with_for_update(of=Document)
    ).first()
    if found is None:
        raise NotFound
    if found.state != STAGE:
        raise NotReady([Reason("This candidate is not being verified")])
    return found


def _answer(fields: Fields, open_: Sequence[Objection], actor_id: int) -> set[str]:
    """Write down what each objection came to; return the outcomes."""
    if not open_:
        return {_outcome(fields, fields.given, "outcome")}
    answers = fields.given.get("answers") or {}
    at, outcomes = stamp(), set()
    for one in open_:
        of_one = Fields(answers.get(one.receipt) or {})
        finding, answer = of_one.text("finding", LONGEST), of_one.text("answer", LONGEST)
        outcome = _outcome(of_one, of_one.given, "outcome")
        if of_one.problems:
            for problem in of_one.problems:
                fields.refuse(f"{one.receipt}.{problem.where}", problem.message, **problem.params)
            continue
        one.finding, one.answer, one.outcome = finding, answer, outcome
        one.answered_by, one.answered_at = actor_id, at
        outcomes.add(outcome)
    return outcomes


def _outcome(fields: Fields, given: Mapping[str, Any], where: str) -> str:
    outcome = str(given.get(where) or "")
    if outcome not in OUTCOMES:
        fields.refuse(where, "Say what the verification came to.")
    return outcome
