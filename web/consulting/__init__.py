"""Write to consulted bodies, register their replies, conclude the consultation, in the browser."""

from .pages import blueprint

__all__ = ["blueprint"]
