"""Say what in a Word file is not fit for the printer: hidden, changing by itself, or no text at all."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from .errors import Problem
from .wordfile import ALTERNATIVES, WHERE, Element, W, WordFile, shown, versions
from .wordlists import value_of

_VML = "{urn:schemas-microsoft-com:vml}"
_OFFICE = "{urn:schemas-microsoft-com:office:office}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_SHAPES = re.compile(r"wordprocessing(Shape|Group|Canvas)$")

_TRACKED = {
    *("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge", "delText", "delInstrText"),
    *(f"{one}Change" for one in ("rPr", "pPr", "sectPr", "tblPr", "tblPrEx", "tblGrid", "trPr", "tcPr")),
    "numberingChange",
}
_KINDS = {
    "It holds tracked changes: accept or reject all of them, then save it again.": _TRACKED,
    "It holds comments: delete them.": {"commentReference", "commentRangeStart"},
    "It holds footnotes or endnotes: the text that was signed has none.": {
        "footnoteReference",
        "endnoteReference",
    },
    "It holds embedded objects: take them out.": {"object", "control", "altChunk", "subDoc", "contentPart"},
    "It holds content controls that take their text from elsewhere: turn them into plain text.": {
        "dataBinding"
    },
}
_EMBEDDED = ("oleObject", "package", "control", "aFChunk", "subDocument")
_PAGE_FIELDS = ("PAGE", "NUMPAGES", "SECTIONPAGES")
_TOGGLES = {
    "vanish": "It holds hidden text: %(words)s",
    "webHidden": "It holds hidden text: %(words)s",
    "specVanish": "It holds hidden text: %(words)s",
    "strike": "It holds text that is struck through: %(words)s",
    "dstrike": "It holds text that is struck through: %(words)s",
    "caps": "It holds small letters that are printed as capitals: %(words)s",
    "smallCaps": "It holds small letters that are printed as capitals: %(words)s",
}
_WHITE = "It holds white text, which nobody can read: %(words)s"
_TINY = "It holds text too small to be read: %(words)s"
_MARKED = "It holds text marked with a colour: %(words)s"
_SMALLEST = 10  # half points
_OFF = ("0", "false", "off", "none")
_SHOWN = 30


def unclean(word: WordFile) -> list[Problem]:
    """Return every reason why a file is no print copy."""
    return [*_from_outside(word), *_kinds(word), *_drawn(word), *_fields(word), *_veiled(word)]


def _problem(message: str, **params: str) -> Problem:
    return Problem(WHERE, message, params)


def _from_outside(word: WordFile) -> Iterator[Problem]:
    for one in sorted({(one.kind, one.target) for one in word.relations if one.external}):
        kind, target = one[0], one[1][:80]
        if kind == "hyperlink":
            yield _problem(
                "It holds a link to %(target)s: take the link away, the words may stay.", target=target
            )
        else:
            yield _problem("It takes in %(target)s from outside: take that out.", target=target)


def _kinds(word: WordFile) -> Iterator[Problem]:
    found = {element.tag.removeprefix(W) for part in word.printed for element in part.iter(f"{W}*")}
    embedded = any("/embeddings/" in part for part in word.parts)
    embedded |= any(one.kind in _EMBEDDED for one in word.relations)
    for message, names in _KINDS.items():
        if found & names or ("object" in names and embedded):
            yield _problem(message)


def _drawn(word: WordFile) -> Iterator[Problem]:
    """Yield pictures, charts and word art, and drawings that are one text here and another there."""
    pictures = [f"{_A}blip", f"{_VML}imagedata", f"{_OFFICE}OLEObject", f"{_VML}textpath"]
    drawn = any(True for part in word.printed for _ in part.iter(*pictures))
    kinds = (data.get("uri") or "" for part in word.printed for data in part.iter(f"{_A}graphicData"))
    if drawn or not all(map(_SHAPES.search, kinds)):
        yield _problem(
            "It holds a picture, a chart or word art, whose words cannot be compared: write them as text."
        )
    for part in word.printed:
        for alternatives in part.iter(ALTERNATIVES):
            texts = {_plain(version) for version in versions(alternatives)} - {""}
            if len(texts) > 1:
                yield _problem(
                    "It holds a drawing with two different texts: %(words)s", words=_beginning(texts)
                )


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
        yield _problem(
            "It holds the field %(name)s, whose text changes by itself: turn it into text (Ctrl+Shift+F9).",
            name=name,
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
    return (code.split() or ["?"])[0].upper()[:_SHOWN]


def _veiled(word: WordFile) -> Iterator[Problem]:
    """Yield text that is not printed, or not as it is written."""
    veils = _Veils(word.styles)
    found: dict[str, list[str]] = {}
    for part in word.printed:
        for run in part.iter(f"{W}r"):
            words = "".join(text.text or "" for text in run.iterchildren(f"{W}t")).strip()
            for message in veils.over(run) if words else ():
                found.setdefault(message, []).append(words)
    for message, all_words in found.items():
        yield _problem(message, words=_beginning(all_words))


def _beginning(words: Iterable[str]) -> str:
    joined = "、".join(words)
    return joined if len(joined) <= _SHOWN else f"{joined[:_SHOWN]}…"


class _Veils:
    """Find what hides a run: its own properties, or those of its styles."""

    def __init__(self, styles: Element | None) -> None:
        self._styles: dict[str, Element] = {}
        self._defaults: list[Element] = []
        self._ordinary = ""
        if styles is not None:
            self._styles = {style.get(f"{W}styleId"): style for style in styles.iterchildren(f"{W}style")}
            self._defaults = list(styles.iterfind(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
            for name, style in self._styles.items():
                if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true", "on"):
                    self._ordinary = name
        self._of_styles = cache(self._look_up)

    def over(self, run: Element) -> Iterator[str]:
        """Yield the messages of what hides or changes a run's words."""
        properties = run.find(f"{W}rPr")
        paragraph = next(run.iterancestors(f"{W}p"), None)
        own = None if paragraph is None else paragraph.find(f"{W}pPr")
        inherited = self._of_styles(value_of(own, "pStyle") or self._ordinary, value_of(properties, "rStyle"))
        yield from _messages(inherited | _read(properties))

    def _look_up(self, paragraph: str, run: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for properties in self._defaults:
            found |= _read(properties)
        for name in (paragraph, run):
            for style in reversed(self._chain(name)):
                found |= _read(style.find(f"{W}rPr"))
        return found

    def _chain(self, name: str) -> list[Element]:
        chain: list[Element] = []
        while name in self._styles and self._styles[name] not in chain:
            chain.append(self._styles[name])
            name = value_of(self._styles[name], "basedOn")
        return chain


def _read(properties: Element | None) -> dict[str, str]:
    """Return the properties of a run that may hide it; a toggle without a value is on."""
    found = {}
    for child in properties if properties is not None else ():
        name = str(child.tag).removeprefix(W)
        if name in _TOGGLES or name in ("color", "sz", "highlight"):
            found[name] = child.get(f"{W}val") or ("1" if name in _TOGGLES else "")
    return found


def _messages(properties: dict[str, str]) -> Iterator[str]:
    for name, message in _TOGGLES.items():
        if properties.get(name, "0") not in _OFF:
            yield message
    if re.fullmatch(r"[eEfF][0-9a-fA-F]" * 3, properties.get("color", "")):
        yield _WHITE
    size = properties.get("sz", "")
    if size.isdecimal() and int(size) < _SMALLEST:
        yield _TINY
    if properties.get("highlight", "none") not in _OFF:
        yield _MARKED
