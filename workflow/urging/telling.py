"""Tell somebody of a task, once: a row of its own, a line in the inbox, a job for each way outside."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from states.reasons import Label, Reason

from .. import jobs, notices
from ..clock import read
from ..installation import here
from ..models import Urging, User, table

_urgings = table(Urging)
EMAIL, WEBHOOK = "email", "webhook"  # kinds of jobs


@dataclass(frozen=True)
class Told:
    """Who is told of which task: `rung` is of the ladder, `by_id` and `note` of an urging by hand."""

    document_id: int
    task_id: int
    to_id: int
    at: str
    by_id: int | None = None
    rung: int | None = None
    note: str = ""


def enter(session: Session, told: Told, said: Reason) -> bool:
    """Tell in the caller's transaction; return False when this rung was told before.

    It takes the place of the same message about the document that is still unread.
    """
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    row = dialect.insert(_urgings).values(**vars(told)).on_conflict_do_nothing().returning(_urgings.c.id)
    urging_id = session.connection().execute(row).scalar_one_or_none()
    if urging_id is None:
        return False
    notices.withdraw(session, told.document_id, said.message, told.to_id)
    notices.tell(session, told.to_id, told.document_id, told.at, said.message, said.params)
    _ask_outside(session, urging_id, told.to_id)
    return True


def _ask_outside(session: Session, urging_id: int, to_id: int) -> None:
    channels, payload = here().channels, {"urging": str(urging_id)}
    person = session.execute(select(User.email, User.email_on).where(User.id == to_id)).one()
    if channels.smtp_url and person.email and person.email_on:
        jobs.ask(session, EMAIL, f"urging-{urging_id}", payload)
    if channels.webhook_url:
        jobs.ask(session, WEBHOOK, f"urging-{urging_id}", payload)


def moment(stamped: str) -> Label:
    """Return an instant as people read it, in both languages."""
    local: Any = read(stamped)
    return Label(zh=f"{local.month}月{local.day}日 {local:%H:%M}", en=f"{local:%Y-%m-%d %H:%M}")
