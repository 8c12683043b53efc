"""Let each person say whether reminders reach them by e-mail, and where."""

import re
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from ..directory import Person
from ..installation import write_tx
from ..models import User
from ..office.fields import Fields
from ..work import load_person

LONGEST = 200
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+")


def of(session: Session, person: Person) -> tuple[str, bool]:
    """Return a person's address ('' when none is given) and whether reminders go there."""
    user = session.get_one(User, person.id)
    return user.email, user.email_on


def choose(actor_id: int, given: Mapping[str, Any]) -> None:
    """Keep one's own address and choice: fields email, email_on; raises ContentError."""
    fields = Fields(given)
    email = fields.line("email", LONGEST, required=False)
    if email and not _ADDRESS.fullmatch(email):
        fields.refuse("email", "This must be an address such as wang@example.gov.cn.")
    if fields.yes("email_on") and not email:
        fields.refuse("email", "Enter the address to which reminders are to go.")
    fields.check()
    with write_tx() as session:
        user = session.get_one(User, load_person(session, actor_id).id)
        user.email, user.email_on = email, fields.yes("email_on")
