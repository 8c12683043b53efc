"""Show what is public to everybody, take their objections; publish, verify and confirm for the office."""

from . import notices, open_pages, verifying
from .routes import blueprint

__all__ = ["blueprint", "notices", "open_pages", "verifying"]
