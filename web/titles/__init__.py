"""Show the register of titles in the browser, and hand out certificates."""

from . import pages
from .routes import blueprint

__all__ = ["blueprint", "pages"]
