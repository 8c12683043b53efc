"""Clean what people enter for a step, before anything is decided on it."""

from collections.abc import Mapping
from typing import Any

from docgen.errors import TextError
from docgen.text import clean_text
from states.errors import NotReady
from states.reasons import Reason

LONGEST = 2000  # characters of an opinion, a reason or any other text of a step


def clean_entry(text: str) -> str:
    """Return a text as it is kept with a movement; raises NotReady with every reason."""
    try:
        return clean_text(text, where="", limit=LONGEST, lines=True)
    except TextError as error:
        raise NotReady(Reason(problem.message, problem.params) for problem in error.problems) from error


def clean_entries(raw: Mapping[str, Any]) -> tuple[dict[str, Any], list[Reason]]:
    """Clean every text among a step's inputs; what cannot be used is left out and told."""
    clean: dict[str, Any] = {}
    wrong: list[Reason] = []
    for name, value in raw.items():
        try:
            clean[name] = _clean(value)
        except NotReady as refusal:
            wrong += refusal.reasons
    return clean, wrong


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return clean_entry(value)
    if isinstance(value, list | tuple):
        return [_clean(item) for item in value]
    return value
