"""Bring in, in the browser, what the office had before this system."""

from . import listing, past, workbook
from .routes import blueprint

__all__ = ["blueprint", "listing", "past", "workbook"]
