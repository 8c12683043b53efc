"""Read a Word file as it was before its tracked changes (修订): inserted words out, deleted ones in."""

import io
import zipfile
from copy import deepcopy

from lxml import etree

from .ooxml import read_xml
from .wordfile import Element, W, main_part

_INSERTED = (f"{W}ins", f"{W}moveTo")
_DELETED = (f"{W}del", f"{W}moveFrom")
_STAYS = (f"{W}rPr", f"{W}sectPr")


def is_tracked(docx: bytes) -> bool:
    """Say whether words or paragraphs are changes that nobody has accepted or rejected yet.

    The file is one that was read without complaint.
    """
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        document = read_xml(package.read(main_part(package)))
    return next(document.iter(*_INSERTED, *_DELETED), None) is not None


def before_changes(docx: bytes) -> bytes:
    """Return the file with every tracked change rejected; the file is one that was read without complaint."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as package, zipfile.ZipFile(stream, "w") as rejected:
        main = main_part(package)
        for entry in package.infolist():
            data = package.read(entry)
            if entry.filename == main:
                document = read_xml(data)
                _reject(document)
                data = etree.tostring(document, encoding="UTF-8", standalone=True)
            rejected.writestr(entry.filename, data, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _reject(document: Element) -> None:
    for row in list(document.iter(f"{W}tr")):
        if row.find(f"{W}trPr/{W}ins") is not None:
            row.getparent().remove(row)
    for change in list(document.iter(f"{W}pPrChange")):
        _restore(change.getparent(), change)
    for mark in list(document.iter(*_INSERTED)):
        if mark.getparent().tag not in (f"{W}rPr", f"{W}trPr"):
            mark.getparent().remove(mark)
    for paragraph in list(document.iter(f"{W}p")):
        if any(paragraph.find(f"{W}pPr/{W}rPr/{mark}") is not None for mark in _INSERTED):
            _join_with_next(paragraph)
    for mark in list(document.iter(*_DELETED)):
        if mark.getparent().tag in (f"{W}rPr", f"{W}trPr"):
            mark.getparent().remove(mark)
        else:
            parent = mark.getparent()
            parent[parent.index(mark) : parent.index(mark) + 1] = list(mark)
    for text in document.iter(f"{W}delText"):
        text.tag = f"{W}t"


def _restore(properties: Element, change: Element) -> None:
    """Put a paragraph's former properties in the place of the present; its mark's own stay."""
    properties.remove(change)
    former = change.find(f"{W}pPr")
    stays = [deepcopy(child) for child in properties if child.tag in _STAYS]
    properties[:] = [*(() if former is None else former), *stays]


def _join_with_next(paragraph: Element) -> None:
    """Join a paragraph whose end was inserted with the one after it, which keeps its own properties."""
    following = paragraph.getnext()
    words = [child for child in paragraph if child.tag != f"{W}pPr"]
    if following is None or following.tag != f"{W}p":
        if words:
            return
    else:
        place = 1 if following.find(f"{W}pPr") is not None else 0
        following[place:place] = words
    paragraph.getparent().remove(paragraph)
