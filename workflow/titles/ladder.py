"""Act on a title whose holder falls short (提醒、警告、停牌整改、撤销), and note when it was put right.

The rungs are data, see ladder.toml.
"""

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from states.errors import NotReady
from states.reasons import Label, Reason

from .. import notices, scans
from ..applications.facts import APPLICANT, people_in
from ..campaigns.clerk import clerk
from ..clock import stamp, today
from ..contents import APPLICATION
from ..errors import NotFound
from ..in_force import in_force
from ..installation import read_tx, write_tx
from ..models import Document, Title, TitleEvent
from ..office.fields import Fields
from ..working_time import calendar
from . import events
from .events import LIVING, Happening

LONGEST_REASON = 500
RESTS_ON = ("reason", "evidence", "document")
TO_PUT_RIGHT = ("remind", "warn", "suspend")


@dataclass(frozen=True)
class Rung:
    """A rung of the ladder: see ladder.toml for its fields."""

    code: str
    label: Label
    days: int
    effect: tuple[str, ...]
    rests_on: str
    decides: Label


@cache
def rungs() -> Mapping[str, Rung]:
    """Return the ladder, the mildest rung first; raises ValueError where the file says what there is not."""
    text = (Path(__file__).parent / "ladder.toml").read_text(encoding="utf-8")
    found = [
        Rung(
            one["code"],
            Label(one["label"]),
            one["days"],
            tuple(one["effect"]),
            one["rests_on"],
            Label(one["decides"]),
        )
        for one in tomllib.loads(text)["rung"]
    ]
    for one in found:
        if not set(one.effect) <= {*TO_PUT_RIGHT, "revoke"} or one.rests_on not in RESTS_ON:
            raise ValueError(f"ladder.toml: {one.code} has an effect or a basis that there is not")
    return {one.code: one for one in found}


def open_to(title: Title) -> list[Rung]:
    """Return the rungs that a title can be put on as it stands."""
    return [
        rung
        for rung in rungs().values()
        if all(title.state in events.BEFALLS[effect] for effect in rung.effect)
    ]


def proposed_day(session: Session, rung: Rung) -> date | None:
    """Return by which day a rung usually wants things put right, reckoned in working days from today."""
    working, day, left = calendar(session), today(), rung.days
    if not left:
        return None
    while left > 0:
        day += timedelta(days=1)
        left -= working.is_working_day(day)
    return day


def take(actor_id: int, title_id: int, code: str, given: Mapping[str, Any], evidence: bytes = b"") -> None:
    """Put a title on a rung: `reason`, `due_on` where something is to be put right, `number` of a document.

    Raises NotAllowed, NotFound, ContentError, NotReady.
    """
    rung = rungs().get(code)
    if rung is None:
        raise NotFound
    kept = _keep(actor_id, evidence, wanted=rung.rests_on == "evidence")
    with write_tx() as session:
        person = clerk(session, actor_id)
        title = find(session, title_id, lock=True)
        fields = Fields(given)
        reason = fields.line("reason", LONGEST_REASON)
        due_on = fields.day("due_on") if rung.days else None
        if due_on and due_on <= today():
            fields.refuse("due_on", "This day must lie in the future.")
        document = None
        if rung.rests_on == "document":
            document = _document(session, fields)
        fields.check()
        for place, effect in enumerate(rung.effect):
            first = place == 0  # what is to be put right is put right once
            what = Happening(
                effect, today(), reason, document, due_on if first else None, evidence_sha256=kept
            )
            events.append(session, [title.id], what, person)
        told: dict[str, str | Label] = {"act": rung.label, "reason": reason}
        _tell(session, title, Reason("Your title: %(act)s. %(reason)s", told))


def put_right(
    actor_id: int, title_id: int, event_id: int, given: Mapping[str, Any], evidence: bytes = b""
) -> None:
    """Note that what an event wanted put right is (`righted`: how); a title that was suspended is restored.

    Raises NotAllowed, NotFound, NotReady where nothing is to be put right, ContentError.
    """
    kept = _keep(actor_id, evidence, wanted=False)
    with write_tx() as session:
        person = clerk(session, actor_id)
        title = find(session, title_id, lock=True)
        event = session.get(TitleEvent, event_id)
        if event is None or event.title_id != title_id:
            raise NotFound
        waiting = open_events(session, title_id) if title.state in LIVING else []
        if event.id not in {one.id for one in waiting}:
            raise NotReady([Reason("Nothing is to be put right here any more")])
        fields = Fields(given)
        righted = fields.line("righted", LONGEST_REASON)
        fields.check()
        event.done_on, event.righted, event.righted_sha256 = today(), righted, kept
        session.flush()
        if title.state == "suspended" and not _suspensions(session, title_id):
            events.append(session, [title_id], Happening("restore", today(), righted), person)
        _tell(session, title, Reason("Your title: what was to be put right is. %(how)s", {"how": righted}))


def open_events(session: Session, title_id: int) -> list[Any]:
    """Return what of a title's events is still to be put right, in their order."""
    found = events.effective(events.of_titles(session, [title_id])[title_id])
    return [one for one in found if one.kind in TO_PUT_RIGHT and one.done_on is None]


def close_suspensions(session: Session, titles: Collection[int], on: date, righted: str) -> None:
    """Note that suspensions were put right because the titles were restored by a decision."""
    for title_id in titles:
        for event in _suspensions(session, title_id):
            row = session.get_one(TitleEvent, event.id)
            row.done_on, row.righted = on, righted
    session.flush()


def find(session: Session, title_id: int, *, lock: bool = False) -> Title:
    """Return a title, locked where something is to befall it; raises NotFound."""
    statement = select(Title).where(Title.id == title_id)
    found = session.scalars(statement.with_for_update() if lock else statement).first()
    if found is None:
        raise NotFound
    return found


def _suspensions(session: Session, title_id: int) -> list[Any]:
    return [one for one in open_events(session, title_id) if one.kind == "suspend"]


def _keep(actor_id: int, evidence: bytes, *, wanted: bool) -> str | None:
    """Store a file that was sent in with an act and return its hash; raises NotAllowed, NotReady."""
    with read_tx() as session:
        clerk(session, actor_id)
    if not evidence:
        if wanted:
            raise NotReady([Reason("Send in the file that proves it")])
        return None
    if wrong := scans.why_not(evidence, scans.READABLE):
        raise NotReady(wrong)
    return scans.keep(evidence)


def _document(session: Session, fields: Fields) -> int | None:
    """Return the document that a number names: issued, and in force today."""
    number = fields.line("number", 100)
    if not number:
        return None
    named = select(Document.id).where(Document.number == number, Document.kind != APPLICATION)
    found = session.scalars(named.where(in_force(today()))).first()
    if found is None:
        fields.refuse("number", "No document that is in force has the number %(number)s.", number=number)
    return found


def _tell(session: Session, title: Title, said: Reason) -> None:
    """Tell the holder's people, where an application led to the title: that is what they can open."""
    if title.application_id is None:
        return
    for person in people_in(session, APPLICANT, title.unit_id):
        notices.tell(session, person, title.application_id, stamp(), said.message, said.params)
