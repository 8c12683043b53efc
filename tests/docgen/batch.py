"""Turn many DOCX into PDF, or into DOCX as another program saves it, with one start of LibreOffice."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

from docgen import pdf
from docgen.screen import screen_copy
from tests.docgen.paper import Page, read_pages

AS_PDF, AS_DOCX = "pdf:writer_pdf_Export", "docx:MS Word 2007 XML"
_EXPECTED = ("convert ", "Overwriting: ", "Warning: failed to launch javaldx")


def converted(files: Iterable[bytes], into: str, *, timeout: float = 900) -> list[bytes]:
    """Return what LibreOffice makes of each file, in order; it must say nothing but that it converts."""
    program = pdf.converter()
    assert program
    with tempfile.TemporaryDirectory(prefix="hongtou-batch-") as name:
        folder = Path(name)
        (folder / "profile" / "user").mkdir(parents=True)
        shutil.copyfile(pdf._PROFILE, folder / "profile" / "user" / pdf._PROFILE.name)
        sources = []
        for number, data in enumerate(files):
            sources.append(folder / f"{number:04}.docx")
            sources[-1].write_bytes(data)
        done = subprocess.run(
            [
                *(program, "--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo"),
                f"-env:UserInstallation={(folder / 'profile').as_uri()}",
                *("--convert-to", into, "--outdir", str(folder / "made"), *map(str, sources)),
            ],
            cwd=folder,
            env=pdf._environment(folder),
            capture_output=True,
            text=True,
            check=True,
            timeout=timeout,
        )
        said = (done.stdout + done.stderr).splitlines()
        assert [line for line in said if line.strip() and not line.startswith(_EXPECTED)] == []
        ending = into.partition(":")[0]
        return [(folder / "made" / f"{source.stem}.{ending}").read_bytes() for source in sources]


def pages_of(papers: Iterable[bytes]) -> list[list[Page]]:
    """Return the pages of each paper, as the system makes its PDF."""
    return [read_pages(made) for made in converted(map(screen_copy, papers), AS_PDF)]
