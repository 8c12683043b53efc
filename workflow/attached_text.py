"""Read what stands in the files attached to an issued document, so that search finds it by that."""

from collections.abc import Iterator, Mapping

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from docgen.reader import Reader
from docgen.sheet import FileRef

from . import archive, jobs, search
from .errors import NotReady
from .installation import read_tx, write_tx
from .models import AttachedText, Document, table
from .spreadsheets import read_grids
from .uploads import kind_of
from .work import load_content

READ_ATTACHED = "attached_text"
MOST_TEXT = 500_000  # characters of all files of one document

_texts = table(AttachedText)


def read_attached(key: str, payload: Mapping[str, str]) -> None:
    """Job: read the files attached to a document (`key`), and make it findable by what stands in them."""
    with read_tx() as session:
        document = session.execute(
            select(Document.id, Document.number, Document.revision).where(Document.public_id == key)
        ).one()
        content = load_content(session, document.id, document.revision)
    files = [part.file for part in content.attachments if part.file]
    text = "\n".join(_texts_of(files))[:MOST_TEXT]
    if not text.strip():
        return
    with write_tx() as session:
        dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
        row = {"document_id": document.id, "text": text}
        insert = dialect.insert(_texts).values(row)
        session.connection().execute(insert.on_conflict_do_update(index_elements=["document_id"], set_=row))
        search.index(session, document.id, document.number, content, text)


def _texts_of(files: list[FileRef]) -> Iterator[str]:
    """Yield the text of each file; what cannot be read has none."""
    with Reader() as reader:
        for file in files:
            if kind_of(file.name) == "xlsx":
                yield _text_of_workbook(file)
            else:
                yield reader.read(archive.path_of(file.sha256), file.name).text


def _text_of_workbook(file: FileRef) -> str:
    try:
        grids = read_grids(archive.read(file.sha256))
    except NotReady:
        return ""
    return "\n".join(" ".join(filter(None, row)) for grid in grids for row in grid.rows)


HANDLERS: dict[str, jobs.Handler] = {READ_ATTACHED: read_attached}
