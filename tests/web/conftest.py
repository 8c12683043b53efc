"""A demonstration office in Flask's test client: loaded once, copied for every test.

office_app     the application over a fresh copy
sign_in        sign_in("clerk") -> a client in which the clerk is signed in
run            run("verify") -> the result of a command over the office
one_sign_in    sign_in("clerk") for tests of one file that share an office: they change it for each other
document_at    document_at("signing") -> the public id of a demonstration document at that stage
token_of       token_of(client, "/sign-in") -> the CSRF token in a page's form
"""

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from click.testing import Result
from flask import Flask
from flask.testing import FlaskClient
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy import select

import web
from app import create_app
from config import Settings
from workflow import logins
from workflow.db import Database
from workflow.demonstration import history
from workflow.demonstration.office import PASSWORD
from workflow.installation import Installation, here, install
from workflow.models import Document

KEY = "a key for tests, long enough to be used: 0123456789"


class CompiledTemplates(BytecodeCache):
    """Keep each template compiled for every application of this process: each test has one of its own."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key] = bucket.bytecode_to_string()


TEMPLATES = CompiledTemplates()


def settings_in(data: Path, **others: object) -> Settings:
    given = {
        "data": data,
        "database_url": f"sqlite:///{data / 'hongtou.db'}",
        "secret_key": KEY,
        "production": False,
        "procedures": None,
    }
    return Settings(**{**given, **others})


def open_app(settings: Settings) -> Flask:
    app = create_app(settings)
    app.testing = True
    web.open_office(app)
    return app


@pytest.fixture(scope="session")
def real_hasher() -> Iterator[PasswordHasher]:
    """Make passwords cheap to check, which they are not meant to be; return what checks them in earnest."""
    real, cheap = logins._hasher, PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(logins, "_hasher", cheap)
        patch.setattr(logins, "_nobodys_hash", lambda: cheap.hash("nobody's"))
        yield real


@pytest.fixture(scope="session")
def opened_office(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory, real_hasher: PasswordHasher
) -> Installation:
    """Return the demonstration office as it was opened once: its procedures take a while to read."""
    data = tmp_path_factory.mktemp("demonstration")
    shutil.copy(sqlite_template, data / "hongtou.db")
    open_app(settings_in(data))
    history.load()
    here().database.dispose()
    return here()


@pytest.fixture(scope="session")
def loaded_office(opened_office: Installation) -> Path:
    """Return a data folder with the demonstration office in it, never to be changed."""
    return opened_office.data


@pytest.fixture
def office_data(loaded_office: Path, tmp_path: Path) -> Path:
    data = tmp_path / "office"
    shutil.copytree(loaded_office, data)
    return data


@pytest.fixture(scope="session")
def built_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """Return one application for all offices: it keeps nothing of an office but its settings."""
    app = create_app(settings_in(tmp_path_factory.mktemp("nowhere")))
    app.jinja_env.bytecode_cache = TEMPLATES
    return app


@pytest.fixture
def office_app(office_data: Path, opened_office: Installation, built_app: Flask) -> Iterator[Flask]:
    settings = settings_in(office_data)
    built_app.config.update(DATA=settings.data, DATABASE_URL=settings.database_url, TESTING=True)
    install(replace(opened_office, database=Database(settings.database_url), data=office_data))
    yield built_app
    here().database.dispose()


@pytest.fixture
def client(office_app: Flask) -> FlaskClient:
    return office_app.test_client()


def token_of(client: FlaskClient, path: str = "/sign-in") -> str:
    """Return the CSRF token in a page's first form."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get(path).text)
    assert found, f"{path} has no form"
    return found[1]


@pytest.fixture(name="token_of")
def token_of_fixture() -> Callable[..., str]:
    return token_of


@pytest.fixture
def sign_in(office_app: Flask) -> Callable[..., FlaskClient]:
    """Give a function that signs somebody in: sign_in("clerk"), or sign_in("clerk", client)."""

    def sign_in(username: str, client: FlaskClient | None = None, password: str = PASSWORD) -> FlaskClient:
        client = client or office_app.test_client()
        form = {"username": username, "password": password, "csrf_token": token_of(client)}
        assert client.post("/sign-in", data=form).status_code == 302
        return client

    return sign_in


@pytest.fixture(scope="module")
def one_sign_in(
    loaded_office: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], FlaskClient]]:
    """Give a function that signs people in, each once, to one office for all tests of a file."""
    data = tmp_path_factory.mktemp("one") / "office"
    shutil.copytree(loaded_office, data)
    app = open_app(settings_in(data))

    @cache
    def sign_in(username: str) -> FlaskClient:
        client = app.test_client()
        form = {"username": username, "password": PASSWORD, "csrf_token": token_of(client)}
        assert client.post("/sign-in", data=form).status_code == 302
        return client

    yield sign_in
    here().database.dispose()


@pytest.fixture
def run(office_app: Flask) -> Iterator[Callable[..., Result]]:
    """Give a function that runs a command over an office; the one before is open again afterwards."""
    before = here()

    def run(*words: object, app: Flask = office_app) -> Result:
        return app.test_cli_runner().invoke(args=[str(word) for word in words])

    yield run
    if here() is not before:
        here().database.dispose()
    install(before)


@pytest.fixture
def document_at(office_app: Flask) -> Callable[..., str]:
    """Give a function that finds a demonstration document: document_at("signing", urgency="特急")."""

    def document_at(state: str, **columns: object) -> str:
        with here().database.read_tx() as session:
            statement = select(Document.public_id).filter_by(state=state, **columns).order_by(Document.id)
            return session.scalars(statement).first() or pytest.fail(f"no document at {state}")

    return document_at
