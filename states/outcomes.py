"""What a procedure answers."""

from dataclasses import dataclass
from typing import NamedTuple

from .reasons import Reason
from .stage import Stage
from .step import Step


@dataclass(frozen=True)
class Fired:
    """A step that was taken."""

    step: Step
    source: str
    dest: str
    resume_at: str | None  # what the document is to keep as the stage to go straight back to

    @property
    def stays(self) -> bool:
        """Tell whether the document is still at the stage where it was."""
        return self.source == self.dest


@dataclass(frozen=True)
class Skipped:
    """A stage that was passed over."""

    source: str
    dest: str
    reason: Reason


@dataclass(frozen=True)
class Offer:
    """A step open at the present stage, as it stands for one person."""

    step: Step
    allowed: bool
    reasons: tuple[Reason, ...] = ()
    forbidden: bool = False  # the reasons are about who asks, not about the document


class Ahead(NamedTuple):
    """A stage still to come: who would hold it, and why it would be passed over."""

    stage: Stage
    holders: tuple[int, ...]
    skipped: Reason | None
