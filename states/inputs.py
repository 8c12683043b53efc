"""What a step asks for: its kinds, its proposals, its JSON Schema, and the reading of what came in."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from . import points
from .errors import NotReady
from .reasons import Label, Reason

Kind = Literal[
    "people", "units", "person", "text", "choice", "count", "yes_no", "line", "date", "file", "points"
]  # fmt: skip
MOST = 100_000

# What an input may choose from. None: given at the time, as a mapping from value to name.
CHOICES: dict[str, Mapping[Any, Label] | None] = {
    "passed_stages": None,
    "other_leaders": None,
    "countersign_modes": None,
    "may_be_asked": None,
    "may_be_taken_off": None,
    "may_take_over": None,
    "when_to_ask": {
        "before": Label(zh="在我之前（先听其意见，再回到我处）", en="Before me; then it comes back to me"),
        "after": Label(zh="在我之后", en="After me"),
    },
    "unsigned_agencies": None,
    "open_years": None,
    "reserved_numbers": None,
    "negative_items": None,
    "ways_to_resume": {
        "jump": Label(zh="直接送回退回人", en="Straight back to whoever returned it"),
        "step": Label(zh="逐环节重新办理", en="Through all stages again"),
    },
    "retention_periods": {
        "Y": Label(zh="永久", en="Permanent"),
        "D30": Label(zh="30年", en="30 years"),
        "D10": Label(zh="10年", en="10 years"),
    },
}

# What is proposed at the time, and for which kind of input.
DEFAULTS: dict[str, Kind] = {
    "chosen_countersigners": "people",
    "chosen_units": "units",
    "chosen_mode": "choice",
    "chosen_needed": "count",
    "proposed_distribution": "text",
    "proposed_copies": "count",
    "usual_year": "choice",
    "next_agency": "choice",
    "usual_signatory": "line",
    "today": "date",
    "in_a_week": "date",
}

_TYPES: dict[Kind, dict[str, Any]] = {
    "people": {"type": "array", "items": {"type": "string"}, "uniqueItems": True},
    "units": {"type": "array", "items": {"type": "string"}, "uniqueItems": True},  # by their names
    "person": {"type": "string"},
    "text": {"type": "string"},
    "choice": {"type": "string"},
    "count": {"type": "integer", "minimum": 1, "maximum": MOST},
    "yes_no": {"type": "boolean"},
    "line": {"type": "string"},  # a text of one line
    "date": {"type": "string", "format": "date"},
    "file": {"type": "string", "pattern": "^[0-9a-f]{64}$"},  # of a file that was sent in before
    "points": {},  # of a return; what one is, states.points says in a language
}


def _text(given: Any) -> str:
    if not isinstance(given, str):
        raise ValueError
    return given.strip()


def _people(given: Any) -> tuple[str, ...]:
    if not isinstance(given, list | tuple):
        raise ValueError
    return tuple(dict.fromkeys(name for name in map(_text, given) if name))


def _count(given: Any) -> int:
    if isinstance(given, bool) or not isinstance(given, int | str):
        raise ValueError
    if isinstance(given, str) and not (given.strip().isascii() and given.strip().isdigit()):
        raise ValueError
    count = int(given) if len(str(given)) < 12 else 0
    if not 1 <= count <= MOST:
        raise ValueError
    return count


def _choice(given: Any) -> str:
    if isinstance(given, bool) or not isinstance(given, int | str):
        raise ValueError
    return str(given).strip()


def _yes_no(given: Any) -> bool:
    if not isinstance(given, bool):
        raise ValueError
    return given


def _line(given: Any) -> str:
    return " ".join(_text(given).split())


def _date(given: Any) -> str:
    return date.fromisoformat(_text(given)).isoformat()


def _file(given: Any) -> str:
    sha256 = _text(given)
    if not re.fullmatch("[0-9a-f]{64}", sha256):
        raise ValueError
    return sha256


_READ: dict[Kind, Callable[[Any], Any]] = {
    "people": _people,
    "units": _people,
    "person": _text,
    "text": _text,
    "choice": _choice,
    "count": _count,
    "yes_no": _yes_no,
    "line": _line,
    "date": _date,
    "file": _file,
    "points": points.read,
}


@dataclass(frozen=True)
class Input:
    """One thing that a step asks of whoever takes it."""

    name: str
    kind: Kind
    label: Label
    required: bool = False
    default: str | int | bool | None = None
    choices: str | None = None

    def options(self, provided: Mapping[str, Any]) -> Mapping[Any, Label | str] | None:
        """Return what may be chosen, value to name, or None when anything may.

        Errors: KeyError when `provided` lacks choices that are known only at the time.
        """
        if self.choices is None:
            return None
        fixed = CHOICES[self.choices]
        return provided[self.choices] if fixed is None else fixed

    def proposed(self, provided: Mapping[str, Any]) -> Any:
        """Return the value that counts when none is given, or None."""
        default = self.default
        if isinstance(default, str) and default in DEFAULTS:
            default = provided.get(default)
        options = self.options(provided)
        return None if options is not None and self._among(default, options) is None else default

    def schema(self, provided: Mapping[str, Any], language: str) -> dict[str, Any]:
        """Return the input's JSON Schema, its names in `language` (zh or en)."""
        schema = {"title": self.label[language], **_TYPES[self.kind]}
        if self.kind == "points":
            schema |= points.schema(language)
        options = self.options(provided)
        if options is not None:
            schema["enum"] = list(options)
            if options and all(isinstance(value, int) for value in options):
                schema["type"] = "integer"
        if options:
            schema["oneOf"] = [
                {"const": value, "title": name[language] if isinstance(name, Mapping) else name}
                for value, name in options.items()
            ]
        if self.required and self.kind in ("text", "line"):
            schema["minLength"] = 1
        default = self.proposed(provided)
        if default is not None:
            schema["default"] = list(default) if self.kind in ("people", "units") else default
        return schema

    def read(self, given: Any, provided: Mapping[str, Any]) -> Any:
        """Return the value that counts, or None where none is given, proposed or required.

        Errors: NotReady with the one reason why the value cannot be used.
        """
        if given is None or (given == "" and self.kind != "text"):
            given = self.proposed(provided)
        if given is None:
            self._refuse_if_missing(None)
            return None
        try:
            value = _READ[self.kind](given)
        except ValueError:
            raise NotReady([self._wrong()]) from None
        options = self.options(provided)
        if options is not None and value:
            value = self._among(value, options)
            if value is None:
                raise NotReady([self._wrong()])
        self._refuse_if_missing(value)
        return value

    def _among(self, value: Any, options: Mapping[Any, Label | str]) -> Any:
        return next((option for option in options if str(option) == str(value)), None)

    def missing(self, value: Any) -> Reason | None:
        """Return the reason when a required input has no value."""
        if self.required and value in (None, "", ()):
            return Reason("%(input)s is required", {"input": self.label})
        return None

    def _refuse_if_missing(self, value: Any) -> None:
        if reason := self.missing(value):
            raise NotReady([reason])

    def _wrong(self) -> Reason:
        match self.kind:
            case "count":
                known: dict[str, str | Label] = {"input": self.label, "most": str(MOST)}
                return Reason("%(input)s must be a whole number from 1 to %(most)s", known)
            case "people":
                return Reason("%(input)s must be a list of user names", {"input": self.label})
            case "units":
                return Reason("%(input)s must be a list of units", {"input": self.label})
            case "yes_no":
                return Reason("%(input)s must be yes or no", {"input": self.label})
            case "date":
                return Reason("%(input)s must be a date such as 2024-04-07", {"input": self.label})
            case "file":
                return Reason("%(input)s must be a file that you sent in", {"input": self.label})
            case "text" | "line":
                return Reason("%(input)s must be text", {"input": self.label})
        return Reason("%(input)s is not one of the choices", {"input": self.label})
