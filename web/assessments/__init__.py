"""Let assessors judge what is assigned to them, and the office assign, rank and freeze."""

from . import assessors, export, results, sheet, survey
from .routes import blueprint

__all__ = ["assessors", "blueprint", "export", "results", "sheet", "survey"]
