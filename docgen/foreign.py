"""Show files that others made: nothing in them reaches out, and a hostile one harms no process of ours."""

import io
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from lxml import etree

from .bounded import run_bounded
from .ooxml import read_xml
from .pdf import ConverterFailed, ConverterTimeout

MOST_PAGES = 40  # of which pictures are made

_PICTURING = Path(__file__).with_name("picturing.py")
_KEPT = "hyperlink"  # one clicks on it; LibreOffice opens nothing for it
_DROPPED = "aFChunk"  # HTML and other texts that are taken in whole


def harmless_copy(docx: bytes) -> bytes:
    """Return a DOCX that takes in nothing from outside when it is opened; what it took in is left out."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as source, zipfile.ZipFile(stream, "w") as target:
        for part in source.infolist():
            data = source.read(part)
            target.writestr(part.filename, _inside(data) if part.filename.endswith(".rels") else data)
    return stream.getvalue()


def _inside(rels: bytes) -> bytes:
    root = read_xml(rels)
    for relation in list(root):
        kind = (relation.get("Type") or "").rpartition("/")[2]
        if kind == _DROPPED or (relation.get("TargetMode") == "External" and kind != _KEPT):
            root.remove(relation)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def pictures_of(file: bytes, *, timeout: float = 60) -> list[bytes]:
    """Return a PNG of each of the first MOST_PAGES pages of a PDF or scan, made in a process of its own.

    Raises ConverterTimeout, ConverterFailed.
    """
    with tempfile.TemporaryDirectory(prefix="hongtou-pictures-") as folder:
        source = Path(folder, "file")
        source.write_bytes(file)
        command = [sys.executable, "-I", str(_PICTURING), str(source), str(MOST_PAGES)]
        environment = {"PATH": os.defpath}
        try:
            code, _ = run_bounded(command, folder=Path(folder), environment=environment, timeout=timeout)
        except subprocess.TimeoutExpired:
            raise ConverterTimeout(f"The pictures were not ready after {timeout:g} s.") from None
        made = sorted(Path(folder).glob("*.png"))
        if code or not made:
            raise ConverterFailed(f"Making the pictures ended with code {code}.")
        return [picture.read_bytes() for picture in made]
