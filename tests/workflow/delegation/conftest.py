"""Delegate in an office of the test's own."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.workflow.desk import Desk
from workflow import clock
from workflow.delegation.grant import grant

Delegate = Callable[..., int]


@pytest.fixture
def delegate() -> Delegate:
    """Return how one person delegates to another: today, all urgencies, unless it is said otherwise."""

    def delegated(desk: Desk, principal: str, to: str, *, by: str = "", **how: Any) -> int:
        day = clock.today().isoformat()
        given = {"since": day, "until": day, "kinds": ["notice"], "urgencies": "all", **how}
        return grant(desk.id(by or principal), {"principal": principal, "delegate": to, **given})

    return delegated
