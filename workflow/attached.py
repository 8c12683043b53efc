"""Hand out the files that go with a document's text to who may see it."""

from sqlalchemy.orm import Session

from docgen.active import is_active_pdf
from docgen.picture import thumbnail
from docgen.sheet import Content, FileRef

from . import archive
from .describe import find
from .directory import Person
from .downloads import FORMATS, Download
from .errors import NotFound
from .referred import Attached, files_of, known_files
from .spreadsheets import Grid, read_grids
from .uploads import kind_of
from .work import load_content

MIMETYPES = {
    **FORMATS,
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "png": "image/png",
    "jpeg": "image/jpeg",
}
PICTURES = ("png", "jpeg")


def fetch_thumbnail(
    session: Session, person: Person, file: FileRef, *, document: str = "", base: str = ""
) -> Download:
    """Return a small copy of a picture that a person may refer to, in the text of a document that they see.

    Raises NotFound.
    """
    known = known_files(session, person, {file}, find(session, person, document) if document else None, base)
    if not any(file in files for files in known) or kind_of(file.name) not in PICTURES:
        raise NotFound
    small = thumbnail(archive.read(file.sha256))
    return Download(small, file.sha256, file.name, MIMETYPES["jpeg"], inline=True)


def fetch(
    session: Session, person: Person, public_id: str, group: str, number: int, revision: int | None = None
) -> Download:
    """Return a file of a document's present or another revision; raises NotFound."""
    one = locate(session, person, public_id, group, number, revision)
    data = archive.read(one.file.sha256)
    inline = one.kind in PICTURES or (one.kind == "pdf" and not is_active_pdf(data))
    return Download(data, one.file.sha256, one.file.name, MIMETYPES[one.kind], inline)


def locate(
    session: Session, person: Person, public_id: str, group: str, number: int, revision: int | None = None
) -> Attached:
    """Return a file of a document by its place; raises NotFound, also when the person may not see it."""
    document = find(session, person, public_id)
    n = document["revision"] if revision is None else revision
    if not 1 <= n <= document["revision"]:
        raise NotFound
    return place_in(load_content(session, document["id"], n), group, number)


def place_in(content: Content, group: str, number: int) -> Attached:
    """Return a content's file by its place; raises NotFound."""
    for one in files_of(content):
        if (one.group, one.number) == (group, number):
            return one
    raise NotFound


def grids(one: Attached) -> list[Grid]:
    """Return what a workbook holds, to be looked at; raises NotReady when it cannot be read."""
    return read_grids(archive.read(one.file.sha256))
