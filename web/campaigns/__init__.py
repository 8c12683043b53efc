"""Set up campaigns in the browser: their sheets, lists, categories, trees of indicators."""

from . import categories, indicators, lists, sheet, trees
from .routes import blueprint

__all__ = ["blueprint", "categories", "indicators", "lists", "sheet", "trees"]
