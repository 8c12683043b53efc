"""Open a DOCX that others saved, as Word would: which parts are printed, and which of two versions."""

import io
import posixpath
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from .errors import ContentError, Problem
from .files import examine
from .ooxml import BOMB, read_xml

WHERE = "print_copy"
_TOLD = 30
MOST_XML = 8 * 1024 * 1024  # bytes of a part that is read

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
ALTERNATIVES = f"{_MC}AlternateContent"
_CHOICE, _FALLBACK = f"{_MC}Choice", f"{_MC}Fallback"
_MICROSOFT = "http://schemas.microsoft.com/office/"
_UNDERSTOOD = {
    *(f"{_MICROSOFT}word/2010/wordprocessing{kind}" for kind in ("Shape", "Group", "Canvas", "Drawing")),
    f"{_MICROSOFT}word/2010/wordml",
    f"{_MICROSOFT}word/2012/wordml",
    f"{_MICROSOFT}drawing/2010/main",
}

Element = Any


@dataclass(frozen=True)
class Relation:
    """What one part has to do with another, or with something outside."""

    kind: str
    target: str
    external: bool


@dataclass(frozen=True)
class WordFile:
    """The parts of a DOCX that say what is printed."""

    body: Element
    margins: tuple[Element, ...]  # headers and footers
    notes: tuple[Element, ...]  # footnotes and endnotes
    styles: Element | None
    numbering: Element | None
    relations: tuple[Relation, ...]  # of all parts
    parts: tuple[str, ...]

    @property
    def printed(self) -> tuple[Element, ...]:
        return (self.body, *self.margins)


class _TooLong(Exception):
    """A part of a file is longer than what is read."""


def open_word(docx: bytes, name: str, where: str = WHERE) -> WordFile:
    """Open a DOCX; `name` is what the reader knows it by, `where` the field.

    Raises ContentError with every reason.
    """
    if examine(docx, name, where) != "docx":
        raise ContentError([Problem(where, "%(name)s is no Word document (DOCX).", {"name": name})])
    try:
        with zipfile.ZipFile(io.BytesIO(docx)) as package:
            return _read(package)
    except _TooLong:
        raise ContentError([replace(BOMB, where=where, params={"name": name})]) from None
    except (KeyError, ValueError, StopIteration) as error:
        raise damaged(name, where) from error


def damaged(name: str, where: str = WHERE) -> ContentError:
    """Return what is to be raised when a file is not built as Word builds its files."""
    return ContentError([Problem(where, "%(name)s is damaged: it cannot be opened.", {"name": name})])


def _read(package: zipfile.ZipFile) -> WordFile:
    main = main_part(package)
    own = _relations(package, main)
    kinds = ("header", "footer", "footnotes", "endnotes", "styles", "numbering")
    found: dict[str, list[Element]] = {kind: [] for kind in kinds}
    for one in own:
        if one.kind in found and not one.external:
            found[one.kind].append(read_xml(_bytes(package, one.target)))
    everywhere = [one for part in package.namelist() for one in _relations(package, part)]
    document = _bytes(package, main)
    document.decode()  # Word writes UTF-8 and so must who wants it converted
    body = read_xml(document).find(f"{W}body")
    if body is None:
        raise ValueError("no body")
    return WordFile(
        body=body,
        margins=(*found["header"], *found["footer"]),
        notes=(*found["footnotes"], *found["endnotes"]),
        styles=found["styles"][0] if found["styles"] else None,
        numbering=found["numbering"][0] if found["numbering"] else None,
        relations=(*_relations(package, ""), *everywhere),
        parts=tuple(package.namelist()),
    )


def main_part(package: zipfile.ZipFile) -> str:
    """Return the name of the part that holds the text; raises ValueError unless there is just one."""
    (main,) = (one.target for one in _relations(package, "") if one.kind == "officeDocument")
    return main


def _relations(package: zipfile.ZipFile, part: str) -> list[Relation]:
    """Return the relations of a part ('' stands for the package), targets as names of parts."""
    folder, name = posixpath.split(part)
    path = posixpath.join(folder, "_rels", f"{name}.rels")
    if path not in package.namelist():
        return []
    return [
        Relation(
            (one.get("Type") or "").rpartition("/")[2],
            one.get("Target") or "" if external else _named(folder, one.get("Target") or ""),
            external,
        )
        for one in read_xml(_bytes(package, path))
        for external in [one.get("TargetMode") == "External"]
    ]


def _named(folder: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def _bytes(package: zipfile.ZipFile, part: str) -> bytes:
    if package.getinfo(part).file_size > MOST_XML:
        raise _TooLong
    return package.read(part)


def shown(alternatives: Element) -> Element | None:
    """Return which of several versions Word shows: the first that it understands, else the fallback."""
    for choice in alternatives.iterchildren(_CHOICE):
        spaces = [choice.nsmap.get(prefix) for prefix in (choice.get("Requires") or "").split()]
        if all(space in _UNDERSTOOD for space in spaces):
            return choice
    return alternatives.find(_FALLBACK)


def versions(alternatives: Element) -> Iterator[Element]:
    """Yield every version, also those that only other programs show."""
    yield from alternatives.iterchildren(_CHOICE, _FALLBACK)


def beginning(words: Iterable[str]) -> str:
    """Return so much of some words as is told about them."""
    joined = "、".join(words)
    return joined if len(joined) <= _TOLD else f"{joined[:_TOLD]}…"
