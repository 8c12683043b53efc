"""Where backups go, and an empty place of the same kind of database to restore into."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.postgres import Postgres
from workflow.installation import here


@dataclass(frozen=True)
class Place:
    url: str
    data: Path


@pytest.fixture
def backups(tmp_path: Path) -> Path:
    return tmp_path / "kept" / "backups"


@pytest.fixture
def empty_place(tmp_path: Path) -> Place:
    data = tmp_path / "restored"
    return Place(f"sqlite:///{data / 'hongtou.db'}", data)


@pytest.fixture
def empty_place_of_its_kind(
    request: pytest.FixtureRequest, empty_place: Place, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Place]:
    """An empty SQLite file or PostgreSQL database, as the open office has one."""
    if here().database.lite:
        yield empty_place
        return
    postgres: Postgres = request.getfixturevalue("postgres")
    monkeypatch.setenv("PATH", f"{postgres.programs}{os.pathsep}{os.environ['PATH']}")
    url = postgres.create()
    yield Place(url, empty_place.data)
    postgres.drop(url)
