"""Read the calls of rules that a procedure's file makes: `drafter`, `post(office_clerk)`."""

import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

_NAME = r"[a-z][a-z0-9_]*"
_WORD = rf"{_NAME}(?:\.{_NAME})*"
_CALL = re.compile(rf"({_NAME})(?:\(\s*({_WORD}(?:\s*,\s*{_WORD})*)\s*\))?")


@dataclass(frozen=True)
class Call:
    """A rule's name and the bare words given to it."""

    name: str
    args: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.name}({', '.join(self.args)})" if self.args else self.name


def parse_call(text: str) -> Call:
    """Read `name` or `name(word, word)`.

    Errors: ValueError when the text is anything else; nothing in it is ever evaluated.
    """
    found = _CALL.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"{text!r} is neither a name nor name(word, …)")
    name, words = found.groups()
    return Call(name, tuple(re.split(r"\s*,\s*", words)) if words else ())


def words_wanted(rule: Callable[..., Any], given: int) -> int:
    """Return how many words a rule takes after the `given` things that it is always handed."""
    return len(inspect.signature(rule).parameters) - given
