"""The demonstration office as programs see it."""

import pytest
from flask import Flask

from tests.web.api.caller import Everybody, InProcess


@pytest.fixture
def people(office_app: Flask) -> Everybody:
    """people("clerk") calls the API as the clerk."""
    return Everybody(InProcess(office_app))
