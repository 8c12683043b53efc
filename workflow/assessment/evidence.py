"""Hand assessors the evidence of what they judge, by the file's place in the application."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from docgen.active import is_active_pdf
from docgen.picture import thumbnail

from .. import archive
from ..attached import MIMETYPES, PICTURES
from ..campaigns.clerk import may_look
from ..directory import Person
from ..downloads import Download
from ..errors import NotFound
from ..models import Assignment
from ..uploads import kind_of
from .finding import find_judged
from .sheets import content_of


def fetch(
    session: Session, person: Person, public_id: str, indicator: str, number: int, *, small: bool = False
) -> Download:
    """Return a file handed in for an indicator (numbers count from 0), or a small copy of a picture.

    Raises NotFound, also for whoever neither judges the application nor looks on.
    """
    judged = find_judged(session, public_id)
    theirs = select(Assignment.id).where(Assignment.document_id == judged.id, Assignment.user_id == person.id)
    if not may_look(person) and session.scalars(theirs).first() is None:
        raise NotFound
    files = [
        file
        for answer in content_of(session, judged).answers
        if answer.indicator == indicator
        for file in answer.evidence
    ]
    if number >= len(files):
        raise NotFound
    file = files[number]
    kind, data = kind_of(file.name), archive.read(file.sha256)
    if small:
        if kind not in PICTURES:
            raise NotFound
        return Download(thumbnail(data), file.sha256, file.name, MIMETYPES["jpeg"], inline=True)
    inline = kind in PICTURES or (kind == "pdf" and not is_active_pdf(data))
    return Download(data, file.sha256, file.name, MIMETYPES[kind], inline)
