"""Speak the reader's language: Chinese unless they chose English."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Protocol

from flask import Flask, request
from flask import session as cookie
from flask_babel import Babel, get_locale, gettext

from states.reasons import Label
from workflow import clock
from workflow.comparison import in_words
from workflow.deferring import day_of

LANGUAGES = ("zh", "en")


def init_app(app: Flask) -> None:
    app.config.setdefault("BABEL_DEFAULT_LOCALE", "zh")
    app.config.setdefault("BABEL_DEFAULT_TIMEZONE", "Asia/Shanghai")
    Babel(app, locale_selector=choose)
    app.jinja_env.filters.update(
        label=label, say=say, moment=moment, day=day, near_day=near_day, in_words=in_words
    )
    app.jinja_env.globals.update(language=language, tell=tell)


def choose() -> str:
    """Return the language that the person chose, or for the API the one that the request asks for."""
    if not request:
        return LANGUAGES[0]
    if request.path.startswith("/api/"):
        asked = (code[:2].lower() for code, weight in request.accept_languages if weight)
        return next((code for code in asked if code in LANGUAGES), LANGUAGES[0])
    chosen = cookie.get("language")
    return chosen if chosen in LANGUAGES else LANGUAGES[0]


def language() -> str:
    """Return the language of this request: zh or en."""
    return str(get_locale() or LANGUAGES[0])[:2]


def label(names: Mapping[str, str]) -> str:
    """Return a label in the reader's language."""
    return names[language()]


class Said(Protocol):
    """What is said to a person: a Reason, or a Problem of a content."""

    @property
    def message(self) -> str: ...

    @property
    def params(self) -> Mapping[str, str | Label]: ...


def say(reason: Said) -> str:
    """Return a reason in the reader's language."""
    return tell(reason.message, reason.params)


def tell(message: str, params: Mapping[str, str | Label]) -> str:
    """Fill a message id's translation; labels among the params are translated too."""
    filled = {name: label(value) if isinstance(value, Mapping) else value for name, value in params.items()}
    return gettext(message) % filled if filled else gettext(message)


def say_all(reasons: Iterable[Said]) -> list[str]:
    return list(dict.fromkeys(say(reason) for reason in reasons))


def moment(stamped: str) -> str:
    """Return an instant as people read it: 4月7日 09:05, with the year when it is not this one."""
    local = clock.read(stamped)
    time = f"{local:%H:%M}"
    if language() == "en":
        return f"{local:%Y-%m-%d} {time}"
    year = "" if local.year == clock.today().year else f"{local.year}年"
    return f"{year}{local.month}月{local.day}日 {time}"


def day(value: date | None) -> str:
    """Return a date as people read it, without leading zeros."""
    if value is None:
        return ""
    return value.isoformat() if language() == "en" else f"{value.year}年{value.month}月{value.day}日"


def near_day(value: date) -> str:
    """Return a day as people say it of what lies near: 4月7日, with the year when it is not this one."""
    return label(day_of(value))
