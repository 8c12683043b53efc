"""What is kept for decades is PDF/A-2b, and what is not is told so."""

import re
import zlib
from concurrent.futures import ThreadPoolExecutor

import pytest

from docgen import pdf
from docgen.archival import faults
from docgen.render import render
from tests.docgen.paper import read_pages
from tests.docgen.twin import PARTICULARS, notice

NAMES = ("关于甲事项的通知", "关于乙事项的通知")


@pytest.fixture(scope="module")
def made() -> list[bytes]:
    """Two notices that LibreOffice turned into PDF at the same time."""
    with ThreadPoolExecutor() as pool:
        return list(pool.map(lambda name: pdf.to_pdf(render(notice(f"{name}。"), PARTICULARS)), NAMES))


def test_conversions_at_the_same_time_do_not_disturb_each_other(made: list[bytes]) -> None:
    for data, name in zip(made, NAMES, strict=True):
        assert read_pages(data)[0].line(name)


def test_what_libreoffice_makes_is_fit_to_be_kept(made: list[bytes]) -> None:
    assert [faults(data) for data in made] == [[], []]


CHANGES = {  # what is changed without moving a byte, and what is then said
    "part": (b"<pdfaid:part>2<", b"<pdfaid:part>3<", "pdfaid:part 2"),
    "conformance": (b"conformance>B<", b"conformance>A<", "pdfaid:conformance B"),
    "metadata": (b"/Metadata ", b"/Metaldata", "pdfaid:part 2"),
    "profile": (b"/GTS_PDFA1", b"/GTS_PDFX1", "no output intent"),
    "font": (b"/FontFile ", b"/FontFilx ", "a font's program is missing: [A-Z]{6}\\+Fandol"),
    "bare": (b"/FontFile ", b"/FontFilx ", "a font is not embedded: "),
    "script": (b"/OpenAction", b"/JavaScript", "something that runs"),
    "file": (b"/OpenAction", b"/GoToR     ", "another file"),
    "lock": (b"/MarkInfo<<", b"/Encrypt <<", "encrypted"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_keeps_a_pdf_from_it_is_named(made: list[bytes], change: str) -> None:
    old, new, told = CHANGES[change]
    assert old in made[0]
    changed = made[0].replace(old, new.ljust(len(old)))
    assert re.search(told, "; ".join(faults(changed)))


def test_a_file_that_is_no_pdf_is_told(made: list[bytes]) -> None:
    assert "cannot be opened" in faults(b"PK\x03\x04")[-1]


def test_objects_that_are_packed_are_looked_into(made: list[bytes]) -> None:
    """Other versions of LibreOffice pack a PDF's objects (ISO 32000-1, 7.5.7)."""
    (root,) = re.findall(rb"/Root (\d+) 0 R", made[0])
    (catalog,) = re.findall(rb"\n%b 0 obj\n(<<.*?>>)\nendobj" % root, made[0], re.S)
    packed = zlib.compress(b"%b 0 %b" % (root, catalog))
    stream = b"9999 0 obj\n<</Type/ObjStm/N 1/First %d/Length %d>>\nstream\n%b\nendstream\nendobj\n" % (
        len(root) + 3,
        len(packed),
        packed,
    )
    unpacked = made[0].replace(b"%b 0 obj\n%b" % (root, catalog), b"9998 0 obj\n<<>>")
    assert "pdfaid:part 2" in faults(unpacked)[0]
    assert "cannot be opened" in faults(stream + unpacked)[0]  # by pdfium, for its places moved: no more
