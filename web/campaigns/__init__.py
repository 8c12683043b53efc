"""Set up campaigns in the browser: their sheets, lists, categories, trees of indicators."""

from . import applications, categories, indicators, lists, sheet, trees, workbooks
from .routes import blueprint

__all__ = ["applications", "blueprint", "categories", "indicators", "lists", "sheet", "trees", "workbooks"]
