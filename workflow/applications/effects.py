"""Bring about what a step does to an application besides moving it. Its procedure names these."""

from collections.abc import Callable, Mapping
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import select, update

from states.errors import NotReady
from states.reasons import Reason

from .. import notices, scans
from ..clock import SHANGHAI, stamp, today
from ..models import Amendment, Application, Assignment, Campaign, Upload, table
from ..work import Work
from ..working_time import calendar
from .facts import facts_of
from .places import places_left

Inputs = Mapping[str, Any]

_applications, _amendments, _assignments = table(Application), table(Amendment), table(Assignment)
_END_OF_DAY = time(23, 59)


def submit_application(work: Work, inputs: Inputs) -> None:
    """Keep when the application came in; coming in again after a return is no new beginning."""
    if work.document["submitted_at"] is None:
        work.set(submitted_at=work.at)
        _set(work, submitted_at=work.at)


def take_place(work: Work, inputs: Inputs) -> None:
    """Take one of the recommending body's places, while nobody else of it can take the last one."""
    left = places_left(work.session, facts_of(work.session, work.document).row, lock=True)
    if left is not None and left < 1:
        raise NotReady([Reason("All places that this body may recommend for are taken")])


def ask_amendment(work: Work, inputs: Inputs) -> None:
    """Keep what is to be put right (补正) and until the end of which day."""
    days = work.session.scalars(
        select(Campaign.correction_days)
        .join(Application, Application.campaign_id == Campaign.id)
        .where(Application.document_id == work.id)
    ).one()
    row = {
        "document_id": work.id,
        "seq": work.document["movements"] + 1,
        "wanted": inputs["comment"],
        "due_at": _end_of_working_day(work, days),
        "by_id": work.person.id,
        "at": work.at,
    }
    work.session.connection().execute(_amendments.insert().values(row))
    work.details["due_at"] = row["due_at"]
    _tell_the_unit(work, Reason("A correction is asked for: %(wanted)s", {"wanted": inputs["comment"]}))


def _end_of_working_day(work: Work, days: int) -> str:
    """Return the end of the working day that comes so many after today."""
    working, day, left = calendar(work.session), today(), days
    while left > 0:
        day += timedelta(days=1)
        left -= working.is_working_day(day)
    return stamp(datetime.combine(day, _END_OF_DAY, SHANGHAI))


def answer_amendment(work: Work, inputs: Inputs) -> None:
    """Keep when what was asked for came back."""
    open_ = (_amendments.c.document_id == work.id, _amendments.c.answered_at.is_(None))
    work.session.connection().execute(update(_amendments).where(*open_).values(answered_at=work.at))


def keep_ground(work: Work, inputs: Inputs) -> None:
    """Keep on what ground the application fails, and the file that proves it."""
    evidence = inputs["evidence"]
    if evidence:
        sent = select(Upload.kind).where(Upload.sha256 == evidence, Upload.user_id == work.person.id)
        kind = work.session.scalars(sent).first()
        if kind is None:
            raise NotReady([Reason("The proof is not a file that you sent in")])
        if kind not in scans.READABLE:
            kinds = ", ".join(scans.READABLE).upper()
            raise NotReady([Reason("The file is none of these: %(kinds)s", {"kinds": kinds})])
    _set(work, negative=inputs["item"], negative_sha256=evidence)


def end_application(work: Work, inputs: Inputs) -> None:
    """Let an application that came to nothing stand in nobody's way; its unit is told unless it did so."""
    _set(work, live=False)
    _tell_the_unit(work, Reason("The application came to an end: %(reason)s", {"reason": inputs["comment"]}))


def list_candidate(work: Work, inputs: Inputs) -> None:
    """Keep that the meeting put it on the list, unless it is written down already what the meeting said."""
    _decide(work, "candidate", "keep", inputs["comment"])


def turn_down(work: Work, inputs: Inputs) -> None:
    """Keep that the meeting declined, and why."""
    _decide(work, "declined", "terminate", inputs["comment"])


def _decide(work: Work, decision: str, at_recheck: str, reason: str) -> None:
    row = work.session.execute(
        select(Application.decision, Campaign.kind)
        .join(Campaign, Campaign.id == Application.campaign_id)
        .where(Application.document_id == work.id)
    ).one()
    if row.decision is None:
        chosen = at_recheck if row.kind == "recheck" else decision
        _set(work, decision=chosen, decision_reason=reason)


def hand_in(work: Work, inputs: Inputs) -> None:
    """Close the sheet of the assessor who hands it in."""
    stage = work.procedure.stages[work.document["state"]]
    methods = [call.args[0] for call in stage.holders if call.name == "assessors"]
    own = (
        _assignments.c.document_id == work.id,
        _assignments.c.user_id == work.whose,
        _assignments.c.method.in_(methods),
    )
    work.session.connection().execute(update(_assignments).where(*own).values(handed_in_at=work.at))


def _set(work: Work, **values: Any) -> None:
    of_this = _applications.c.document_id == work.id
    work.session.connection().execute(update(_applications).where(of_this).values(values))


def _tell_the_unit(work: Work, said: Reason) -> None:
    for person in facts_of(work.session, work.document).applicants:
        if person != work.person.id:
            notices.tell(work.session, person, work.id, work.at, said.message, said.params)


EFFECTS: dict[str, Callable[[Work, Inputs], None]] = {
    effect.__name__: effect
    for effect in (
        submit_application,
        take_place,
        ask_amendment,
        answer_amendment,
        keep_ground,
        end_application,
        list_candidate,
        turn_down,
        hand_in,
    )
}
