"""Change a DOCX as people and programs do: other words, other parts, saved anew by another program."""

import io
import os
import subprocess
import zipfile
from pathlib import Path

from docgen import pdf

W_SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DOCUMENT = "word/document.xml"


def parts_of(docx: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return stream.getvalue()


def edited(docx: bytes, old: str, new: str, part: str = DOCUMENT, count: int = 1) -> bytes:
    """Return the DOCX with a piece of a part's XML replaced."""
    parts = parts_of(docx)
    xml = parts[part].decode()
    assert old in xml, f"{part} has no {old}"
    return packed({**parts, part: xml.replace(old, new, count).encode()})


def with_part(docx: bytes, name: str, data: bytes | str) -> bytes:
    """Return the DOCX with one more part that nothing refers to."""
    return packed({**parts_of(docx), name: data if isinstance(data, bytes) else data.encode()})


def related(docx: bytes, kind: str, target: str, *, external: bool = False) -> bytes:
    """Return the DOCX whose main part has one more relation, rIdTest."""
    mode = ' TargetMode="External"' if external else ""
    one = f'<Relationship Id="rIdTest" Type="{RELATIONS}/{kind}" Target="{target}"{mode}/>'
    end = "</Relationships>"
    return edited(docx, end, one + end, "word/_rels/document.xml.rels")


def saved_by_another_program(docx: bytes, folder: Path) -> bytes:
    """Return the DOCX as LibreOffice saves it, which writes every part of it anew."""
    program = pdf.converter()
    assert program
    (folder / "paper.docx").write_bytes(docx)
    saved = folder / "saved"
    subprocess.run(
        [
            *(program, "--headless", "--norestore", "--nologo"),
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            *("--convert-to", "docx:MS Word 2007 XML", "--outdir", str(saved), str(folder / "paper.docx")),
        ],
        env={"PATH": os.environ["PATH"], "HOME": str(folder), "SAL_USE_VCLPLUGIN": "svp"},
        check=True,
        capture_output=True,
        timeout=60,
    )
    return (saved / "paper.docx").read_bytes()
