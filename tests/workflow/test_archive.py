"""Files are written whole, once, before the row that names them."""

import hashlib
import os
from pathlib import Path

import pytest

from tests.workflow.desk import Desk
from workflow import archive
from workflow.errors import Damaged
from workflow.installation import write_tx


def stored(content: bytes = b"paper") -> str:
    with write_tx() as session:
        return archive.put(session, content)


def test_bytes_come_back_under_their_hash(desk: Desk) -> None:
    sha256 = stored()
    assert sha256 == hashlib.sha256(b"paper").hexdigest()
    assert archive.read(sha256) == b"paper"
    assert archive.path_of(sha256).stat().st_mode & 0o777 == 0o440
    assert stored() == sha256


def test_a_file_is_synced_before_it_has_its_name_and_its_folder_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    acts: list[str] = []

    def noted(name: str, act):
        def noting(*arguments):
            kind = ""
            if name == "fsync":
                kind = " folder" if os.path.isdir(f"/proc/self/fd/{arguments[0]}") else " file"
            acts.append(name + kind)
            return act(*arguments)

        return noting

    for name in ("fsync", "rename"):
        monkeypatch.setattr(os, name, noted(name, getattr(os, name)))
    archive.write(tmp_path / "ab" / "abcd", b"paper")
    assert acts == ["fsync file", "rename", "fsync folder", "fsync folder"]


def test_a_torn_file_is_replaced(desk: Desk) -> None:
    sha256 = stored()
    path = archive.path_of(sha256)
    path.chmod(0o640)
    path.write_bytes(b"pap")
    assert stored() == sha256
    assert archive.read(sha256) == b"paper"


def test_a_failed_write_leaves_neither_file_nor_remains(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        archive.write(tmp_path / "ab" / "abcd", b"paper")
    assert list((tmp_path / "ab").iterdir()) == []


@pytest.mark.parametrize("place", range(5))
def test_a_flipped_byte_is_never_handed_out(desk: Desk, place: int) -> None:
    path = archive.path_of(sha256 := stored())
    damaged = bytearray(b"paper")
    damaged[place] ^= 1
    path.chmod(0o640)
    path.write_bytes(damaged)
    with pytest.raises(Damaged):
        archive.read(sha256)


def test_a_missing_file_is_damage(desk: Desk) -> None:
    with pytest.raises(Damaged):
        archive.read("0" * 64)


def test_a_crash_between_file_and_commit_leaves_a_harmless_orphan(
    desk_on_both: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = desk_on_both
    document = desk.at("printing")
    before = desk.fingerprint()
    real = archive.put

    def put_and_crash(session, content: bytes) -> str:
        real(session, content)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(archive, "put", put_and_crash)
        with pytest.raises(KeyboardInterrupt):
            desk.take(document, "registrar", "send_to_print")
    assert desk.fingerprint() == before
    (finding,) = desk.findings()
    assert "no record names it" in finding
    desk.take(document, "registrar", "send_to_print")
    assert desk.findings() == []
    assert archive.read(desk.row(document)["frozen_sha256"])[:2] == b"PK"


def test_what_is_issued_is_the_file_that_went_to_print(desk: Desk) -> None:
    document = desk.at("sealing")
    frozen = desk.row(document)["frozen_sha256"]
    first = archive.read(frozen)
    desk.bring(document, "archived")
    assert desk.row(document)["frozen_sha256"] == frozen
    assert archive.read(frozen) == first
