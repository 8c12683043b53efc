"""Add and mend posts: what they are called, in which unit they stand, who stands in when one is vacant."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from states.errors import NotReady
from states.reasons import Reason

from ..directory import find_person
from ..errors import NotFound
from ..installation import write_tx
from ..models import Appointment, Post, Unit, User
from . import following, post_codes
from .accounts import called, find_user
from .administrator import administrator
from .log import note
from .written import read_name

PLACES = {
    "office": Reason("A post of this kind stands in a unit of the office"),
    "outside": Reason("A post of this kind stands in a unit outside the office"),
    "system": Reason("A post of this kind stands in no unit"),
}


def add_post(actor_id: int, code: str, unit_id: int | None, title: str) -> int:
    """Add a post of a known code to a unit; the administrator's and the auditor's stand in none."""
    with write_tx() as session:
        administrator(session, actor_id)
        wrong: list[Reason] = []
        title = read_name(title, wrong)
        kind = post_codes.known().get(code)
        if kind is None:
            wrong.append(Reason("There is no post of the kind %(code)s", {"code": code}))
        elif kind.where != _where(session, unit_id):
            wrong.append(PLACES[kind.where])
        if wrong:
            raise NotReady(wrong)
        post = Post(code=code, unit_id=unit_id, title=title)
        session.add(post)
        session.flush()
        note(session, actor_id, "post_added", title, {"code": code})
        return post.id


def _where(session: Session, unit_id: int | None) -> str:
    if unit_id is None:
        return "system"
    unit = session.get(Unit, unit_id)
    if unit is None:
        raise NotFound
    return "office" if unit.internal else "outside"


def change_post(actor_id: int, post_id: int, title: str, stand_in: str = "") -> None:
    """Change a post's title and who stands in for it (a user name, or nobody)."""
    with write_tx() as session:
        administrator(session, actor_id)
        post = find_post(session, post_id)
        wrong: list[Reason] = []
        title = read_name(title, wrong)
        user = find_user(session, stand_in) if stand_in else None
        if user is not None:
            wrong += not_of_the_office(session, user)
            if post_codes.known()[post.code].where != "office":
                wrong.append(Reason("Only a post of the office has a stand-in"))
        if wrong:
            raise NotReady(wrong)
        note(
            session, actor_id, "post_changed", post.title, {"title": title, "stand_in": user and called(user)}
        )
        before, post.title, post.stand_in_id = post.stand_in_id, title, user.id if user else None
        session.flush()
        for stand_in_id in dict.fromkeys((before, post.stand_in_id)):
            if stand_in_id is not None:
                following.follow(session, stand_in_id, post.code)


def remove_post(actor_id: int, post_id: int) -> None:
    """Take away a post that nobody holds."""
    with write_tx() as session:
        administrator(session, actor_id)
        post = find_post(session, post_id)
        if session.scalars(select(Appointment.id).where(Appointment.post_id == post.id)).first() is not None:
            raise NotReady([Reason("Somebody holds the post %(post)s", {"post": post.title})])
        session.delete(post)
        session.flush()
        note(session, actor_id, "post_removed", post.title, {"code": post.code})
        if post.stand_in_id is not None:
            following.follow(session, post.stand_in_id, post.code)


def find_post(session: Session, post_id: int) -> Post:
    post = session.get(Post, post_id)
    if post is None:
        raise NotFound
    return post


def not_of_the_office(session: Session, user: User) -> list[Reason]:
    """Return why somebody cannot be given a duty of the office, or nothing."""
    person = find_person(session, user.id)
    if person is not None and person.active and person.in_office:
        return []
    return [Reason("There is nobody called %(name)s in the office", {"name": user.name})]
