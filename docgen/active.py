"""Say whether a PDF that came from outside asks its reader to run something."""

import re
import zlib

_ACTIVE = re.compile(rb"/(JS|JavaScript|Launch|SubmitForm|ImportData|RichMedia|XFA)(?![0-9A-Za-z])")
_OBJECTS = re.compile(rb"/ObjStm(?![0-9A-Za-z])")
_STREAM = re.compile(rb"stream\r?\n")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_MOST = 8 * 1024 * 1024  # unpacked, of one stream of objects


def is_active_pdf(pdf: bytes) -> bool:
    """Say whether a PDF holds scripts, programs to launch or forms that send themselves.

    What cannot be looked into counts as if it did (ISO 32000-1, 7.5.7: objects may be packed).
    """
    plain = _unescaped(pdf)
    if _ACTIVE.search(plain) or len(_OBJECTS.findall(plain)) > len(_OBJECTS.findall(pdf)):
        return True
    return any(_holds_active(pdf, found.end()) for found in _OBJECTS.finditer(pdf))


def _holds_active(pdf: bytes, place: int) -> bool:
    """Look into the stream of objects whose dictionary stands at a place."""
    begins = _STREAM.search(pdf, place)
    if begins is None:
        return True
    ends = pdf.find(b"endstream", begins.end())
    try:
        objects = zlib.decompressobj().decompress(pdf[begins.end() : ends], _MOST)
    except zlib.error:
        return True
    return len(objects) == _MOST or _ACTIVE.search(_unescaped(objects)) is not None


def _unescaped(names: bytes) -> bytes:
    return _ESCAPE.sub(lambda found: bytes.fromhex(found[1].decode()), names)
