"""Copy a database while it is in use, and put a copy into an empty place."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, create_engine, inspect, make_url, text
from sqlalchemy.orm import Session

from ..db import Database, sqlite_module
from ..errors import Unusable

LITE, DUMP = "database.sqlite", "database.dump"


@contextmanager
def copied(database: Database, folder: Path) -> Iterator[tuple[Path, Session]]:
    """Copy the database into a folder; yield the copy and a session that sees what it holds.

    VACUUM INTO and pg_dump both read one state while others write on; copying an SQLite file does not.
    """
    if database.lite:
        path = folder / LITE
        _vacuum_into(str(database.url.database), path)
        with reading(path) as session:
            yield path, session
    else:
        path = folder / DUMP
        with database.engine.connect() as connection, Session(connection) as session:
            session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
            snapshot = session.execute(text("SELECT pg_export_snapshot()")).scalar_one()
            _run(database.url, "pg_dump", "--format=custom", f"--snapshot={snapshot}", f"--file={path}")
            yield path, session


@contextmanager
def reading(path: Path) -> Iterator[Session]:
    """Read an SQLite copy without changing a byte of it or leaving a file beside it."""
    engine = create_engine(f"sqlite:///file:{path}?mode=ro&immutable=1&uri=true", module=sqlite_module())
    try:
        with Session(engine, autoflush=False) as session:
            yield session
    finally:
        engine.dispose()


def _vacuum_into(source: str, target: Path) -> None:
    connection = sqlite_module().connect(source, isolation_level=None, timeout=30)
    try:
        connection.execute("VACUUM INTO ?", (str(target),))
    finally:
        connection.close()
    descriptor = os.open(target, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def is_empty(url: str) -> bool:
    """Tell whether a database is not there yet, or holds nothing."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        path = Path(str(parsed.database))
        if not path.exists() or path.stat().st_size == 0:
            return True
    database = Database(url)
    try:
        return not inspect(database.engine).get_table_names()
    finally:
        database.dispose()


def put(copy: Path, url: str) -> None:
    """Put a copy into an empty place; raises Unusable when it is of another kind of database."""
    parsed = make_url(url)
    lite = parsed.get_backend_name() == "sqlite"
    if lite != (copy.name == LITE):
        raise Unusable(f"the backup is {copy.name}, the office's database is {parsed.get_backend_name()}")
    if lite:
        target = Path(str(parsed.database))
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(copy, target)
        target.chmod(0o600)
    else:
        _run(parsed, "pg_restore", "--no-owner", "--exit-on-error", "--single-transaction", str(copy))


def _run(url: URL, program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's own programs; the password goes through the environment."""
    if shutil.which(program) is None:
        raise Unusable(f"{program} is not here: install PostgreSQL's client programs (postgresql-client)")
    environment = {**os.environ, "PGPASSWORD": url.password or ""}
    where = url.set(drivername="postgresql", password=None).render_as_string()
    done = subprocess.run(  # noqa: S603
        [program, f"--dbname={where}", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Unusable(f"{program} failed: {done.stderr.strip()[-500:]}")
