"""What every test may ask for: databases of both kinds, each of the test's own and gone afterwards.

    sqlite_url             postgresql_url             database_url      empty
    migrated_sqlite_url    migrated_postgresql_url    migrated_url      with the tables, and nothing in them

Those in the last column run the test once on SQLite and once on PostgreSQL.
"""

import gc
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgres import Postgres

BOTH = ["sqlite", "postgresql"]

gc.disable()  # until everything is imported, of which nothing is garbage


def pytest_collection_finish() -> None:
    """Leave what was imported and collected out of every later search for garbage."""
    gc.freeze()
    gc.enable()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    server = Postgres()
    yield server
    server.stop()


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'office.db'}"


@pytest.fixture
def postgresql_url(postgres: Postgres) -> Iterator[str]:
    url = postgres.create()
    yield url
    postgres.drop(url)


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest) -> str:
    return request.getfixturevalue(f"{request.param}_url")


@pytest.fixture(scope="session")
def compiled_once() -> Iterator[None]:
    """Let the databases of a run share their compiled statements."""
    from tests.statements import sharing

    with sharing():
        yield


@pytest.fixture(scope="session")
def sqlite_template(compiled_once: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "office.db"
    _upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture
def migrated_sqlite_url(sqlite_template: Path, sqlite_url: str) -> str:
    shutil.copy(sqlite_template, sqlite_url.removeprefix("sqlite:///"))
    return sqlite_url


@pytest.fixture(scope="session")
def postgresql_template(compiled_once: None, postgres: Postgres) -> str:
    url = postgres.create()
    _upgrade(url)
    return url


@pytest.fixture
def migrated_postgresql_url(postgres: Postgres, postgresql_template: str) -> Iterator[str]:
    url = postgres.create(template=postgresql_template)
    yield url
    postgres.drop(url)


@pytest.fixture(params=BOTH)
def migrated_url(request: pytest.FixtureRequest) -> str:
    return request.getfixturevalue(f"migrated_{request.param}_url")


def _upgrade(url: str) -> None:
    # Here, so that the tests of the other packages run without this one.
    from workflow import migrate
    from workflow.db import Database

    database = Database(url)
    migrate.upgrade(database)
    database.dispose()
