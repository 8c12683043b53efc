"""Take in a file that is to go with a document, once it is known for what it is."""

from collections.abc import Container

from sqlalchemy.dialects import postgresql, sqlite

from docgen.files import EXTENSIONS, examine
from docgen.naming import clean_name, told_apart
from docgen.picture import clean_picture
from docgen.sheet import FileRef

from . import archive
from .applications.facts import APPLICANT
from .clock import stamp
from .errors import NotAllowed, Reason
from .installation import read_tx, write_tx
from .models import Upload, table
from .work import load_person

_uploads = table(Upload)


def keep(
    actor_id: int,
    name: str,
    data: bytes,
    *,
    where: str = "file",
    as_picture: bool = False,
    others: Container[str] = (),
) -> FileRef:
    """Keep a file that somebody of the office, or of a unit that applies, sends in.

    Return how a content refers to it.

    Its kind is told by its bytes, and its name ends accordingly, unlike those of the `others` there are.
    `as_picture` keeps the picture for a text, without what stands beside it in the file. `where` is the
    field that problems are told at. Raises NotAllowed, NotFound, ContentError with every reason.
    """
    with read_tx() as session:
        person = load_person(session, actor_id)
        if person.home is None and not person.holds(APPLICANT):
            raise NotAllowed([Reason("Only people of the office send files in")])
    plain = clean_name(name, where)
    if as_picture:
        data = clean_picture(data, plain, where)
    kind = examine(data, plain, where)
    sha256 = archive.lay_down(data)
    file = FileRef(sha256, told_apart(plain, kind, others), len(data))
    row = {"sha256": sha256, "user_id": actor_id, "name": file.name, "kind": kind, "at": stamp()}
    with write_tx() as session:
        archive.put(session, data)
        dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
        session.connection().execute(dialect.insert(_uploads).values(row).on_conflict_do_nothing())
    return file


def kind_of(name: str) -> str:
    """Return the kind that a kept file's name ends with."""
    extension = name.rpartition(".")[2].lower()
    return next(kind for kind, endings in EXTENSIONS.items() if extension in endings)
