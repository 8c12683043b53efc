"""Name the ways in which a request to the office can fail."""

from collections.abc import Iterable

from docgen.errors import ContentError, DocgenError, Problem
from docgen.pdf import ConverterMissing, PdfError
from states.errors import NoSuchStep, NotAllowed, NotReady, Refused
from states.reasons import Reason

__all__ = [
    "Busy",
    "ContentError",
    "ConverterMissing",
    "Damaged",
    "DocgenError",
    "KeyReused",
    "NoSuchStep",
    "NotAllowed",
    "NotFound",
    "NotReady",
    "PdfError",
    "Problem",
    "Reason",
    "Refused",
    "Stale",
    "Unusable",
    "WorkflowError",
    "WrongLogin",
]


class WorkflowError(Exception):
    """Root of what this package raises by itself."""


class NotFound(WorkflowError):
    """There is no such thing, or it is not for this person to see."""


class Stale(WorkflowError):
    """The document has changed since the person saw it."""

    def __init__(self, version: int) -> None:
        super().__init__(f"the document is at version {version}")
        self.version = version


class KeyReused(WorkflowError):
    """The idempotency key was used before, with another request."""


class Busy(WorkflowError):
    """The database did not become free in time; nothing was done."""


class Damaged(WorkflowError):
    """Stored bytes are missing or are not those that were stored."""


class Unusable(WorkflowError):
    """The installation cannot be opened as it is."""


class WrongLogin(WorkflowError):
    """Name and password do not belong together, or the account is closed or locked for now."""

    def __init__(self, reasons: Iterable[Reason]) -> None:
        self.reasons = tuple(reasons)
        super().__init__("; ".join(map(str, self.reasons)))
