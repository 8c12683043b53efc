"""Take files out of a ZIP that a form brings, or the one file that it is."""

import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from docgen.extract import MOST_BYTES
from states.errors import NotReady
from states.reasons import Reason

from .waiting import MOST_FILES, MOST_TOTAL

MOST_RATIO = 100  # documents hardly get smaller
_NAMED_IN_UTF8 = 0x800

_DAMAGED = Reason("The ZIP is damaged")


def files_in(name: str, stream: IO[bytes]) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a ZIP with the folders they lie in, or a file that is none. Raises NotReady."""
    if not name.lower().endswith(".zip"):
        yield name, stream.read()
        return
    try:
        with zipfile.ZipFile(stream) as package:
            parts = [part for part in package.infolist() if not part.is_dir()]
            _refuse_bombs(parts)
            for part in parts:
                yield _name_of(part), package.read(part)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, zlib.error) as error:
        raise NotReady([_DAMAGED]) from error


def _refuse_bombs(parts: list[zipfile.ZipInfo]) -> None:
    """Judge by the table of contents; what it declares of a part is never exceeded in reading it."""
    if any(part.flag_bits & 1 for part in parts):
        raise NotReady([Reason("The ZIP has a password; take that off first")])
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    largest = max((part.file_size for part in parts), default=0)
    if (
        len(parts) > MOST_FILES
        or unpacked > MOST_TOTAL
        or largest > MOST_BYTES
        or unpacked > MOST_RATIO * max(packed, 100_000)
    ):
        raise NotReady([Reason("The ZIP holds more, or larger files, than are taken at a time")])


def _name_of(part: zipfile.ZipInfo) -> str:
    """Return a part's name; Windows in China writes it in GBK and does not say so."""
    if part.flag_bits & _NAMED_IN_UTF8:
        return part.filename
    try:
        return part.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return part.filename
