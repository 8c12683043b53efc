"""Look at the machine that an installation stands on."""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from docgen.pdf import FONTS, converter
from states.reasons import Reason

from ..db import sqlite_module

LEAST_FREE = 2 * 1024**3  # bytes
SAFE_SQLITE = (3, 51, 3)  # older ones can corrupt a WAL that several processes write to
SAFE_BRANCHES = ((3, 44, 6), (3, 50, 7))


@dataclass(frozen=True)
class Place:
    """Where an installation is, whether or not it can be opened."""

    database_url: str
    data: Path
    procedures: Path | None
    backups: Path | None
    production: bool


def _sqlite(place: Place) -> Reason | None:
    found = tuple(int(part) for part in sqlite_module().sqlite_version.split("."))
    if found >= SAFE_SQLITE or any(found[:2] == safe[:2] and found >= safe for safe in SAFE_BRANCHES):
        return None
    version = ".".join(map(str, found))
    return Reason(
        "SQLite %(version)s can damage a database under load: install pysqlite3", {"version": version}
    )


def _folder(place: Place) -> Reason | None:
    if not os.access(place.data, os.W_OK):
        return Reason("The data folder %(folder)s cannot be written", {"folder": str(place.data)})
    if place.data.stat().st_mode & 0o002:
        return Reason(
            "Everybody may write to the data folder %(folder)s: chmod o-w", {"folder": str(place.data)}
        )
    return None


def _room(place: Place) -> Reason | None:
    free = shutil.disk_usage(place.data).free
    if free >= LEAST_FREE:
        return None
    return Reason("Only %(free)s MB are free on the data folder's disk", {"free": str(free // 1024**2)})


def _secret(place: Place) -> Reason | None:
    key = place.data / "secret_key"
    if not key.exists() or not key.stat().st_mode & 0o077:
        return None
    return Reason("Others may read %(file)s: chmod 600", {"file": str(key)})


def _converter(place: Place) -> Reason | None:
    if converter():
        return None
    return Reason("LibreOffice is not here, so there are no PDFs: install libreoffice-writer-nogui")


def _fonts(place: Place) -> Reason | None:
    if os.environ.get("HONGTOU_FONTCONFIG") or FONTS.exists():
        return None
    return Reason("The fonts of official documents are not here: run scripts/fonts.sh")


def _backup_programs(place: Place) -> Reason | None:
    if place.database_url.startswith("sqlite") or (shutil.which("pg_dump") and shutil.which("pg_restore")):
        return None
    return Reason("pg_dump or pg_restore is not here: there are no backups; install postgresql-client")


MACHINE: tuple[tuple[Reason, Callable[[Place], Reason | None]], ...] = (
    (Reason("Database library"), _sqlite),
    (Reason("Data folder"), _folder),
    (Reason("Room on the disk"), _room),
    (Reason("Secret key"), _secret),
    (Reason("PDF converter"), _converter),
    (Reason("Fonts"), _fonts),
    (Reason("Programs for backups"), _backup_programs),
)
