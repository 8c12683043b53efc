"""Act on titles after they were conferred, and take past titles in, in the browser."""

from . import acts, taking_in
from .routes import blueprint

__all__ = ["acts", "blueprint", "taking_in"]
