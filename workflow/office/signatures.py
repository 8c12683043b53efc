"""Keep a picture of a person's signature; it is shown to the administrator and on the approval sheet."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from docgen.signature import clean_signature
from states.errors import NotReady
from states.reasons import Label, Reason

from .. import archive
from ..directory import Person
from ..errors import ContentError, NotFound
from ..installation import read_tx, write_tx
from ..models import User
from .accounts import called, find_user
from .administrator import administrator, refuse_others
from .log import note

_THE_PICTURE = Label(zh="图片", en="The picture")


def set_signature(actor_id: int, username: str, data: bytes) -> None:
    """Take a picture in the place of the one that there was; raises NotReady with every reason."""
    with read_tx() as session:
        administrator(session, actor_id)
    try:
        picture = clean_signature(data, str(_THE_PICTURE))
    except ContentError as error:
        reasons = [Reason(each.message, {**each.params, "name": _THE_PICTURE}) for each in error.problems]
        raise NotReady(reasons) from error
    archive.lay_down(picture)
    with write_tx() as session:
        administrator(session, actor_id)
        user = find_user(session, username)
        user.signature_sha256 = archive.put(session, picture)
        note(session, actor_id, "signature_set", called(user), {"sha256": user.signature_sha256})


def remove_signature(actor_id: int, username: str) -> None:
    """Use a person's picture no more."""
    with write_tx() as session:
        administrator(session, actor_id)
        user = find_user(session, username)
        user.signature_sha256 = None
        note(session, actor_id, "signature_removed", called(user))


def signature(session: Session, reader: Person, username: str) -> bytes:
    """Return a person's picture for the administrator, as PNG; raises NotAllowed, NotFound."""
    refuse_others(reader)
    sha256 = session.scalars(select(User.signature_sha256).where(User.username == username)).first()
    if sha256 is None:
        raise NotFound
    return archive.read(sha256)
