"""Accounts beside those of `campaign`, for relations that one account a unit does not have."""

from sqlalchemy import select

from tests.workflow.applications.campaign import UNITS
from workflow.installation import write_tx
from workflow.models import Appointment, Post, Unit, User

# account, post: both of the unit that applies
ACCOUNTS = (("unit1b", "applicant"), ("own_expert", "expert"))


def enter() -> None:
    """Enter a second account of the unit that applies, and an expert who works there."""
    with write_tx() as session:
        password = session.scalars(select(User.password_hash).where(User.username == "unit1")).one()
        unit_id = session.scalars(select(Unit.id).where(Unit.name == UNITS["unit1"])).one()
        for account, code in ACCOUNTS:
            user = User(username=account, name=f"{account}", password_hash=password, active=True)
            post = Post(code=code, unit_id=unit_id, title=f"{UNITS['unit1']}{code}")
            session.add_all([user, post])
            session.flush()
            session.add(Appointment(post_id=post.id, user_id=user.id))
