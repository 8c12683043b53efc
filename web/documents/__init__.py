"""Show a document, take its steps, write its text."""

from . import changes, editor, files, page, slip, steps, typed
from .routes import blueprint

__all__ = ["blueprint", "changes", "editor", "files", "page", "slip", "steps", "typed"]
