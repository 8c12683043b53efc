"""Change the office itself in the browser: its agencies and numbers, its people and their posts."""

from . import agencies, correspondents, handover, people, series, units, working_calendar
from .routes import blueprint

__all__ = [
    "agencies",
    "blueprint",
    "correspondents",
    "handover",
    "people",
    "series",
    "units",
    "working_calendar",
]
