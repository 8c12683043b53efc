"""Say who may sign which 文种 for an agency."""

from collections.abc import Mapping, Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from docgen.errors import ContentError, Problem
from docgen.sheet import TYPES
from states.reasons import Label
from states.who import LEADERS

from ..installation import write_tx
from ..models import SigningRight
from .administrator import administrator
from .log import note
from .post_codes import known
from .series import find_agency_of_code

ALL_OTHERS = ""  # the 文种 that are not named
NEVER = ("drafter", "registrar", "archivist")  # posts whose part in a document is another

Rights = Mapping[str, Sequence[str]]  # posts by 文种, in their order


def set_signing_rights(actor_id: int, agency: str, rights: Rights) -> None:
    """Let the holders of posts sign an agency's documents, by 文种; a type without posts is left out.

    Where nothing is said of a type nor of all others, the head of the office signs, else the deputy.
    Raises NotAllowed, NotFound, ContentError.
    """
    with write_tx() as session:
        administrator(session, actor_id)
        owner = find_agency_of_code(session, agency)
        wanted = {type_: list(dict.fromkeys(posts)) for type_, posts in rights.items() if posts}
        if problems := _problems(wanted):
            raise ContentError(problems)
        before = rights_of(session, owner.id)
        if wanted == before:
            return
        session.execute(delete(SigningRight).where(SigningRight.agency_id == owner.id))
        session.add_all(
            SigningRight(agency_id=owner.id, type=type_, post=post, position=position)
            for type_, posts in wanted.items()
            for position, post in enumerate(posts)
        )
        note(session, actor_id, "signing_rights_changed", owner.code, {"before": before, "after": wanted})


def rights_of(session: Session, agency_id: int) -> dict[str, list[str]]:
    """Return the posts that may sign by 文种; '' stands for all types that are not named."""
    rows = session.scalars(
        select(SigningRight).where(SigningRight.agency_id == agency_id).order_by(SigningRight.position)
    )
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row.type, []).append(row.post)
    order = (ALL_OTHERS, *TYPES)
    return {type_: found[type_] for type_ in sorted(found, key=order.index)}


def signing_posts() -> dict[str, Label]:
    """Return the codes of the posts that may be let sign, the leaders' first, with what they are called."""
    office = {code: post.label for code, post in known().items() if post.where == "office"}
    order = (*LEADERS, *(code for code in office if code not in (*LEADERS, *NEVER)))
    return {code: office[code] for code in order}


def _problems(wanted: Rights) -> list[Problem]:
    found = [
        Problem("type", "%(value)s is not one of the 15 types of document.", {"value": type_[:40]})
        for type_ in wanted
        if type_ not in (ALL_OTHERS, *TYPES)
    ]
    codes = dict.fromkeys(post for posts in wanted.values() for post in posts)
    found += [
        Problem("posts", "The post %(post)s cannot be let sign.", {"post": post[:40]})
        for post in codes
        if post not in signing_posts()
    ]
    return found
