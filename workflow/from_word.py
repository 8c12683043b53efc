"""Read a draft that comes back from Word, and say what taking it over would change and undo."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from docgen.errors import DocgenError, Problem
from docgen.intake import Taken, intake
from docgen.intake.apart import Draft, intake_apart
from docgen.intake.result import Brought
from docgen.reading import read_content
from docgen.sheet import Content, parse_canonical

from .comparison import FieldChange, compare
from .directory import Person
from .redlines import draft_paper, texts_of

Data = dict[str, Any]


@dataclass(frozen=True)
class Reading:
    """What a file makes of a document's present text, read in one way.

    `undone` are the changes since the text that the file was made of, in those fields that the file
    changes too.
    """

    content: Data
    changes: list[FieldChange]
    undone: list[FieldChange]
    reports: tuple[Problem, ...] = ()
    left: tuple[str, ...] = ()


@dataclass(frozen=True)
class FromWord:
    """A file that came back: the revision it was made of (None where it does not say), the present one.

    `original` is how it reads with its tracked changes rejected, and `tracked` what they change; both are
    empty where it has none. `pictures` are those that either reading refers to.
    """

    made_of: int | None
    newest: int
    accepted: Reading
    original: Reading | None
    tracked: list[FieldChange]
    pictures: tuple[Brought, ...] = ()


def read_from_word(session: Session, person: Person, public_id: str, docx: bytes, name: str) -> FromWord:
    """Read a DOCX that was made of a document's text; `name` is what the reader knows it by.

    Raises NotFound, ContentError with every reason.
    """
    return held_against(session, person, public_id, intake_apart(docx, name))


def held_against(session: Session, person: Person, public_id: str, draft: Draft) -> FromWord:
    """Hold what a file says against a document's text.

    What it says otherwise than the paper it was made of is taken; all else stays as the text has it now,
    and so does what stands on no paper. Raises NotFound, ContentError with every reason.
    """
    document, versions = texts_of(session, person, public_id)
    newest = versions[-1]
    made_of = next((one for one in reversed(versions) if one["content_sha256"] == draft.origin), None)
    now, base = (parse_canonical(one["content"]) for one in (newest, made_of or newest))
    paper = _as_on_paper(session, document, base)

    def read(taken: Taken) -> Reading:
        return _read(taken, paper, base, now)

    return FromWord(
        made_of=made_of and made_of["n"],
        newest=newest["n"],
        accepted=read(draft.taken),
        original=read(draft.original) if draft.original else None,
        tracked=compare(draft.original.content, draft.taken.content) if draft.original else [],
        pictures=(*draft.taken.pictures, *(draft.original.pictures if draft.original else ())),
    )


def read_again(session: Session, person: Person, public_id: str, content: Data) -> Reading:
    """Return what a content that was read before makes of the present text; raises NotFound, ContentError."""
    _, versions = texts_of(session, person, public_id)
    now = parse_canonical(versions[-1]["content"]).to_dict()
    content = read_content(content).to_dict()
    return Reading(content, compare(now, content), [])


def _read(taken: Taken, paper: Taken, base: Content, now: Content) -> Reading:
    content, changed = _merged(taken.content, paper.content, base, now)
    since = compare(base.to_dict(), now.to_dict())
    return Reading(
        content=content,
        changes=compare(now.to_dict(), content),
        undone=[one for one in since if one.field.partition(".")[0].partition("[")[0] in changed],
        reports=tuple(one for one in taken.reports if one not in paper.reports),
        left=tuple(line for line in taken.left if line not in paper.left),
    )


def _as_on_paper(session: Session, document: Mapping[str, Any], content: Content) -> Taken:
    """Return how the paper of a text reads: what of it stands there, and in which words."""
    try:
        return intake(draft_paper(session, document, content).docx())
    except DocgenError:  # what cannot be laid out was not sent out either
        return Taken({})


def _merged(sent: Data, paper: Data, base: Content, now: Content) -> tuple[Data, frozenset[str]]:
    """Return the present text with what was changed on paper, and which fields that is."""
    changed = {name for name in (*sent, "pictures") if sent.get(name) != paper.get(name)}
    changed -= {name for name in ("type", "title", "body") if not sent[name]}  # reported, and never empty
    merged = {**now.to_dict(), **{name: sent[name] for name in changed - {"pictures"}}}
    if "pictures" in changed:
        merged["pictures"] = _pictures(sent.get("pictures", ()), paper.get("pictures", ()), now)
    if "attachments" in changed:
        merged["attachments"] = _with_files(sent["attachments"], paper.get("attachments", ()), base)
    return read_content(merged).to_dict(), frozenset(changed)


def _pictures(sent: Sequence[Data], paper: Sequence[Data], now: Content) -> list[Data]:
    """Return the present pictures without those taken away on paper, with those put in there."""
    stays = {file["name"] for file in sent} | (
        {file.name for file in now.pictures} - {one["name"] for one in paper}
    )
    new = {file["name"]: file for file in sent if file not in paper}
    kept = {file.name: vars(file) for file in now.pictures if file.name in stays}
    return list({**kept, **new}.values())


def _with_files(sent: Sequence[Data], paper: Sequence[Data], base: Content) -> list[Data]:
    """Return attachments as they were sent; of those that are files only the title stands on paper."""
    files = {
        part["title"]: known.file for part, known in zip(paper, base.attachments, strict=False) if known.file
    }
    used = [files.pop(part["title"], None) for part in sent]
    for number, part in enumerate(sent):
        own = base.attachments[number].file if number < len(base.attachments) else None
        if used[number] is None and not part["body"] and own in files.values():
            used[number] = own  # the same place under another title
            files = {title: file for title, file in files.items() if file != own}
    return [
        {"title": part["title"], "body": "", "file": vars(file)} if file and not part["body"] else part
        for part, file in zip(sent, used, strict=True)
    ]
