"""One office with an application at every place of its way, for all tests of this folder."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.applications.applied import Applied
from tests.web.conftest import open_app, settings_in
from workflow import clock
from workflow.installation import here, install


@pytest.fixture(scope="session")
def built(loaded_office: Path, tmp_path_factory: pytest.TempPathFactory) -> Applied:
    """Return the office with its database kept at every place of the application's way."""
    data = tmp_path_factory.mktemp("applied") / "office"
    shutil.copytree(loaded_office, data)
    before, moment = here(), clock.now()
    with clock.held_at(moment):
        built = Applied(open_app(settings_in(data)), data, moment)
        built.walk()
    here().database.dispose()
    install(before)
    return built


@pytest.fixture
def applied(built: Applied) -> Iterator[Applied]:
    """Open the office for a test; the clock stands still, so that only what is done is written."""
    before = here()
    install(built.installation)
    with clock.held_at(built.moment):
        yield built
    here().database.dispose()
    install(before)
