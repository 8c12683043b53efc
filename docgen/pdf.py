"""Turn a DOCX into a PDF with LibreOffice, and a PDF into pictures."""

import io
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pypdfium2

from .archival import faults
from .bounded import run_bounded
from .errors import DocgenError
from .screen import screen_copy

FONTS = Path(__file__).parent.parent / ".cache" / "fonts" / "fonts.conf"
"""The fonts that scripts/fonts.sh fetched; HONGTOU_FONTCONFIG names others."""

_LEASH = Path(__file__).with_name("leash.py")
_PROFILE = Path(__file__).with_name("registrymodifications.xcu")
PDF_A_2B = (
    'pdf:writer_pdf_Export:{"SelectPdfVersion":{"type":"long","value":"2"},'
    '"IsSkipEmptyPages":{"type":"boolean","value":"false"}}'
)
"""What every PDF is exported as (ISO 19005-2, level B), with the blank pages that a section inserts."""


class PdfError(DocgenError):
    """No PDF could be made."""


class ConverterMissing(PdfError):
    """LibreOffice is not on this machine."""


class ConverterTimeout(PdfError):
    """LibreOffice took too long and was ended."""


class ConverterFailed(PdfError):
    """LibreOffice ended without a PDF; says what it said."""


class NotArchival(PdfError):
    """The PDF that was made is not what is kept for decades; says why."""


def converter() -> str | None:
    """Return the path of LibreOffice's program, or None."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def to_pdfs(docx: Sequence[bytes], *, timeout: float = 120) -> list[bytes]:
    """Return papers of ours as PDF/A-2b fit to be kept, in their order, all by one run of LibreOffice.

    Raises ConverterMissing, ConverterTimeout, ConverterFailed, NotArchival.
    """
    program = converter()
    if program is None:
        raise ConverterMissing("LibreOffice (soffice) is not installed.")
    with tempfile.TemporaryDirectory(prefix="hongtou-pdf-", ignore_cleanup_errors=True) as folder:
        made = _convert_all(program, [screen_copy(one) for one in docx], Path(folder), timeout)
    for one in made:
        if found := faults(one):
            raise NotArchival(f"This is no PDF/A-2b: {'; '.join(found)}.")
    return made


def to_pdf(docx: bytes, *, ours: bool = True, archival: bool = False, timeout: float = 60) -> bytes:
    """Return the DOCX as PDF/A-2b; one that is not ours is given as `foreign.harmless_copy` leaves it.

    Each call has a profile and a process group of its own, which end with the call, with `timeout`
    seconds, or with the calling process. Raises ConverterMissing, ConverterTimeout or ConverterFailed;
    NotArchival where one that is to be kept (`archival`) is not what it says.
    """
    program = converter()
    if program is None:
        raise ConverterMissing("LibreOffice (soffice) is not installed.")
    with tempfile.TemporaryDirectory(prefix="hongtou-pdf-", ignore_cleanup_errors=True) as folder:
        (made,) = _convert_all(program, [screen_copy(docx) if ours else docx], Path(folder), timeout)
    if archival and (found := faults(made)):
        raise NotArchival(f"This is no PDF/A-2b: {'; '.join(found)}.")
    return made


def _convert_all(program: str, docx: Sequence[bytes], folder: Path, timeout: float) -> list[bytes]:
    user = folder / "profile" / "user"
    user.mkdir(parents=True)
    shutil.copyfile(_PROFILE, user / _PROFILE.name)
    sources = [folder / f"paper-{place}.docx" for place in range(len(docx))]
    for source, data in zip(sources, docx, strict=True):
        source.write_bytes(data)
    command = [
        *(sys.executable, "-I", "-S", str(_LEASH), str(os.getpid()), program),
        *("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo"),
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *("--convert-to", PDF_A_2B, "--outdir", str(folder), *map(str, sources)),
    ]
    try:
        code, said = run_bounded(command, folder=folder, environment=_environment(folder), timeout=timeout)
    except subprocess.TimeoutExpired:
        raise ConverterTimeout(f"LibreOffice was ended after {timeout:g} s.") from None
    results = [source.with_suffix(".pdf") for source in sources]
    if code or not all(result.exists() for result in results):
        words = said[-500:] or "it said nothing"
        raise ConverterFailed(f"LibreOffice ended with code {code} and no PDF: {words}")
    return [result.read_bytes() for result in results]


def _environment(folder: Path) -> dict[str, str]:
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "LANG": "C.UTF-8",
        "SAL_USE_VCLPLUGIN": "svp",
    }
    return environment | font_environment()


def font_environment() -> dict[str, str]:
    """Return what names the rendering's fonts to fontconfig; nothing where there are only the system's."""
    fonts = os.environ.get("HONGTOU_FONTCONFIG") or (str(FONTS) if FONTS.exists() else "")
    return {"FONTCONFIG_FILE": fonts} if fonts else {}


def pictures(pdf: bytes, *, dpi: int = 110) -> list[bytes]:
    """Return a PNG of each page."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [_png(page, dpi / 72) for page in document]


def _png(page: pypdfium2.PdfPage, scale: float) -> bytes:
    stream = io.BytesIO()
    page.render(scale=scale).to_pil().save(stream, "PNG", optimize=False, compress_level=6)
    return stream.getvalue()


def page_count(pdf: bytes) -> int:
    """Return how many pages a PDF has."""
    with pypdfium2.PdfDocument(pdf) as document:
        return len(document)
