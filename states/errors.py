"""Name the ways in which a procedure can refuse."""

from collections.abc import Iterable

from .reasons import Reason


class StatesError(Exception):
    """Root of everything that this package raises."""


class ProcedureError(StatesError):
    """A procedure's file cannot be used; says which file and line, which key, and why."""

    def __init__(self, file: str, key: str, reason: str, line: int | None = None) -> None:
        place = file if line is None else f"{file}:{line}"
        super().__init__(f"{place}: {key}: {reason}")
        self.file, self.key, self.reason, self.line = file, key, reason, line


class Refused(StatesError):
    """A step may not be taken; carries every reason at once."""

    def __init__(self, reasons: Iterable[Reason]) -> None:
        self.reasons = tuple(reasons)
        super().__init__("; ".join(str(reason) for reason in self.reasons))


class NoSuchStep(Refused):
    """The present stage has no such step."""


class NotAllowed(Refused):
    """The one who asks is not among those who may take the step."""


class NotReady(Refused):
    """The document is not in the condition that the step demands, or an input is wrong."""
