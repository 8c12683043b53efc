"""Take in the files that a form brings, and leave in the form what refers to them."""

import json
from collections.abc import Callable
from typing import Any

from werkzeug.datastructures import FileStorage, MultiDict

from workflow import uploads
from workflow.errors import ContentError

from ..language import say

Problems = dict[str, list[str]]

ROWS = ("attachment_title", "attachment_body", "attachment_file")


def take_in(
    actor_id: int, form: MultiDict[str, str], files: MultiDict[str, FileStorage]
) -> tuple[MultiDict[str, str], Problems]:
    """Return the form with a reference for each file that came with it, and why others were refused.

    `attachment_upload-N` belongs to the row of that number, `attachment_uploads` make rows of their own,
    `reference_uploads` are 参阅材料, `picture_uploads` pictures for the text.
    """
    rows = [list(row) for row in rows_of(form)]
    references, pictures = form.getlist("reference_file"), form.getlist("picture_file")
    problems: Problems = {}

    def keep(sent: FileStorage, where: str, use: Callable[[str, str], None], **how: Any) -> None:
        try:
            file = uploads.keep(actor_id, sent.filename or "", sent.read(), where=where, **how)
        except ContentError as error:
            problems.setdefault(where, []).extend(map(say, error.problems))
        else:
            use(as_text(file), file.name.rpartition(".")[0])

    for number, row in enumerate(rows):
        for sent in _sent(files, f"attachment_upload-{number}"):

            def fill(reference: str, stem: str, row: list[str] = row) -> None:
                row[:] = [row[0].strip() or stem, row[1], reference]

            keep(sent, f"attachments[{number}].file", fill)
    for sent in _sent(files, "attachment_uploads"):
        keep(sent, "attachments", lambda reference, stem: rows.append([stem, "", reference]))
    for sent in _sent(files, "reference_uploads"):
        keep(sent, "references", lambda reference, _stem: references.append(reference))
    for sent in _sent(files, "picture_uploads"):
        names = [one["name"] for one in map(from_text, pictures) if isinstance(one, dict) and "name" in one]
        keep(sent, "pictures", lambda reference, _: pictures.append(reference), as_picture=True, others=names)
    taken = MultiDict(form)
    for place, name in enumerate(ROWS):
        taken.setlist(name, [row[place] for row in rows])
    taken.setlist("reference_file", references)
    taken.setlist("picture_file", pictures)
    return taken, problems


def _sent(files: MultiDict[str, FileStorage], name: str) -> list[FileStorage]:
    """Return what a field brought; a browser sends an unused field as a file without a name."""
    return [sent for sent in files.getlist(name) if sent.filename]


def rows_of(form: MultiDict[str, str]) -> list[tuple[str, str, str]]:
    """Return the rows of attachments as title, text and reference; forms without files leave that out."""
    titles, bodies, references = (form.getlist(name) for name in ROWS)
    references += [""] * (len(titles) - len(references))
    return list(zip(titles, bodies, references, strict=False))


def as_text(file: Any) -> str:
    """Return the reference to a file as a hidden field holds it."""
    return json.dumps({"sha256": file.sha256, "name": file.name, "size": file.size}, ensure_ascii=False)


def from_text(reference: str) -> Any:
    """Return what a hidden field refers to; what is none is left as it is, to be refused."""
    try:
        return json.loads(reference)
    except ValueError:
        return reference
