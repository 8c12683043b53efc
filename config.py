"""Read the settings from the environment."""

import os
import secrets
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent
SHORTEST_KEY = 32
FEWEST_CHARACTERS = 8  # different ones, so that a key of one repeated word is told apart from a random one


class BadSetting(Exception):
    """A setting cannot be used; says which and why."""


@dataclass(frozen=True)
class Settings:
    data: Path
    database_url: str
    secret_key: str
    production: bool
    procedures: Path | None
    backups: Path | None = None  # in the data folder when not set


def read_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings; a missing secret key is made in the data folder, mode 0600. Raises BadSetting."""
    data = Path(environ.get("HONGTOU_DATA_DIR") or ROOT / "var").resolve()
    data.mkdir(parents=True, exist_ok=True)
    kind = environ.get("HONGTOU_ENV", "")
    if kind not in ("", "production"):
        raise BadSetting(f"HONGTOU_ENV is {kind!r}: it is either production or not set")
    own, backups = environ.get("HONGTOU_PROCEDURES"), environ.get("HONGTOU_BACKUP_DIR")
    return Settings(
        data=data,
        database_url=environ.get("HONGTOU_DATABASE_URL") or f"sqlite:///{data / 'hongtou.db'}",
        secret_key=_secret_key(environ.get("HONGTOU_SECRET_KEY"), data, production=bool(kind)),
        production=bool(kind),
        procedures=Path(own).resolve() if own else None,
        backups=Path(backups).resolve() if backups else None,
    )


def _secret_key(given: str | None, data: Path, *, production: bool) -> str:
    key = given or _kept_key(data / "secret_key")
    if production and (len(key) < SHORTEST_KEY or len(set(key)) < FEWEST_CHARACTERS):
        raise BadSetting(f"HONGTOU_SECRET_KEY is weak: take at least {SHORTEST_KEY} random characters")
    return key


def _kept_key(path: Path) -> str:
    """Return the key in a file, made whole at the first call, whoever calls at the same time."""
    if not path.exists():
        descriptor, made = tempfile.mkstemp(dir=path.parent)  # mode 0600
        try:
            with os.fdopen(descriptor, "w") as file:
                file.write(secrets.token_urlsafe(48))
            os.link(made, path)
        except FileExistsError:
            pass
        finally:
            os.unlink(made)
    return path.read_text()
