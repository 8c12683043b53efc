"""Look up who may judge: the people of the office's experts, and how much each has."""

from collections import Counter
from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from states.errors import NotReady
from states.reasons import Reason

from ..campaigns.clerk import may_run
from ..directory import Person, find_by_usernames
from ..models import Appointment, Assignment, Post, User

EXPERT = "expert"


def experts(session: Session) -> list[Person]:
    """Return the experts whose accounts are in use, by user name; whoever runs campaigns judges in none."""
    names = (
        select(User.username)
        .join(Appointment, Appointment.user_id == User.id)
        .join(Post, Post.id == Appointment.post_id)
        .where(Post.code == EXPERT, User.active)
        .distinct()
    )
    found = find_by_usernames(session, session.scalars(names))
    return [found[name] for name in sorted(found) if not may_run(found[name])]


def find_expert(session: Session, username: str) -> Person:
    """Return an expert whose account is in use; raises NotReady."""
    person = find_by_usernames(session, [username]).get(username)
    if person is None or not person.active or not person.holds(EXPERT):
        raise NotReady([Reason("There is no expert called %(name)s", {"name": username})])
    if may_run(person):
        raise NotReady([Reason("%(name)s runs the campaigns and judges in none", {"name": person.name})])
    return person


def chosen(session: Session, usernames: Sequence[str]) -> list[Person]:
    """Return the experts of these user names; raises NotReady for each who is none."""
    known = {person.username: person for person in experts(session)}
    wrong = [name for name in usernames if name not in known]
    if wrong or not usernames:
        reasons = [Reason("There is no expert called %(name)s", {"name": name}) for name in wrong]
        raise NotReady(reasons or [Reason("Choose at least one expert")])
    return [known[name] for name in sorted(set(usernames))]


def loads(assignments: Iterable[Assignment]) -> dict[int, int]:
    """Return how many assignments each person has."""
    return dict(Counter(one.user_id for one in assignments))
