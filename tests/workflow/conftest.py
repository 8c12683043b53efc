"""An office of the test's own, empty of documents, gone afterwards.

desk             on SQLite
desk_on_both     once on SQLite, once on PostgreSQL
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from tests.conftest import BOTH
from tests.postgres import Postgres
from tests.workflow.desk import Desk, opened
from workflow import logins
from workflow.demonstration.office import set_up
from workflow.installation import write_tx


def _set_up(url: str, data: Path) -> str:
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    with pytest.MonkeyPatch.context() as patched, opened(url, data), write_tx() as session:
        patched.setattr(logins, "_hasher", quick)  # the passwords of tests need no hour to be guessed
        set_up(session)
    return url


@pytest.fixture(scope="session")
def office_template(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("office")
    shutil.copy(sqlite_template, folder / "office.db")
    _set_up(f"sqlite:///{folder / 'office.db'}", folder)
    return folder / "office.db"


@pytest.fixture(scope="session")
def postgresql_office_template(
    postgres: Postgres, postgresql_template: str, tmp_path_factory: pytest.TempPathFactory
) -> str:
    return _set_up(postgres.create(template=postgresql_template), tmp_path_factory.mktemp("office"))


@pytest.fixture
def sqlite_office_url(office_template: Path, sqlite_url: str) -> str:
    shutil.copy(office_template, sqlite_url.removeprefix("sqlite:///"))
    return sqlite_url


@pytest.fixture
def postgresql_office_url(postgres: Postgres, postgresql_office_template: str) -> Iterator[str]:
    url = postgres.create(template=postgresql_office_template)
    yield url
    postgres.drop(url)


@pytest.fixture(params=BOTH)
def office_url(request: pytest.FixtureRequest) -> str:
    return request.getfixturevalue(f"{request.param}_office_url")


@pytest.fixture
def desk(sqlite_office_url: str, tmp_path: Path) -> Iterator[Desk]:
    with opened(sqlite_office_url, tmp_path) as desk:
        yield desk


@pytest.fixture
def desk_on_both(office_url: str, tmp_path: Path) -> Iterator[Desk]:
    with opened(office_url, tmp_path) as desk:
        yield desk
