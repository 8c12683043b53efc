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
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from tests.postgres import Postgres

BOTH = ["sqlite", "postgresql"]
BROWSER = "tests/e2e"
# What takes longest comes first, so that neither worker is left with it at the end.
HEAVY = (
    BROWSER,
    "tests/web/api/test_once.py",
    "tests/web/test_matrix.py",
    "tests/web/api/test_walk.py",
    "tests/web/api/test_bad_input.py",
    "tests/ground/test_run.py",
    "tests/workflow/test_together.py",
    "tests/workflow/intake/test_office.py",
    "tests/workflow/test_visibility.py",
    "tests/workflow/test_print_copy.py",
    "tests/workflow/test_retrieval.py",
)


class Files(LoadScopeScheduling):
    """Give whole files to a worker, and all of the browser's to one: they share an office and a browser."""

    def _split_scope(self, nodeid: str) -> str:
        return BROWSER if nodeid.startswith(BROWSER) else nodeid.partition("::")[0]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Files | None:
    return Files(config, log) if config.getoption("dist") == "loadfile" else None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    def rank(item: pytest.Item) -> int:
        return next((n for n, path in enumerate(HEAVY) if item.nodeid.startswith(path)), len(HEAVY))

    items.sort(key=rank)


def pytest_configure() -> None:
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
