"""Say why a PDF is none that may be kept for decades: PDF/A-2b (ISO 19005-2), as far as one can tell here."""

import ctypes
import re
import zlib
from collections.abc import Iterator, Mapping

import pypdfium2
import pypdfium2.raw as pdfium

from .active import is_active_pdf

_OBJECT = re.compile(rb"(?<![0-9])([0-9]+)\s+[0-9]+\s+obj\b(.*?)(?=\bstream\r?\n|\bendobj\b)", re.S)
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.S)
_ROOT = re.compile(rb"/Root\s+([0-9]+)\s")
_LOCKED = re.compile(rb"/Encrypt\s+[0-9<]")
_PROGRAM = re.compile(rb"/FontFile[23]?\s")
_OUTSIDE = re.compile(rb"/(GoToR|GoToE|ImportData|EmbeddedFiles?)(?![0-9A-Za-z])")
_CLAIMS = (("part", b"2"), ("conformance", b"B"))

Objects = Mapping[int, bytes]


def faults(pdf: bytes) -> list[str]:
    """Return what keeps a PDF from being PDF/A-2b, in English; nothing where no fault was found.

    Looked at: what it claims of itself (XMP), the output intent's profile, fonts without their program,
    encryption, what runs and what reaches out.
    """
    found = list(_seen_in(pdf))
    try:
        return [*found, *_seen_by_reading(pdf)]
    except pypdfium2.PdfiumError as error:
        return [*found, f"it cannot be opened: {error}"]


def _seen_in(pdf: bytes) -> Iterator[str]:
    objects = _objects(pdf)
    root = _ROOT.search(pdf)
    catalog = objects.get(int(root[1]), b"") if root else b""
    yield from _wrong_claims(_stream_of(pdf, _reference(catalog, b"Metadata")))
    intent = objects.get(_reference(catalog, rb"OutputIntents\s*\["), b"")
    if b"/GTS_PDFA1" not in intent or _reference(intent, b"DestOutputProfile") not in objects:
        yield "it has no output intent with a colour profile"
    if _LOCKED.search(pdf):
        yield "it is encrypted"
    if is_active_pdf(pdf):
        yield "it holds something that runs"
    if _OUTSIDE.search(pdf):
        yield "it holds or names another file"
    for words in objects.values():
        if re.search(rb"/Type\s*/FontDescriptor\b", words) and not _PROGRAM.search(words):
            yield f"a font's program is missing: {_name(words)}"


def _wrong_claims(xmp: bytes) -> Iterator[str]:
    for name, value in _CLAIMS:
        claim = re.search(rb"pdfaid:%b(?:>|=[\"'])([^<\"']*)" % name.encode(), xmp)
        if claim is None or claim[1].strip().upper() != value:
            yield f"its metadata do not say pdfaid:{name} {value.decode()}"


def _seen_by_reading(pdf: bytes) -> Iterator[str]:
    with pypdfium2.PdfDocument(pdf) as document:
        bare = {name for page in document for name in _bare_fonts(page)}
    yield from (f"a font is not embedded: {name}" for name in sorted(bare))


def _bare_fonts(page: pypdfium2.PdfPage) -> Iterator[str]:
    """Yield the fonts of a page's texts that it does not carry along; those that draw nothing count too."""
    name = ctypes.create_string_buffer(200)
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
        font = pdfium.FPDFTextObj_GetFont(item)
        if pdfium.FPDFFont_GetIsEmbedded(font) != 1:
            pdfium.FPDFFont_GetBaseFontName(font, name, len(name))
            yield name.value.decode(errors="replace")


def _objects(pdf: bytes) -> dict[int, bytes]:
    """Return the words of every object by its number, without the bytes of streams; packed ones unpacked."""
    found = {}
    for head in _OBJECT.finditer(pdf):
        found[int(head[1])] = head[2]
        if re.search(rb"/Type\s*/ObjStm\b", head[2]):
            found.update(_packed(pdf, head))
    return found


def _packed(pdf: bytes, head: re.Match[bytes]) -> dict[int, bytes]:
    """Return the objects of a stream of objects (ISO 32000-1, 7.5.7)."""
    first = re.search(rb"/First\s+([0-9]+)", head[2])
    stream = _STREAM.match(pdf, head.end())
    if first is None or stream is None:
        return {}
    try:
        words = zlib.decompress(stream[1])
    except zlib.error:
        return {}
    begin = int(first[1])
    places = [int(number) for number in words[:begin].split()]
    starts = [begin + offset for offset in places[1::2]]
    return {
        number: words[start:end]
        for number, start, end in zip(places[::2], starts, [*starts[1:], len(words)], strict=True)
    }


def _reference(words: bytes, key: bytes) -> int:
    """Return the number of the object that a key refers to, 0 for none."""
    found = re.search(rb"/%b\s*([0-9]+)\s+[0-9]+\s+R\b" % key, words)
    return int(found[1]) if found else 0


def _stream_of(pdf: bytes, number: int) -> bytes:
    """Return an unpacked stream's bytes; metadata are never packed, so that other programs find them."""
    head = re.search(rb"(?<![0-9])%d\s+[0-9]+\s+obj\b.*?(?=stream\r?\n)" % number, pdf, re.S)
    stream = _STREAM.match(pdf, head.end()) if head else None
    return stream[1] if stream else b""


def _name(words: bytes) -> str:
    found = re.search(rb"/FontName\s*/([^\s/<>\[\]()]+)", words)
    return found[1].decode(errors="replace") if found else "without a name"
