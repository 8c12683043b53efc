"""Bring the database's schema to the one that the models describe."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

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
    with database.exclusive() as engine, engine.connect() as connection:
        settings.attributes["connection"] = connection
        command.upgrade(settings, "head")


def check(database: Database) -> None:
    """Refuse a database whose schema is not this program's; raises Unusable."""
    with database.engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    wanted = ScriptDirectory.from_config(config()).get_current_head()
    if found != wanted:
        raise Unusable(
            f"the database is at schema {found}, the program at {wanted}: run `flask --app app migrate`"
        )
