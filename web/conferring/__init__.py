"""Confer a campaign's titles, or recommend for them, in the browser."""

from .pages import blueprint

__all__ = ["blueprint"]
