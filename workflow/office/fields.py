"""Read the fields that somebody filled in about the office itself: cleaned, every problem at once."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from docgen.errors import ContentError, Problem, TextError
from docgen.text import clean_text

YES = (True, "yes")


class Fields:
    """One form or row as it came from outside; `check` refuses it with all that was found wrong."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        self.given = given
        self.problems: list[Problem] = []

    def refuse(self, where: str, message: str, **params: str) -> None:
        self.problems.append(Problem(where, message, params))

    def check(self) -> None:
        """Raise ContentError when anything is wrong."""
        if self.problems:
            raise ContentError(self.problems)

    def line(self, where: str, limit: int, *, required: bool = True) -> str:
        """Return a text of one line."""
        return self.text(where, limit, required=required, lines=False)

    def text(self, where: str, limit: int, *, required: bool = True, lines: bool = True) -> str:
        """Return a text, of several lines where these are allowed."""
        value = self.given.get(where) or ""
        if not isinstance(value, str):
            self.refuse(where, "This must be a text.")
            return ""
        try:
            text = clean_text(value, where=where, limit=limit, lines=lines)
        except TextError as error:
            self.problems += error.problems
            return ""
        if required and not text:
            self.refuse(where, "This must not be empty.")
        return text

    def whole(self, where: str, least: int, most: int, *, required: bool = True) -> int | None:
        """Return a whole number within bounds, or None where none is given."""
        value = self.given.get(where)
        text = "" if value is None else str(value).strip()
        if not text and not required:
            return None
        if text.isascii() and text.isdigit() and len(text) < 10 and least <= int(text) <= most:
            return int(text)
        known = {"least": str(least), "most": str(most)}
        self.refuse(where, "This must be a whole number from %(least)s to %(most)s.", **known)
        return None

    def day(self, where: str) -> date | None:
        """Return a date; None, and told, where it is none."""
        value = self.given.get(where)
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value or "").strip())
        except ValueError:
            self.refuse(where, "This must be a date such as 2024-04-07.")
            return None

    def yes(self, where: str) -> bool:
        return self.given.get(where) in YES

    def words(self, where: str, known: tuple[str, ...]) -> list[str]:
        """Return those of the known words that are given, in their own order."""
        given = self.given.get(where) or ()
        for word in given:
            if word not in known:
                self.refuse(where, "%(value)s is not one of the choices.", value=str(word)[:40])
        return [word for word in known if word in given]
