"""Let units apply, and recommending bodies recommend; show an application to whoever has to do with it."""

from . import edit, evidence, home, paper, recommend, status, taking_in
from .routes import blueprint

__all__ = ["blueprint", "edit", "evidence", "home", "paper", "recommend", "status", "taking_in"]
