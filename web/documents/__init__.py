"""Show a document, take its steps, write its text."""

from . import (
    attached,
    changes,
    converted,
    editor,
    enter,
    entered,
    files,
    page,
    printing,
    sealed,
    slip,
    steps,
    typed,
    urge,
    word,
)
from .routes import blueprint

__all__ = [
    "attached",
    "blueprint",
    "changes",
    "converted",
    "editor",
    "enter",
    "entered",
    "files",
    "page",
    "printing",
    "sealed",
    "slip",
    "steps",
    "typed",
    "urge",
    "word",
]
