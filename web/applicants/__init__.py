"""Keep the units that apply in the browser: the list, one unit, their accounts, the import."""

from . import listing, taking_in, unit
from .routes import blueprint

__all__ = ["blueprint", "listing", "taking_in", "unit"]
