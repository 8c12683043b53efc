"""Passwords that cost nothing: what is tested here is not how hard they are to guess."""

import pytest
from argon2 import PasswordHasher

from workflow import logins


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logins, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
