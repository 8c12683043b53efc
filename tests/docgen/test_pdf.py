"""The converter is kept on a leash."""

import io
import os
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from docgen import pdf

Fake = Callable[[str], Path]


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Fake:
    """Put a shell script in the place of soffice; return the folder that it may write to."""

    def put(script: str) -> Path:
        program = tmp_path / "soffice"
        program.write_text(f"#!/bin/sh\ncd {tmp_path}\n{script}\n")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
        return tmp_path

    return put


@pytest.fixture
def docx() -> bytes:
    stream = io.BytesIO()
    zipfile.ZipFile(stream, "w").close()
    return stream.getvalue()


def is_alive(pid: int) -> bool:
    """Tell whether a process runs (a zombie that nobody has reaped does not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def read_pids(folder: Path) -> list[int]:
    return [int(line) for line in (folder / "pids").read_text().split()]


def wait_until(fact: Callable[[], bool]) -> bool:
    end = time.monotonic() + 5
    while not fact() and time.monotonic() < end:
        time.sleep(0.02)
    return fact()


HANGS = "sleep 300 & echo $$ $! > pids.part; mv pids.part pids; wait"


def test_a_hung_converter_and_its_children_end_at_the_limit(fake: Fake, docx: bytes) -> None:
    folder = fake(HANGS)
    begun = time.monotonic()
    with pytest.raises(pdf.ConverterTimeout):
        pdf.to_pdf(docx, timeout=1)
    assert time.monotonic() - begun < 5
    pids = read_pids(folder)
    assert len(pids) == 2
    assert wait_until(lambda: not any(map(is_alive, pids)))


def test_the_converter_dies_with_the_one_who_started_it(fake: Fake, docx: bytes) -> None:
    folder = fake(HANGS)
    (folder / "paper.docx").write_bytes(docx)
    code = f"from docgen.pdf import to_pdf; to_pdf(open({str(folder / 'paper.docx')!r}, 'rb').read())"
    root = Path(__file__).parents[2]
    parent = subprocess.Popen([sys.executable, "-c", code], cwd=root, env=dict(os.environ))
    assert wait_until((folder / "pids").exists)
    pids = read_pids(folder)
    assert all(map(is_alive, pids))
    parent.kill()
    parent.wait()
    assert wait_until(lambda: not any(map(is_alive, pids)))


def test_a_converter_that_fails_says_what_it_said(fake: Fake, docx: bytes) -> None:
    fake("echo 'source file could not be loaded' >&2; exit 3")
    with pytest.raises(pdf.ConverterFailed, match=r"code 3.*could not be loaded"):
        pdf.to_pdf(docx)


def test_a_converter_that_makes_nothing_has_failed(fake: Fake, docx: bytes) -> None:
    fake("exit 0")
    with pytest.raises(pdf.ConverterFailed, match="it said nothing"):
        pdf.to_pdf(docx)


def test_a_missing_converter_is_named(docx: bytes, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert pdf.converter() is None
    with pytest.raises(pdf.ConverterMissing):
        pdf.to_pdf(docx)


def test_the_converter_sees_only_the_fonts_that_are_named(
    fake: Fake, docx: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = fake("env > seen; exit 1")
    monkeypatch.setenv("HONGTOU_FONTCONFIG", "/some/fonts.conf")
    monkeypatch.setenv("HONGTOU_SECRET_KEY", "not for soffice")
    with pytest.raises(pdf.ConverterFailed):
        pdf.to_pdf(docx)
    seen = dict(line.split("=", 1) for line in (folder / "seen").read_text().splitlines() if "=" in line)
    assert seen["FONTCONFIG_FILE"] == "/some/fonts.conf"
    assert "HONGTOU_SECRET_KEY" not in seen
    assert not Path(seen["HOME"]).exists()
