"""Name the ways in which content can be refused."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Problem:
    """One thing wrong: the field, an English message id with %(name)s places, and what fills them."""

    where: str
    message: str
    params: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.where}: {self.message % self.params}"


class DocgenError(Exception):
    """Root of everything that this package raises."""


class ContentError(DocgenError):
    """Content cannot be used; carries every problem at once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(str(problem) for problem in self.problems))


class TextError(ContentError):
    """One text cannot be used."""
