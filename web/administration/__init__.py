"""Change the office itself in the browser: its agencies and numbers, its people and their posts."""

from . import agencies
from .routes import blueprint

__all__ = ["agencies", "blueprint"]
