"""Look into a DOCX or XLSX that came from outside before anything opens it."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from lxml import etree

from .errors import Problem

MOST_UNPACKED = 150 * 1024 * 1024
MOST_RATIO = 200
MOST_PARTS = 3000
MOST_LINKS_TOLD = 3

LOCKED = Problem("", "%(name)s is protected by a password; take the protection off first.")
DAMAGED = Problem("", "%(name)s is damaged: it cannot be opened.")
BOMB = Problem("", "%(name)s unpacks to more than this system reads.")
_RUNS = Problem("", "%(name)s contains macros or controls; save it without them (DOCX, XLSX).")
DECLARES = Problem("", "%(name)s contains declarations (DOCTYPE) that no office program writes.")
TAKES_IN = Problem(
    "", "%(name)s takes in %(target)s from outside; put that into the file, or save the file as PDF."
)

_TYPES = "[Content_Types].xml"
_MAIN = {"docx": b"wordprocessingml.document.main+xml", "xlsx": b"spreadsheetml.sheet.main+xml"}
_RUNNING_PARTS = re.compile(r"vbaProject|(^|/)(macrosheets|dialogsheets|activeX)/", re.IGNORECASE)
_RUNNING_TYPES = re.compile(rb"macroEnabled|vbaProject|activeX", re.IGNORECASE)
_DOCTYPE = re.compile(
    b"|".join(re.escape("<!DOCTYPE".encode(code)) for code in ("ascii", "utf-16-le", "utf-16-be"))
)
_ENCODING = re.compile(rb"""^(?:\xef\xbb\xbf)?\s*<\?xml[^>]{0,80}encoding\s*=\s*["']([^"']{1,40})""")
_ENCODINGS = (b"utf-8", b"utf-16", b"us-ascii")
_LEADS_OUT = re.compile(r"(^|/)\.\.(/|$)|^/|^[a-z]:")
_CHUNK = 1024 * 1024
_SMALL = 4 * _CHUNK  # for parts that are read whole
_HARMLESS = ("hyperlink", "externalLinkPath", "xlExternalLinkPath", "xlPathMissing")
_TEMPLATE = "attachedTemplate"
_ON_THIS_MACHINE = re.compile(
    r"file:/*[a-z]:|file:///(?![/\\])|[a-z]:[/\\]|/(?!/)|[^/:\\]*$", re.IGNORECASE
)  # a path that leads to no other computer: what is not there harms nobody


def look_into(data: bytes) -> tuple[str, list[Problem]]:
    """Return docx or xlsx ('' when a package is neither), and what is wrong with it.

    The problems name no field, and leave it to the caller to fill in the file's %(name)s.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if wrong := wrong_with_package(package, len(data)):
                return "", [wrong]
            types = package.read(_TYPES) if _TYPES in package.namelist() else b""
            kind = next((kind for kind, main in _MAIN.items() if main in types), "")
            runs = _RUNNING_TYPES.search(types) or any(map(_RUNNING_PARTS.search, package.namelist()))
            if not kind:
                return "", [_RUNS] if runs else []
            return kind, [*([_RUNS] if runs else []), *_wrong_with_parts(package)]
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError, ValueError, zlib.error):
        return "", [DAMAGED]


def wrong_with_package(package: zipfile.ZipFile, size: int) -> Problem | None:
    """Judge by the table of contents, before anything is unpacked; what it declares is never exceeded."""
    parts = package.infolist()
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED or unpacked > MOST_RATIO * max(size, 10_000):
        return BOMB
    if any(part.flag_bits & 1 for part in parts):
        return LOCKED
    names = [part.filename.replace("\\", "/").casefold() for part in parts]  # as office programs know them
    if len(set(names)) < len(names) or any(map(_LEADS_OUT.search, names)):
        return DAMAGED
    return None


def _wrong_with_parts(package: zipfile.ZipFile) -> list[Problem]:
    wrong: list[Problem] = []
    for part in package.infolist():
        if part.filename.endswith((".xml", ".rels", ".vml")) and _declares(package, part):
            return [DECLARES]
    for part in package.infolist():
        if part.filename.endswith(".rels"):
            if part.file_size > _SMALL:
                return [BOMB]
            wrong += map(_linked, _links(package.read(part)))
    return wrong[:MOST_LINKS_TOLD]


def _linked(target: str) -> Problem:
    return replace(TAKES_IN, params={"target": target[:80]})


def _declares(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Say whether a part of XML has a DOCTYPE, or an encoding in which one could hide."""
    with package.open(part) as stream:
        tail = b""
        while chunk := stream.read(_CHUNK):
            if not tail and (named := _ENCODING.match(chunk)) and named[1].lower() not in _ENCODINGS:
                return True
            if _DOCTYPE.search(tail + chunk):
                return True
            tail = chunk[-20:]
    return False


def _links(rels: bytes) -> Iterator[str]:
    """Yield what a part takes in from outside when the file is opened; what one may click is left out."""
    for relation in read_xml(rels):
        kind = (relation.get("Type") or "").rpartition("/")[2]
        target = relation.get("Target") or kind
        if kind == _TEMPLATE and _ON_THIS_MACHINE.match(target):
            continue
        if relation.get("TargetMode") == "External" and kind not in _HARMLESS:
            yield target


def read_xml(data: bytes) -> Any:
    """Return the root of a part of XML; nothing outside it is read. Raises ValueError."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)) from error
