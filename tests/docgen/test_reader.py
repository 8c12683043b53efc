"""A file that ends or stops the process that reads it harms nothing else."""

import hashlib
import os
from pathlib import Path

import pytest

from docgen.reader import Read, Reader
from tests import opening_day

LINES = ["豫直文明办〔2020〕9号", "关于规范登记的通知"]


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "九号.pdf"
    path.write_bytes(opening_day.pdf(LINES))
    return path


def expected(path: Path) -> Read:
    return Read("pdf", hashlib.sha256(path.read_bytes()).hexdigest(), "\n".join(LINES))


def test_files_are_read_one_after_the_other_by_one_process(good: Path, tmp_path: Path) -> None:
    stray, broken = tmp_path / "stray", tmp_path / "broken"
    stray.write_bytes(b"GIF89a")
    broken.write_bytes(b"%PDF-1.4")
    with Reader() as reader:
        assert reader.read(good, "a") == expected(good)
        process = reader._process.pid
        assert reader.read(stray, "b").kind is None
        problem = reader.read(broken, "这个文件.pdf").problem
        assert problem is not None
        assert str(problem) == "file: 这个文件.pdf is damaged: it cannot be opened."
        assert reader._process.pid == process


def test_a_process_that_ended_is_started_again(good: Path) -> None:
    with Reader() as reader:
        reader.read(good, "a")
        reader._process.kill()
        assert reader.read(good, "a") == expected(good)


def test_a_file_that_stops_its_reader_is_damaged_and_the_next_is_read(good: Path, tmp_path: Path) -> None:
    endless = tmp_path / "endless"
    os.mkfifo(endless)
    with Reader(seconds=0.5) as reader:
        problem = reader.read(endless, "endless").problem
        assert problem is not None
        assert "damaged" in problem.message
    with Reader() as reader:
        assert reader.read(good, "a") == expected(good)
