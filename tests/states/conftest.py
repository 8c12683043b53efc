"""Documents under way in a small made-up office."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from states.case import Case
from states.loader import load
from states.procedure import Procedure
from tests.states.small_office import DRAFTER, EFFECTS, UNIT, Office


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def case(office: Office) -> Callable[..., Case]:
    def made(state: str = "draft", **fields: Any) -> Case:
        return Case(**{"state": state, "drafter": DRAFTER, "unit": UNIT, "directory": office, **fields})

    return made


@pytest.fixture(scope="session")
def creation() -> Procedure:
    return load(Path("states/procedures/application.yaml"), effects=EFFECTS)


@pytest.fixture(scope="session")
def notice() -> Procedure:
    return load(Path("states/procedures/notice.yaml"), effects=EFFECTS)
