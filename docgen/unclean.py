"""Say what in a Word file is not fit for the printer: hidden, changing by itself, or no text at all."""

import re
from collections.abc import Iterator

from .errors import Problem
from .veiled import veiled
from .wordfile import ALTERNATIVES, WHERE, Element, W, WordFile, beginning, shown, versions

_VML = "{urn:schemas-microsoft-com:vml}"
_OFFICE = "{urn:schemas-microsoft-com:office:office}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_SHAPES = re.compile(r"wordprocessing(Shape|Group|Canvas)$")

_TRACKED = {
    *("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge", "delText", "delInstrText"),
    *(f"{one}Change" for one in ("rPr", "pPr", "sectPr", "tblPr", "tblPrEx", "tblGrid", "trPr", "tcPr")),
    "numberingChange",
}
_OBJECTS = Problem(WHERE, "It holds embedded objects: take them out.")
_KINDS: tuple[tuple[Problem, set[str]], ...] = (
    (
        Problem(WHERE, "It holds tracked changes: accept or reject all of them, then save it again."),
        _TRACKED,
    ),
    (Problem(WHERE, "It holds comments: delete them."), {"commentReference", "commentRangeStart"}),
    (
        Problem(WHERE, "It holds footnotes or endnotes: the text that was signed has none."),
        {"footnoteReference", "endnoteReference"},
    ),
    (_OBJECTS, {"object", "control", "altChunk", "subDoc", "contentPart"}),
    (
        Problem(WHERE, "It holds controls that take their text from elsewhere: turn them into plain text."),
        {"dataBinding"},
    ),
)
_EMBEDDED = ("oleObject", "package", "control", "aFChunk", "subDocument")
_PAGE_FIELDS = ("PAGE", "NUMPAGES", "SECTIONPAGES")
_LONGEST_NAME = 30


def unclean(word: WordFile) -> list[Problem]:
    """Return every reason why a file is no print copy."""
    return [*_from_outside(word), *_kinds(word), *_drawn(word), *_fields(word), *veiled(word)]


def _from_outside(word: WordFile) -> Iterator[Problem]:
    for kind, target in sorted({(one.kind, one.target) for one in word.relations if one.external}):
        shortened = {"target": target[:80]}
        if kind == "hyperlink":
            yield Problem(
                WHERE, "It holds a link to %(target)s: take the link away, the words may stay.", shortened
            )
        else:
            yield Problem(WHERE, "It takes in %(target)s from outside: take that out.", shortened)


def _kinds(word: WordFile) -> Iterator[Problem]:
    found = {element.tag.removeprefix(W) for part in word.printed for element in part.iter(f"{W}*")}
    embedded = any("/embeddings/" in part for part in word.parts)
    embedded |= any(one.kind in _EMBEDDED for one in word.relations)
    for problem, names in _KINDS:
        if found & names or (problem is _OBJECTS and embedded):
            yield problem


def _drawn(word: WordFile) -> Iterator[Problem]:
    """Yield pictures, charts and word art, and drawings that are one text here and another there."""
    pictures = [f"{_A}blip", f"{_VML}imagedata", f"{_OFFICE}OLEObject", f"{_VML}textpath"]
    drawn = any(True for part in word.printed for _ in part.iter(*pictures))
    kinds = (data.get("uri") or "" for part in word.printed for data in part.iter(f"{_A}graphicData"))
    if drawn or not all(map(_SHAPES.search, kinds)):
        yield Problem(
            WHERE,
            "It holds a picture, a chart or word art, whose words cannot be compared: write them as text.",
        )
    for part in word.printed:
        for alternatives in part.iter(ALTERNATIVES):
            texts = {_plain(version) for version in versions(alternatives)} - {""}
            if len(texts) > 1:
                words = {"words": beginning(sorted(texts))}
                yield Problem(WHERE, "It holds a drawing with two different texts: %(words)s", words)


def _plain(element: Element) -> str:
    """Return the words below an element as they are shown, without blanks."""
    if element.tag == ALTERNATIVES:
        version = shown(element)
        return "" if version is None else _plain(version)
    if element.tag == f"{W}t":
        return "".join((element.text or "").split())
    return "".join(map(_plain, element.iterchildren("{*}*")))


def _fields(word: WordFile) -> Iterator[Problem]:
    """Yield the fields whose text Word makes anew, but for the page numbers of headers and footers."""
    found = dict.fromkeys(_names_of_fields(word.body))
    for part in word.margins:
        found |= {name: None for name in _names_of_fields(part) if name not in _PAGE_FIELDS}
    for name in found:
        yield Problem(
            WHERE,
            "It holds the field %(name)s, whose text changes by itself: turn it into text (Ctrl+Shift+F9).",
            {"name": name},
        )


def _names_of_fields(part: Element) -> Iterator[str]:
    for simple in part.iter(f"{W}fldSimple"):
        yield _first_word(simple.get(f"{W}instr") or "")
    code, depth = "", 0
    for element in part.iter(f"{W}fldChar", f"{W}instrText"):
        if element.tag == f"{W}instrText":
            code += element.text or ""
            continue
        kind = element.get(f"{W}fldCharType")
        if kind == "begin":
            depth, code = depth + 1, code if depth else ""
        elif code.strip() or kind == "end":
            if code.strip():
                yield _first_word(code)
            code = ""
    if code.strip():
        yield _first_word(code)


def _first_word(code: str) -> str:
    return (code.split() or ["?"])[0].upper()[:_LONGEST_NAME]
