"""What the environment may say, and what a production office refuses."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask import Flask

import web
from app import create_app
from config import BadSetting, read_settings
from tests.web.conftest import settings_in
from workflow.errors import Unusable
from workflow.installation import here
from workflow.models import User

GOOD_KEY = "kR7-vQ2_mZ9xLw4TnB6yHc1JpD8sFg3A"


def environment(data: Path, **settings: str) -> dict[str, str]:
    return {"HONGTOU_DATA_DIR": str(data), **settings}


def test_without_settings_the_office_lies_in_the_data_folder(tmp_path: Path) -> None:
    settings = read_settings(environment(tmp_path / "new"))
    assert settings.database_url == f"sqlite:///{tmp_path / 'new' / 'hongtou.db'}"
    assert settings.production is False
    assert settings.procedures is None


def test_a_missing_key_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    first = read_settings(environment(tmp_path)).secret_key
    assert len(first) >= 32
    assert read_settings(environment(tmp_path)).secret_key == first
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
    assert os.listdir(tmp_path) == ["secret_key"]


def test_processes_that_start_together_get_the_same_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(16) as pool:
        keys = set(pool.map(lambda _: read_settings(environment(tmp_path)).secret_key, range(64)))
    assert len(keys) == 1


@pytest.mark.parametrize("key", ["secret", "changeme", "hongtou", "x" * 64, "abc" * 30, GOOD_KEY[:31]])
def test_production_refuses_a_weak_key(tmp_path: Path, key: str) -> None:
    with pytest.raises(BadSetting, match="weak"):
        read_settings(environment(tmp_path, HONGTOU_ENV="production", HONGTOU_SECRET_KEY=key))
    assert read_settings(environment(tmp_path, HONGTOU_SECRET_KEY=key)).secret_key == key


def test_production_refuses_a_weak_key_that_lies_in_the_data_folder(tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_text("")
    with pytest.raises(BadSetting, match="weak"):
        read_settings(environment(tmp_path, HONGTOU_ENV="production"))


@pytest.mark.parametrize("kind", ["prod", "Production", "development", "1"])
def test_a_misspelt_kind_of_office_is_no_demonstration(tmp_path: Path, kind: str) -> None:
    with pytest.raises(BadSetting, match="HONGTOU_ENV"):
        read_settings(environment(tmp_path, HONGTOU_ENV=kind))


def test_production_takes_a_good_key(tmp_path: Path) -> None:
    settings = read_settings(environment(tmp_path, HONGTOU_ENV="production", HONGTOU_SECRET_KEY=GOOD_KEY))
    assert settings.production
    assert settings.secret_key == GOOD_KEY


@pytest.fixture
def production(office_data: Path, office_app: Flask) -> Flask:
    """Return a production office over the demonstration's data."""
    return create_app(settings_in(office_data, production=True, secret_key=GOOD_KEY))


def test_production_refuses_the_demonstration_accounts_by_name(production: Flask) -> None:
    with pytest.raises(Unusable, match=r"demonstration accounts .*\bdrafter\b"):
        web.open_office(production)
    here().database.dispose()


def test_production_refuses_as_long_as_one_of_them_is_active(production: Flask) -> None:
    def close_all_but(kept: str | None) -> None:
        with here().database.write_tx() as session:
            for user in session.query(User):
                user.active = user.username == kept

    close_all_but("expert2")
    with pytest.raises(Unusable, match=r"in use: expert2$"):
        web.open_office(production)
    close_all_but(None)
    web.open_office(production)
    here().database.dispose()


def test_production_sends_its_cookie_over_tls_only_and_for_this_host_alone(
    production: Flask, office_app: Flask
) -> None:
    cookie = production.test_client().get("/sign-in", base_url="https://office.example").headers["Set-Cookie"]
    parts = cookie.split("; ")
    assert parts[0].startswith("__Host-session=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(parts)
    assert not any(part.startswith("Domain") for part in parts)
    assert "Secure" not in office_app.test_client().get("/sign-in").headers["Set-Cookie"]
