"""Carry reminders out of the office, once each, in working hours, without titles unless switched on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from states.reasons import Label, Reason

from .. import jobs
from ..clock import now, read
from ..installation import here, read_tx
from ..models import Document, Task, Urging, User
from ..working_time import calendar
from . import mail, webhook
from .telling import EMAIL, WEBHOOK, moment

Say = Callable[[Reason], str]

SUBJECT = Reason("Reminder from Hongtou")


@dataclass(frozen=True)
class Message:
    """What leaves the office about one reminder."""

    key: str
    address: str
    said: tuple[Reason, ...]
    data: Mapping[str, Any]


def handlers(say: Say) -> dict[str, jobs.Handler]:
    """Return what sends, by kind of job; `say` puts a reason into the office's language."""

    def by_mail(key: str, payload: Mapping[str, str]) -> None:
        if (message := _ready(key, payload)) is not None and message.address:
            text = "\n".join(map(say, message.said))
            mail.send(here().channels.smtp_url, mail.Letter(message.address, say(SUBJECT), text, key))

    def by_webhook(key: str, payload: Mapping[str, str]) -> None:
        if (message := _ready(key, payload)) is not None:
            text = "\n".join(map(say, message.said))
            channels = here().channels
            webhook.post(channels.webhook_url, channels.webhook_secret, key, {**message.data, "text": text})

    return {EMAIL: by_mail, WEBHOOK: by_webhook}


def _ready(key: str, payload: Mapping[str, str]) -> Message | None:
    """Return what is to be sent, or None when its task is done; raises NotNow outside working hours."""
    with read_tx() as session:
        working, at = calendar(session), now()
        if not working.is_open(at):
            raise jobs.NotNow(working.next_open(at))
        return _message(session, key, int(payload["urging"]))


def _message(session: Session, key: str, urging_id: int) -> Message | None:
    row = session.execute(
        select(Urging, Task.stage, Task.due_at, Task.user_id, Document, User)
        .join(Task, Task.id == Urging.task_id)
        .join(Document, Document.id == Urging.document_id)
        .join(User, User.id == Urging.to_id)
        .where(Urging.id == urging_id, Task.closed_at.is_(None))
    ).first()
    if row is None:
        return None
    document, title = row.Document, row.Document.title if here().channels.titles else ""
    stage = here().versions[document.procedure_hash].stages[row.stage].label
    said = [_first_line(row.user_id == row.User.id, title, stage)]
    if row.due_at:
        said.append(Reason("It was or is due at %(due)s.", {"due": moment(row.due_at)}))
    data = {
        "event": "urged" if row.Urging.by_id else "overdue",
        "id": key,
        "at": read(row.Urging.at).isoformat(),
        "to": row.User.username,
        "document": document.public_id,
        "stage": row.stage,
        "urgency": document.urgency,
        "due_at": read(row.due_at).isoformat() if row.due_at else None,
        **({"title": title} if title else {}),
    }
    return Message(key, row.User.email if row.User.email_on else "", tuple(said), data)


def _first_line(is_holder: bool, title: str, stage: Label) -> Reason:
    named: dict[str, str | Label] = {"stage": stage, "title": title}
    if is_holder and title:
        return Reason("%(title)s waits for you at the stage %(stage)s: please see to it in Hongtou.", named)
    if is_holder:
        return Reason("A document waits for you at the stage %(stage)s: please see to it in Hongtou.", named)
    if title:
        return Reason("%(title)s is overdue with a leader at the stage %(stage)s: decide in Hongtou.", named)
    return Reason("A document is overdue with a leader at the stage %(stage)s: decide in Hongtou.", named)
