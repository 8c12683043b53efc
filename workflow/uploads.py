"""Take in a file that is to go with a document, once it is known for what it is."""

import re
import unicodedata

from sqlalchemy.dialects import postgresql, sqlite

from docgen.errors import TextError
from docgen.files import EXTENSIONS, examine
from docgen.reading import LIMITS
from docgen.sheet import FileRef
from docgen.text import clean_text

from . import archive
from .clock import stamp
from .errors import NotAllowed, Reason
from .installation import read_tx, write_tx
from .models import Upload, table
from .work import load_person

UNNAMED = "文件"

_uploads = table(Upload)
_NOT_IN_NAMES = re.compile(r'[<>:"|?*]+')


def keep(actor_id: int, name: str, data: bytes, *, where: str = "file") -> FileRef:
    """Keep a file that somebody of the office sends in; return how a content refers to it.

    Its kind is told by its bytes, and its name ends accordingly. `where` is the field that problems are
    told at. Raises NotAllowed, NotFound, ContentError with every reason.
    """
    with read_tx() as session:
        if load_person(session, actor_id).home is None:
            raise NotAllowed([Reason("Only people of the office send files in")])
    plain = clean_name(name, where)
    kind = examine(data, plain, where)
    sha256 = archive.lay_down(data)
    file = FileRef(sha256, with_extension(plain, kind), len(data))
    row = {"sha256": sha256, "user_id": actor_id, "name": file.name, "kind": kind, "at": stamp()}
    with write_tx() as session:
        archive.put(session, data)
        dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
        session.connection().execute(dialect.insert(_uploads).values(row).on_conflict_do_nothing())
    return file


def clean_name(name: str, where: str) -> str:
    """Return a file's name without its path and without what no file system or reader takes."""
    last = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(c if unicodedata.category(c)[0] not in "CZ" else " " for c in last[:1000])
    plain = " ".join(_NOT_IN_NAMES.sub(" ", kept).split()).strip(". ")
    try:
        return clean_text(plain, where=where, limit=len(plain) + 1) or UNNAMED
    except TextError:  # marks heaped on one letter
        return UNNAMED


def with_extension(name: str, kind: str) -> str:
    """Return a name that ends as its kind does, and is no longer than a name may be."""
    stem, dot, extension = name.rpartition(".")
    if not dot or extension.lower() not in EXTENSIONS[kind]:
        stem, extension = name, EXTENSIONS[kind][0]
    return f"{stem[: LIMITS['name'] - len(extension) - 1].rstrip('. ')}.{extension}"


def kind_of(name: str) -> str:
    """Return the kind that a kept file's name ends with."""
    extension = name.rpartition(".")[2].lower()
    return next(kind for kind, endings in EXTENSIONS.items() if extension in endings)
