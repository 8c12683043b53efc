"""Read the settings from the environment."""

import os
import secrets
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

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
    smtp_url: str = ""
    webhook_url: str = ""
    webhook_secret: str = ""
    titles_outside: bool = False


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
        **_channels(environ),
    )


def _channels(environ: Mapping[str, str]) -> dict[str, Any]:
    """Return by which ways messages leave the office; raises BadSetting."""
    smtp, webhook = environ.get("HONGTOU_SMTP_URL", ""), environ.get("HONGTOU_WEBHOOK_URL", "")
    secret = environ.get("HONGTOU_WEBHOOK_SECRET", "")
    if smtp and not (
        _is_url(smtp, "smtp", "smtps") and "@" in parse_qs(urlsplit(smtp).query).get("from", [""])[0]
    ):
        raise BadSetting("HONGTOU_SMTP_URL is to be smtp[s]://user:password@host:port/?from=address")
    if webhook and not _is_url(webhook, "http", "https"):
        raise BadSetting("HONGTOU_WEBHOOK_URL is to be http[s]://host/path")
    if webhook and not secret:
        raise BadSetting("HONGTOU_WEBHOOK_SECRET is missing: it signs what is posted to HONGTOU_WEBHOOK_URL")
    titles = environ.get("HONGTOU_TITLES_OUTSIDE") == "1"
    return {"smtp_url": smtp, "webhook_url": webhook, "webhook_secret": secret, "titles_outside": titles}


def _is_url(text: str, *schemes: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in schemes and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is no number
        return False


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
