"""Hand out signature pictures for the 发文稿纸: of those who acted themselves, in the browser."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from . import archive, scans
from .describe import find
from .directory import Person
from .downloads import Download
from .errors import NotFound
from .models import CoSignature, EnteredOpinion, Movement, User


def places(session: Session, document: Mapping[str, Any]) -> dict[int, str]:
    """Return which movements of a document have a signature, and whose: seq to the hash of the picture.

    What somebody entered for another has none: its paper shows the real one.
    """
    entered = select(EnteredOpinion.seq).where(EnteredOpinion.document_id == document["id"])
    of_others = select(CoSignature.seq).where(CoSignature.document_id == document["id"])
    rows = session.execute(
        select(Movement.seq, User.signature_sha256)
        .join(User, User.id == Movement.actor_id)
        .where(Movement.document_id == document["id"], User.signature_sha256.is_not(None))
        .where(Movement.seq.not_in(entered), Movement.seq.not_in(of_others))
    )
    return {row.seq: row.signature_sha256 for row in rows}


def fetch(session: Session, person: Person, public_id: str, seq: int) -> Download:
    """Return the picture for a movement; raises NotFound, also when the document is not to be seen."""
    sha256 = places(session, find(session, person, public_id)).get(seq)
    if sha256 is None:
        raise NotFound
    content = archive.read(sha256)
    kind = scans.kind_of(content)
    return Download(content, sha256, f"signature.{kind}", scans.MIMETYPES[kind])
