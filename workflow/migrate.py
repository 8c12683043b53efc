"""Bring the database's schema to the one that the models describe."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from .db import Database
from .errors import Unusable

FOLDER = Path(__file__).resolve().parent.parent / "migrations"


def config() -> Config:
    settings = Config()
    settings.set_main_option("script_location", str(FOLDER))
    return settings


def upgrade(database: Database) -> None:
    """Run the migrations that are missing, with no other writer; one that is cut off is run again whole."""
    settings = config()
    with database.exclusive() as engine, engine.connect() as connection, _tables_may_be_remade(connection):
        settings.attributes["connection"] = connection
        command.upgrade(settings, "head")


@contextmanager
def _tables_may_be_remade(connection: Connection) -> Iterator[None]:
    """Let SQLite make a table anew while others refer to it; what refers to nothing afterwards is told.

    The setting is of the connection and is not heard within a transaction, hence the driver's own call.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
        if driver.execute("PRAGMA foreign_key_check").fetchall():
            raise Unusable("rows refer to others that are not there: restore the backup made before")
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def check(database: Database) -> None:
    """Refuse a database whose schema is not this program's; raises Unusable."""
    with database.engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    wanted = _newest()
    if found != wanted:
        raise Unusable(
            f"the database is at schema {found}, the program at {wanted}: run `flask --app app migrate`"
        )


@cache
def _newest() -> str | None:
    """Return the program's schema; finding it out reads every migration."""
    return ScriptDirectory.from_config(config()).get_current_head()
