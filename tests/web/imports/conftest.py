"""An office that has just been set up: a database with nothing in it but the tables.

new_office      the application over it
opening_day     a folder with 3 agencies, 40 people and 60 past documents
workbooks       the same without the documents' files, which take a while to read
administrator   the client of its first administrator, who has a password of their own
command         command("office", "import", folder) -> the command's result
"""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from click.testing import Result
from flask import Flask
from flask.testing import FlaskClient

from tests.opening_day import FILES, OpeningDay, make
from tests.web.browsing import form_to, send
from tests.web.conftest import open_app, settings_in
from tests.workflow.desk import Desk
from workflow.installation import here
from workflow.office import accounts


@pytest.fixture
def new_office(sqlite_template: Path, tmp_path: Path, real_hasher: PasswordHasher) -> Iterator[Flask]:
    data = tmp_path / "office"
    data.mkdir()
    shutil.copy(sqlite_template, data / "hongtou.db")
    yield open_app(settings_in(data))
    here().database.dispose()


@pytest.fixture
def opening_day(tmp_path: Path) -> OpeningDay:
    return make(tmp_path / "day", 60)


@pytest.fixture
def workbooks(opening_day: OpeningDay) -> OpeningDay:
    shutil.rmtree(opening_day.folder / FILES)
    return opening_day


@pytest.fixture
def command(new_office: Flask) -> Callable[..., Result]:
    def command(*words: object) -> Result:
        here().database.dispose()  # the command opens the office for itself
        return new_office.test_cli_runner().invoke(args=[str(word) for word in words])

    return command


@pytest.fixture
def administrator(new_office: Flask) -> FlaskClient:
    """Return the client of the first administrator, who has changed their password."""
    password = accounts.first_administrator("chief", "系统一")
    Desk().execute("UPDATE users SET must_change = false")
    client = new_office.test_client()
    form = form_to(client.get("/sign-in"), "/sign-in")
    assert send(client, form, username="chief", password=password).status_code == 302
    return client
