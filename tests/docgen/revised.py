"""Settle a DOCX's revisions by rewriting its XML, as Word does it, and read what is left."""

from copy import deepcopy
from typing import Any

from lxml import etree

from docgen.woven import Properties
from tests.docgen.wordsmith import DOCUMENT, W_SPACE, parts_of

W = f"{{{W_SPACE}}}"
_BLANKS = {f"{W}br": "\n", f"{W}tab": "\t"}


def body_of(docx: bytes) -> Any:
    return etree.fromstring(parts_of(docx)[DOCUMENT])[0]


def accepted(docx: bytes) -> Any:
    """Return the body with every revision accepted."""
    return _settled(body_of(docx), gone="del", kept="ins", restore=False)


def rejected(docx: bytes) -> Any:
    """Return the body with every revision rejected."""
    return _settled(body_of(docx), gone="ins", kept="del", restore=True)


def _settled(body: Any, *, gone: str, kept: str, restore: bool) -> Any:
    for row in list(body.iter(f"{W}tr")):
        if row.find(f"{W}trPr/{W}{gone}") is not None:
            table = row.getparent()
            table.remove(row)
            if table.find(f"{W}tr") is None:
                table.getparent().remove(table)
    for change in list(body.iter(f"{W}pPrChange", f"{W}rPrChange")):
        properties = change.getparent()
        properties.remove(change)
        if restore:
            _restore(properties, change[0])
    for paragraph in list(body.iter(f"{W}p")):
        for run in paragraph.findall(f"{W}{gone}"):
            paragraph.remove(run)
        if paragraph.find(f"{W}pPr/{W}rPr/{W}{gone}") is not None:
            _merge(paragraph)
    for mark in list(body.iter(f"{W}{kept}")):
        parent = mark.getparent()
        parent[parent.index(mark) : parent.index(mark) + 1] = list(mark)
    for text in body.iter(f"{W}delText"):
        text.tag = f"{W}t"
    return body


def _restore(properties: Any, before: Any) -> None:
    """Put the former properties in the place of the present; what is no part of them stays."""
    stays = [deepcopy(child) for child in properties if child.tag in (f"{W}rPr", f"{W}sectPr")]
    properties[:] = [*before, *stays]


def _merge(paragraph: Any) -> None:
    """Join a paragraph whose mark goes with the one after it, which keeps its own properties."""
    following = paragraph.getnext()
    content = [child for child in paragraph if child.tag != f"{W}pPr"]
    if content:
        assert following.tag == f"{W}p"
        following[1:1] = content
    paragraph.getparent().remove(paragraph)


def read(body: Any) -> list[Any]:
    """Return every paragraph (its properties, its runs as (properties, words)) and how tables hold them."""
    found: list[Any] = []
    for element in body.iter(f"{W}p", f"{W}tr", f"{W}tc"):
        if element.tag != f"{W}p":
            found.append(element.tag)
        elif next(element.iter(f"{W}txbxContent"), None) is None:
            found.append((_look(element.find(f"{W}pPr")), _runs(element)))
    return found


def _look(properties: Any) -> bytes:
    if properties is None:
        return b""
    plain = deepcopy(properties)
    for marked in plain.findall(f"{W}rPr"):  # of the mark alone: nothing but its revision
        plain.remove(marked)
    return Properties.of(plain).xml


def _runs(paragraph: Any) -> list[tuple[bytes, str]]:
    runs: list[tuple[bytes, str]] = []
    for run in paragraph.iter(f"{W}r"):
        look = Properties.of(run.find(f"{W}rPr")).xml
        words = "".join(_BLANKS.get(child.tag, child.text or "") for child in run if child.tag != f"{W}rPr")
        if runs and runs[-1][0] == look:
            words = runs.pop()[1] + words
        runs.append((look, words))
    return runs


def texts(body: Any) -> list[str]:
    """Return the words of every paragraph."""
    return ["".join(words for _, words in one[1]) for one in read(body) if isinstance(one, tuple)]
