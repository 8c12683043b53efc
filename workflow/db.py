"""Open the database, and own every transaction on it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.orm import Session

from .errors import Busy, Unusable
from .filelock import file_lock

WAIT_SECONDS = 5  # well below the web server's own limit for a request

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA cache_size=-32768",  # KiB: a large desk is counted from memory
    f"PRAGMA busy_timeout={WAIT_SECONDS * 1000}",
)
_POSTGRESQL_LIMITS = (
    "SET LOCAL lock_timeout='5s'; SET LOCAL statement_timeout='15s'; "
    "SET LOCAL idle_in_transaction_session_timeout='15s'"
)
_POSTGRESQL_CONTENTION = {"40001", "40P01", "55P03"}


class Database:
    """One database, its transactions, and (on SQLite) the lock that puts its writers in a queue."""

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self.lite = self.url.get_backend_name() == "sqlite"
        if self.lite:
            self.engine, self.writer = _open_sqlite(url, "BEGIN"), _open_sqlite(url, "BEGIN IMMEDIATE")
        else:
            self.engine, self.writer = _open_postgresql(url, ""), _open_postgresql(url, _POSTGRESQL_LIMITS)
        self._writing = threading.local()

    @cached_property
    def lock_path(self) -> Path:
        return Path(f"{self.url.database}.lock")

    @contextmanager
    def write_tx(self) -> Iterator[Session]:
        """Yield a session whose work is committed at the end, or undone when anything is raised.

        Raises Busy when the database does not become free in time. Not re-entrant: what several
        verbs share takes the open session.
        """
        if getattr(self._writing, "now", False):
            raise RuntimeError("a write transaction is open in this thread: pass its session on")
        self._writing.now = True
        try:
            with (
                file_lock(self.lock_path, WAIT_SECONDS) if self.lite else nullcontext(),
                _contention_is_busy(),
                Session(self.writer, autoflush=False) as session,
                session.begin(),
            ):
                yield session
        finally:
            self._writing.now = False

    @contextmanager
    def read_tx(self) -> Iterator[Session]:
        """Yield a session for reading; nothing done in it is kept."""
        with Session(self.engine, autoflush=False) as session:
            yield session

    @contextmanager
    def exclusive(self) -> Iterator[Engine]:
        """Yield the engine for work on the schema, with no other writer."""
        with file_lock(self.lock_path, 60) if self.lite else nullcontext():
            yield self.writer

    def dispose(self) -> None:
        self.engine.dispose()
        self.writer.dispose()


@contextmanager
def _contention_is_busy() -> Iterator[None]:
    try:
        yield
    except Exception as error:
        # As SQLAlchemy wraps it, or as the driver raised it.
        cause = getattr(error, "orig", error)
        locked = type(cause).__name__ == "OperationalError" and "locked" in str(cause)
        if locked or getattr(cause, "sqlstate", None) in _POSTGRESQL_CONTENTION:
            raise Busy from error
        raise


def sqlite_module() -> Any:
    """Return the SQLite to use: the wheel's, since older ones can corrupt a WAL."""
    try:
        from pysqlite3 import dbapi2
    except ImportError:
        import sqlite3 as dbapi2
    return dbapi2


def _open_sqlite(url: str, begin: str) -> Engine:
    path = make_url(url).database
    if not path or path == ":memory:":
        raise Unusable("an SQLite database must be a file")
    engine = create_engine(url, module=sqlite_module())

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # BEGIN is ours: the module would put it off until the first write
        for pragma in SQLITE_PRAGMAS:
            connection.execute(pragma)

    return _beginning_with(engine, begin)


def _open_postgresql(url: str, begin: str) -> Engine:
    return _beginning_with(create_engine(url, pool_pre_ping=True), begin)


def _beginning_with(engine: Engine, statement: str) -> Engine:
    """Let each transaction begin with a statement; an event for it would make every statement dearer."""

    def do_begin(dbapi_connection: Any) -> None:
        if statement:
            dbapi_connection.execute(statement)

    engine.dialect.do_begin = do_begin  # type: ignore[method-assign]
    return engine
