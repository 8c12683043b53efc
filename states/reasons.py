"""Say why something may not be done."""

from collections.abc import Mapping
from dataclasses import dataclass, field


class Label(dict[str, str]):
    """A name in each language, keyed zh and en; reads as Chinese where nobody chose a language."""

    def __str__(self) -> str:
        return self["zh"]


@dataclass(frozen=True)
class Reason:
    """One reason for a refusal: an English message id with %(name)s places, and what fills them.

    A Label among the params is shown in the reader's language.
    """

    message: str
    params: Mapping[str, str | Label] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.message % self.params
