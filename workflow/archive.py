"""Keep bytes under their SHA-256, written once, never changed."""

import hashlib
import os
import tempfile
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from .clock import stamp
from .errors import Damaged
from .installation import here
from .models import StoredFile, table

_files = table(StoredFile)


def path_of(sha256: str) -> Path:
    return here().data / "files" / sha256[:2] / sha256


def put(session: Session, content: bytes) -> str:
    """Store bytes and the row that names them; return their hash. The bytes are on disk before the row."""
    sha256 = lay_down(content)
    known = session.connection().execute(select(_files.c.sha256).where(_files.c.sha256 == sha256)).first()
    if known is None:
        session.connection().execute(_files.insert().values(sha256=sha256, size=len(content), at=stamp()))
    return sha256


def lay_down(content: bytes) -> str:
    """Write bytes ahead of the transaction that names them, which then need not wait for the disk."""
    sha256 = hashlib.sha256(content).hexdigest()
    write(path_of(sha256), content)
    return sha256


def write(path: Path, content: bytes) -> None:
    """Write a file so that it is there whole or not at all, and stays there through a power failure."""
    if path.exists() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(prefix=".tmp-", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o440)
        os.rename(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    for folder in (path.parent, path.parent.parent):
        _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read(sha256: str) -> bytes:
    """Return the bytes of a hash; raises Damaged rather than hand out others."""
    try:
        content = path_of(sha256).read_bytes()
    except OSError as error:
        raise Damaged(f"file {sha256} cannot be read") from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise Damaged(f"file {sha256} is not what was stored")
    return content
