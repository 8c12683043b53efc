"""Say which files a document's text refers to, and whether its author may."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from docgen.errors import ContentError, Problem
from docgen.sheet import Content, FileRef

from .contents import parse
from .directory import Person
from .models import Document, Revision, StoredFile, Upload
from .uploads import kind_of
from .visibility import visible_to
from .work import load_content

GROUPS = ("attachments", "references", "pictures")


@dataclass(frozen=True)
class Attached:
    """A file that goes with a text: its place there, counted from 1, what it is called, and what it is."""

    group: str
    number: int
    title: str
    file: FileRef

    @property
    def kind(self) -> str:
        return kind_of(self.file.name)


def files_of(content: Content) -> list[Attached]:
    """Return the files of a content, attachments first and pictures last, each group in its order."""
    attachments = [
        Attached("attachments", number, part.title, part.file)
        for number, part in enumerate(content.attachments, 1)
        if part.file
    ]
    others = [
        Attached(group, number, file.name, file)
        for group, files in (("references", content.references), ("pictures", content.pictures))
        for number, file in enumerate(files, 1)
    ]
    return [*attachments, *others]


def refuse_strangers(
    session: Session,
    person: Person,
    content: Any,
    *,
    owners: Collection[int] = (),
    document: Mapping[str, Any] | None = None,
    base: str = "",
) -> None:
    """Refuse files that a text's author has no right to: nobody gets at another's bytes by their hash.

    An author may refer to what the `owners` uploaded (by default the author), to what the
    document's texts have referred to, and to the files of a document that serves as the base, if they may
    see it. Raises ContentError.
    """
    strange = set(content.files)
    if not strange:
        return
    for known in known_files(session, person, strange, document, base, owners):
        strange.difference_update(known)
        if not strange:
            return
    raise ContentError(
        Problem(where, "%(name)s was not uploaded by you.", {"name": file.name})
        for where, file in content.placed_files()
        if file in strange
    )


def known_files(
    session: Session,
    person: Person,
    wanted: set[FileRef],
    document: Mapping[str, Any] | None,
    base: str,
    owners: Collection[int] = (),
) -> Iterator[Iterable[FileRef]]:
    """Yield the files that a person may refer to, what is most likely wanted first."""
    if document is not None:
        yield load_content(session, document["id"], document["revision"], document["kind"]).files
    rows = session.execute(
        select(Upload.sha256, Upload.name, StoredFile.size)
        .join(StoredFile, StoredFile.sha256 == Upload.sha256)
        .where(
            Upload.user_id.in_(owners or (person.id,)), Upload.sha256.in_({file.sha256 for file in wanted})
        )
    )
    yield [FileRef(row.sha256, row.name, row.size) for row in rows]
    if document is not None:
        is_of_it = (Revision.document_id == document["id"]) & Revision.content.contains('"sha256"')
        for canonical in session.scalars(select(Revision.content).where(is_of_it)):
            yield parse(document["kind"], canonical).files
    if base:
        is_base = (Document.public_id == base) & visible_to(person)
        for row in session.execute(select(Document.id, Document.revision).where(is_base)):
            yield load_content(session, row.id, row.revision).files
