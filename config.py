"""Read the settings from the environment."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent
SHORTEST_KEY = 32
_KNOWN_KEYS = {"changeme", "secret", "dev", "development", "hongtou"}


class BadSetting(Exception):
    """A setting cannot be used; says which and why."""


@dataclass(frozen=True)
class Settings:
    data: Path
    database_url: str
    secret_key: str
    production: bool
    procedures: Path | None

    @property
    def secure_cookies(self) -> bool:
        return self.production


def read_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings; raises BadSetting. A missing secret key is made in the data folder, mode 0600."""
    data = Path(environ.get("HONGTOU_DATA_DIR") or ROOT / "var").resolve()
    data.mkdir(parents=True, exist_ok=True)
    production = environ.get("HONGTOU_ENV", "") == "production"
    own = environ.get("HONGTOU_PROCEDURES")
    return Settings(
        data=data,
        database_url=environ.get("HONGTOU_DATABASE_URL") or f"sqlite:///{data / 'hongtou.db'}",
        secret_key=_secret_key(environ.get("HONGTOU_SECRET_KEY"), data, production),
        production=production,
        procedures=Path(own).resolve() if own else None,
    )


def _secret_key(given: str | None, data: Path, production: bool) -> str:
    if given:
        if production and (len(given) < SHORTEST_KEY or given.lower() in _KNOWN_KEYS or len(set(given)) < 8):
            raise BadSetting(f"HONGTOU_SECRET_KEY is weak: take at least {SHORTEST_KEY} random characters")
        return given
    path = data / "secret_key"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text()
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text()
